package dev.entrepot.onboarding.notices;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookSigningException;
import dev.entrepot.onboarding.vendors.WebhookReach;
import io.helidon.common.tls.Tls;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webclient.api.Proxy;
import io.helidon.webclient.http1.Http1Client;
import io.helidon.webclient.http1.Http1ClientResponse;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Posts webhooks as [Standard Webhooks](https://www.standardwebhooks.com) has it: headers
/// `webhook-id`, `webhook-timestamp`, `webhook-signature`. The id is the same at every attempt, so
/// that a receiver can tell repeats. Redirects are not followed, proxies not used, and addresses
/// outside the reach refused after the name was looked up. Safe for use by many threads.
///
/// Any answer of 200 to 299 means that it was taken, 410 that it is not wanted any more; all others
/// that it is to be tried again.
public final class WebhookCourier implements Courier {

  /// How long a receiver may take.
  ///
  /// @param connect to let itself be connected to
  /// @param answer for everything, from the look-up of its name to the end of its headers
  public record Patience(Duration connect, Duration answer) {
    public static final Patience DEFAULT =
        new Patience(Duration.ofSeconds(10), Duration.ofSeconds(20));
  }

  private static final HeaderName ID = HeaderNames.create("webhook-id");
  private static final HeaderName TIMESTAMP = HeaderNames.create("webhook-timestamp");
  private static final HeaderName SIGNATURE = HeaderNames.create("webhook-signature");

  private final WebhookSecrets secrets;
  private final Clock clock;
  private final Patience patience;
  private final Http1Client client;

  public WebhookCourier(
      WebhookSecrets secrets, WebhookReach reach, Clock clock, Patience patience) {
    this(secrets, reach, clock, patience, Tls.builder().build());
  }

  /// @param tls whose certificates are trusted
  WebhookCourier(
      WebhookSecrets secrets, WebhookReach reach, Clock clock, Patience patience, Tls tls) {
    this.secrets = secrets;
    this.clock = clock;
    this.patience = patience;
    this.client =
        Http1Client.builder()
            .tls(tls)
            .connectTimeout(patience.connect())
            .readTimeout(patience.answer())
            .followRedirects(false)
            .proxy(Proxy.noProxy())
            .keepAlive(false)
            .shareConnectionCache(false)
            .sendExpectContinue(false)
            .dnsResolver(new GuardedResolver(reach))
            .build();
  }

  @Override
  public Delivery deliver(Notices.Notice notice) {
    FutureTask<Delivery> attempt = new FutureTask<>(() -> attempt(notice));
    Thread thread = Thread.ofVirtual().name("webhook-" + notice.id()).start(attempt);
    try {
      return attempt.get(patience.answer().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      // Closes the connection, too.
      thread.interrupt();
      return new Later(
          "no complete answer within "
              + patience.answer().toSeconds()
              + " s; the receiver should answer first and work afterwards",
          null);
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
      return new Later("interrupted while waiting for the answer", null);
    } catch (ExecutionException e) {
      throw new IllegalStateException("posting notice " + notice.id() + " failed", e.getCause());
    }
  }

  private Delivery attempt(Notices.Notice notice) {
    String vendor = String.valueOf(notice.vendor());
    try {
      return secrets
          .of(vendor)
          .map(secret -> post(notice, secret))
          .orElseGet(() ->
              new Later(
                  "vendor " + vendor + " has no webhook secret to sign with; make one", null));
    } catch (GuardedResolver.RefusedAddressException e) {
      return new GivenUp(String.valueOf(e.getMessage()));
    } catch (UncheckedIOException e) {
      return new Later(reason(e), null);
    } catch (IllegalStateException e) {
      return new Later(String.valueOf(e.getMessage()), null);
    }
  }

  private Delivery post(Notices.Notice notice, String secret) {
    String id = "msg_" + notice.id();
    long timestamp = clock.instant().getEpochSecond();
    try (Http1ClientResponse response =
        client
            .post()
            .uri(URI.create(notice.recipient()))
            .header(HeaderNames.CONTENT_TYPE, "application/json")
            .header(HeaderNames.USER_AGENT, "Entrepot")
            .header(ID, id)
            .header(TIMESTAMP, Long.toString(timestamp))
            .header(SIGNATURE, sign(secret, id, timestamp, notice.body()))
            .submit(notice.body())) {
      return delivery(notice, response);
    }
  }

  private static String sign(String secret, String id, long timestamp, String body) {
    try {
      return new Webhook(secret).sign(id, timestamp, body);
    } catch (EmptyWebhookSecretException | WebhookSigningException e) {
      throw new IllegalStateException("the webhook secret cannot sign; make a new one", e);
    }
  }

  private Delivery delivery(Notices.Notice notice, Http1ClientResponse response) {
    Status status = response.status();
    String answer = "the receiver answered " + status.code() + " " + status.reasonPhrase();
    return switch (status.family()) {
      case SUCCESSFUL -> new Sent();
      case REDIRECTION ->
          new Later(
              answer + "; redirects are not followed, give the vendor the final address", null);
      case CLIENT_ERROR, SERVER_ERROR, INFORMATIONAL, OTHER ->
          status.code() == Status.GONE_410.code()
              ? new GivenUp(
                  answer
                      + ": it wants no more of these; take the webhook address from vendor "
                      + notice.vendor())
              : new Later(answer, retryAfter(response));
    };
  }

  // RFC 9110, 10.2.3: seconds or a date.
  private @Nullable Duration retryAfter(Http1ClientResponse response) {
    String value = response.headers().first(HeaderNames.RETRY_AFTER).orElse("").strip();
    if (value.isEmpty()) {
      return null;
    }
    if (value.length() <= 9 && value.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return Duration.ofSeconds(Long.parseLong(value));
    }
    try {
      Instant until = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Duration.between(clock.instant(), until);
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static String reason(UncheckedIOException e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root instanceof UnknownHostException
        ? "there is no host " + root.getMessage() + "; check the vendor's webhook address"
        : "the receiver cannot be talked to: "
            + root.getClass().getSimpleName()
            + ": "
            + root.getMessage();
  }
}

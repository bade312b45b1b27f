package dev.entrepot.kit.outbound;

import dev.entrepot.kit.network.Unreachable;
import io.helidon.common.tls.Tls;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webclient.api.Proxy;
import io.helidon.webclient.http1.Http1Client;
import io.helidon.webclient.http1.Http1ClientRequest;
import io.helidon.webclient.http1.Http1ClientResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Posts webhooks as [Standard Webhooks](https://www.standardwebhooks.com) has it: headers
/// `webhook-id`, `webhook-timestamp`, `webhook-signature`. Redirects are not followed, proxies not
/// used, and addresses outside the reach refused after the name was looked up; the connection is
/// made to the very address that was judged. Posts once; repeating is the caller's. Safe for use by
/// many threads.
public final class WebhookPoster {

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
  private static final int EXCERPT_BYTES = 1_024;

  private final Clock clock;
  private final Patience patience;
  private final Http1Client client;

  public WebhookPoster(WebhookReach reach, Clock clock, Patience patience) {
    this(reach, clock, patience, Tls.builder().build());
  }

  /// @param tls whose certificates are trusted
  public WebhookPoster(WebhookReach reach, Clock clock, Patience patience, Tls tls) {
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

  /// One attempt in flight.
  private record Attempt(WebhookPost post, long began, AtomicReference<PostResult> answer) {
    Duration took() {
      return Duration.ofNanos(System.nanoTime() - began);
    }
  }

  /// Tries once, within the patience.
  ///
  /// @throws IllegalStateException when a secret cannot sign
  public PostResult post(WebhookPost post) {
    Attempt attempt = new Attempt(post, System.nanoTime(), new AtomicReference<>());
    long timestamp = clock.instant().getEpochSecond();
    String signature = SigningSecret.sign(post.secrets(), post.id(), timestamp, post.body());
    FutureTask<PostResult> task = new FutureTask<>(() -> send(attempt, timestamp, signature));
    Thread thread = Thread.ofVirtual().name("webhook-" + post.id()).start(task);
    try {
      return task.get(patience.answer().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      // Closes the connection, too.
      thread.interrupt();
      return answerOr(
          attempt,
          "no complete answer within "
              + patience.answer().toSeconds()
              + " s; the receiver should answer first and work afterwards");
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
      return answerOr(attempt, "interrupted while waiting for the answer");
    } catch (ExecutionException e) {
      throw new IllegalStateException("posting " + post + " failed", e.getCause());
    }
  }

  /// The status counts, even if the rest of the answer did not come.
  private static PostResult answerOr(Attempt attempt, String reason) {
    PostResult answer = attempt.answer().get();
    return answer != null ? answer : new PostResult.Failed(reason, attempt.took());
  }

  private PostResult send(Attempt attempt, long timestamp, String signature) {
    WebhookPost post = attempt.post();
    try {
      Http1ClientRequest request =
          client
              .post()
              .uri(post.url())
              .header(HeaderNames.CONTENT_TYPE, "application/json")
              .header(HeaderNames.USER_AGENT, "Entrepot")
              .header(ID, post.id())
              .header(TIMESTAMP, Long.toString(timestamp))
              .header(SIGNATURE, signature);
      post.headers().forEach((name, value) -> request.header(HeaderNames.create(name), value));
      try (Http1ClientResponse response = request.submit(post.body())) {
        attempt.answer().set(answered(attempt, response, ""));
        return answered(attempt, response, excerpt(response));
      }
    } catch (GuardedResolver.RefusedAddressException e) {
      return new PostResult.Forbidden(String.valueOf(e.getMessage()), attempt.took());
    } catch (UncheckedIOException e) {
      return answerOr(attempt, reason(e));
    } catch (RuntimeException e) {
      // The client has several for answers that it cannot read.
      return answerOr(attempt, "the answer cannot be read: " + e.getMessage());
    }
  }

  private PostResult answered(Attempt attempt, Http1ClientResponse response, String excerpt) {
    return new PostResult.Answered(
        response.status().code(),
        clean(response.status().reasonPhrase()),
        RetryAfter.read(
            response.headers().first(HeaderNames.RETRY_AFTER).orElse(""), clock.instant()),
        excerpt,
        attempt.took());
  }

  private static String excerpt(Http1ClientResponse response) {
    if (!response.entity().hasEntity()) {
      return "";
    }
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    try (InputStream in = response.inputStream()) {
      for (int next = in.read(); next >= 0 && read.size() < EXCERPT_BYTES; next = in.read()) {
        read.write(next);
      }
    } catch (IOException | RuntimeException e) {
      // An answer may end with its connection (RFC 9112, 6.3), or break off: its status counts.
    }
    return clean(read.toString(StandardCharsets.UTF_8));
  }

  private static String clean(@Nullable String text) {
    return text == null ? "" : text.replaceAll("\\p{Cntrl}+", " ").strip();
  }

  private static String reason(UncheckedIOException e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root instanceof UnknownHostException
        ? "there is no host " + root.getMessage() + "; check the webhook address"
        : "the receiver cannot be talked to: " + Unreachable.why(e);
  }
}

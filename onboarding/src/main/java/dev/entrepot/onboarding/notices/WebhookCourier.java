package dev.entrepot.onboarding.notices;

import dev.entrepot.kit.outbound.PostResult;
import dev.entrepot.kit.outbound.WebhookPost;
import dev.entrepot.kit.outbound.WebhookPoster;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Posts webhooks of vendors and of others. The id is the same at every attempt, so that a receiver
/// can tell repeats. Safe for use by many threads.
///
/// Any answer of 200 to 299 means that it was taken, 410 that it is not wanted any more; all others
/// that it is to be tried again.
public final class WebhookCourier implements Courier {
  private final WebhookSecrets secrets;
  private final OtherSecrets others;
  private final WebhookPoster poster;

  /// For vendors alone.
  public WebhookCourier(WebhookSecrets secrets, WebhookPoster poster) {
    this(secrets, OtherSecrets.none(), poster);
  }

  /// @param others secrets of notices without a vendor
  public WebhookCourier(WebhookSecrets secrets, OtherSecrets others, WebhookPoster poster) {
    this.secrets = secrets;
    this.others = others;
    this.poster = poster;
  }

  @Override
  public Delivery deliver(Notices.Notice notice) {
    String vendor = notice.vendor();
    try {
      return (vendor == null ? others.of(notice.id()) : secrets.of(vendor))
          .map(secret -> delivery(notice, poster.post(post(notice, secret))))
          .orElseGet(() -> unsigned(vendor));
    } catch (IllegalStateException e) {
      return new Later(String.valueOf(e.getMessage()), null);
    }
  }

  private static Delivery unsigned(@Nullable String vendor) {
    return vendor == null
        ? new GivenUp("there is no secret to sign with: its recipient was removed meanwhile")
        : new Later("vendor " + vendor + " has no webhook secret to sign with; make one", null);
  }

  private static WebhookPost post(Notices.Notice notice, String secret) {
    return WebhookPost.of(
        URI.create(notice.recipient()), "msg_" + notice.id(), notice.body(), List.of(secret));
  }

  private static Delivery delivery(Notices.Notice notice, PostResult result) {
    return switch (result) {
      case PostResult.Forbidden(String reason, _) -> new GivenUp(reason);
      case PostResult.Failed(String reason, _) -> new Later(reason, null);
      case PostResult.Answered answer -> delivery(notice, answer);
    };
  }

  private static Delivery delivery(Notices.Notice notice, PostResult.Answered answered) {
    String answer = "the receiver answered " + answered.words();
    if (answered.taken()) {
      return new Sent();
    }
    if (answered.redirect()) {
      return new Later(answer + "; redirects are not followed, give the final address", null);
    }
    return answered.gone()
        ? new GivenUp(
            answer
                + ": it wants no more of these; take the address from "
                + (notice.vendor() == null ? "the recipients" : "vendor " + notice.vendor()))
        : new Later(answer, answered.retryAfter());
  }
}

package dev.entrepot.app.serve;

import dev.entrepot.inbox.alerts.AlertNotice;
import dev.entrepot.inbox.alerts.AlertPost;
import dev.entrepot.inbox.alerts.AlertRecipient;
import dev.entrepot.onboarding.notices.NoticeOutbox;
import dev.entrepot.onboarding.notices.NoticeOutbox.Channel;
import dev.entrepot.onboarding.notices.NoticeOutbox.Draft;
import java.net.URI;
import java.sql.Connection;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/// Alerts leave the house by the way on which suppliers are told of their files: the same outbox,
/// the same retries, the same list of notices.
final class AlertNotices implements AlertPost {
  private final NoticeOutbox outbox;
  private final URI publicUrl;
  private final Clock clock;
  private final boolean mails;

  /// @param mails whether a mail server is set; without, mail is kept and sent to nobody
  AlertNotices(NoticeOutbox outbox, URI publicUrl, Clock clock, boolean mails) {
    this.outbox = outbox;
    this.publicUrl = publicUrl;
    this.clock = clock;
    this.mails = mails;
  }

  @Override
  public @Nullable String hindrance(AlertRecipient.Channel channel) {
    return switch (channel) {
      case MAIL ->
          mails
              ? null
              : "no mail server is set, so mail is kept here and sent to nobody; set smtp-host and"
                  + " start again";
      case WEBHOOK -> null;
    };
  }

  @Override
  public void send(Connection transaction, AlertNotice notice) {
    String page = publicUrl.resolve("/inbox/alerts/" + notice.alert().id()).toString();
    Draft draft =
        switch (notice.channel()) {
          case MAIL ->
              new Draft(
                  notice.id(),
                  Channel.MAIL,
                  AlertNotice.TYPE,
                  notice.address(),
                  notice.subject(),
                  notice.text(page));
          case WEBHOOK ->
              new Draft(
                  notice.id(),
                  Channel.WEBHOOK,
                  AlertNotice.TYPE,
                  notice.address(),
                  notice.subject(),
                  notice.json(clock.instant(), page));
        };
    outbox.write(transaction, draft);
  }
}

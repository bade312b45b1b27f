package dev.entrepot.app.serve;

import dev.entrepot.inbox.alerts.AlertNotice;
import dev.entrepot.inbox.alerts.AlertPost;
import dev.entrepot.onboarding.notices.NoticeOutbox;
import dev.entrepot.onboarding.notices.NoticeOutbox.Channel;
import dev.entrepot.onboarding.notices.NoticeOutbox.Draft;
import java.net.URI;
import java.sql.Connection;
import java.time.Clock;

/// Alerts leave the house by the way on which suppliers are told of their files: the same outbox,
/// the same retries, the same list of notices.
final class AlertNotices implements AlertPost {
  private final NoticeOutbox outbox;
  private final URI publicUrl;
  private final Clock clock;

  AlertNotices(NoticeOutbox outbox, URI publicUrl, Clock clock) {
    this.outbox = outbox;
    this.publicUrl = publicUrl;
    this.clock = clock;
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

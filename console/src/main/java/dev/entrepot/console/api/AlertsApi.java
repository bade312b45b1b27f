package dev.entrepot.console.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.entrepot.console.access.Permission;
import dev.entrepot.console.server.Access;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.ProblemException;
import dev.entrepot.console.server.Route;
import dev.entrepot.inbox.Inbox;
import dev.entrepot.inbox.alerts.Alert;
import dev.entrepot.inbox.alerts.AlertRecipient;
import dev.entrepot.inbox.alerts.AlertRecipients;
import dev.entrepot.inbox.alerts.Alerts;
import dev.entrepot.inbox.log.Positions;
import dev.entrepot.model.Money;
import dev.entrepot.onboarding.notices.Notices;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Alerts that were raised, and who is told of them.
public final class AlertsApi {
  private static final Access READ = Access.needs(Permission.READ_INBOX);
  private static final Access WRITE = Access.needs(Permission.WRITE_INBOX);

  private enum Wanted {
    OPEN,
    ACKNOWLEDGED,
    ANY
  }

  private record AlertAnswer(
      UUID id,
      String tenant,
      UUID rule,
      String kind,
      @Nullable String event,
      String connection,
      String account,
      String subject,
      @Nullable String customer,
      @Nullable Money amount,
      @Nullable String reason,
      String message,
      Instant happenedAt,
      Instant raisedAt,
      int times,
      Instant latestAt,
      @Nullable String acknowledgedBy,
      @Nullable Instant acknowledgedAt,
      @Nullable String note) {
    static AlertAnswer of(Alert alert) {
      return new AlertAnswer(
          alert.id(),
          alert.tenant(),
          alert.rule(),
          alert.kind(),
          alert.ofEvent() ? Positions.text(alert.position()) : null,
          alert.connection(),
          alert.account(),
          alert.subject(),
          alert.customer(),
          alert.amount(),
          alert.reason(),
          alert.message(),
          alert.happenedAt(),
          alert.raisedAt(),
          alert.times(),
          alert.latestAt(),
          alert.acknowledgedBy(),
          alert.acknowledgedAt(),
          alert.note());
    }
  }

  /// @param state null: it is over, and not kept any more
  /// @param reason why it did not arrive (yet)
  private record ToldAnswer(
      UUID notice,
      AlertRecipient.Channel channel,
      String address,
      @Nullable String state,
      @Nullable Integer attempts,
      @Nullable String reason,
      @Nullable Instant sentAt) {}

  private record WholeAlert(@JsonUnwrapped AlertAnswer alert, List<ToldAnswer> told) {}

  private record Note(String tenant, @Nullable String note) {}

  private record RecipientWish(
      String tenant, @Nullable UUID rule, AlertRecipient.Channel channel, String address) {}

  /// @param secret only in the answer to its making
  /// @param warning why it cannot be reached as things are
  private record RecipientAnswer(
      @JsonUnwrapped AlertRecipient recipient, @Nullable String secret, @Nullable String warning) {}

  private final Alerts alerts;
  private final AlertRecipients recipients;
  private final Notices notices;

  public AlertsApi(Inbox inbox, Notices notices) {
    this.notices = notices;
    this.alerts = inbox.alerts();
    this.recipients = inbox.alertRecipients();
  }

  public List<Route> routes() {
    String all = ApiPath.of("/inbox/alerts");
    String told = ApiPath.of("/inbox/alert-recipients");
    return List.of(
        Route.get(all, "listAlerts", READ, this::list),
        Route.get(all + "/{id}", "getAlert", READ, this::find),
        Route.post(all + "/{id}/acknowledge", "acknowledgeAlert", WRITE, this::acknowledge),
        Route.get(told, "listAlertRecipients", READ, this::recipients),
        Route.post(told, "addAlertRecipient", WRITE, this::add),
        Route.delete(told + "/{id}", "removeAlertRecipient", WRITE, this::remove));
  }

  private Answer list(Exchange exchange) {
    Boolean open =
        switch (exchange.choice("state", Wanted.class).orElse(Wanted.OPEN)) {
          case OPEN -> Boolean.TRUE;
          case ACKNOWLEDGED -> Boolean.FALSE;
          case ANY -> null;
        };
    return Answer.json(
        Items.of(
            alerts
                .list(
                    InboxFilters.tenant(exchange),
                    open,
                    InboxFilters.text(exchange, "cursor"),
                    exchange.pageSize())
                .map(AlertAnswer::of)));
  }

  private Answer find(Exchange exchange) {
    String tenant = InboxFilters.tenant(exchange);
    UUID id = exchange.uuid("id");
    Alert alert =
        alerts
            .find(tenant, id)
            .orElseThrow(
                () -> ProblemException.notFound("there is no alert " + id + "; look at the list"));
    return Answer.json(
        new WholeAlert(
            AlertAnswer.of(alert), recipients.told(tenant, id).stream().map(this::told).toList()));
  }

  private ToldAnswer told(AlertRecipients.Told one) {
    Optional<Notices.Notice> notice = notices.find(one.notice());
    return new ToldAnswer(
        one.notice(),
        one.channel(),
        one.address(),
        notice.map(Notices.Notice::state).orElse(null),
        notice.map(Notices.Notice::attempts).orElse(null),
        notice.map(Notices.Notice::lastError).orElse(null),
        notice.map(Notices.Notice::sentAt).orElse(null));
  }

  private Answer acknowledge(Exchange exchange) {
    Note note = exchange.json(Note.class);
    return Answer.json(
        AlertAnswer.of(
            alerts.acknowledge(
                exchange.principal().actor(), note.tenant(), exchange.uuid("id"), note.note())));
  }

  private Answer recipients(Exchange exchange) {
    return Answer.json(
        Items.all(
            recipients.list(InboxFilters.tenant(exchange)).stream()
                .map(one -> answer(one, null))
                .toList()));
  }

  private Answer add(Exchange exchange) {
    RecipientWish wish = exchange.json(RecipientWish.class);
    AlertRecipients.Added added =
        recipients.add(
            exchange.principal().actor(),
            wish.tenant(),
            wish.rule(),
            wish.channel(),
            wish.address());
    return Answer.created(
        ApiPath.of("/inbox/alert-recipients/" + added.recipient().id()),
        answer(added.recipient(), added.secret()));
  }

  private RecipientAnswer answer(AlertRecipient recipient, @Nullable String secret) {
    return new RecipientAnswer(recipient, secret, recipients.hindrance(recipient).orElse(null));
  }

  private Answer remove(Exchange exchange) {
    recipients.remove(
        exchange.principal().actor(), InboxFilters.tenant(exchange), exchange.uuid("id"));
    return Answer.done();
  }
}

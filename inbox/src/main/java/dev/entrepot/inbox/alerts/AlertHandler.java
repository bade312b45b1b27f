package dev.entrepot.inbox.alerts;

import dev.entrepot.inbox.alerts.AlertRows.Told;
import dev.entrepot.inbox.handling.DueEvent;
import dev.entrepot.inbox.handling.EventHandler;
import dev.entrepot.inbox.handling.Handled;
import dev.entrepot.inbox.log.Positions;
import dev.entrepot.spi.event.Incident;
import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Compares incidents with the tenants' rules and raises alerts: each once, however often its event
/// is handled and however many events tell of it. Safe for use by many threads.
public final class AlertHandler implements EventHandler {
  private final AlertSink sink;
  private final Clock clock;

  public AlertHandler(AlertSink sink, Clock clock) {
    this.sink = sink;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "alerts";
  }

  @Override
  public boolean wants(String kind, String topic) {
    return true;
  }

  @Override
  public List<Handled> handle(Connection transaction, List<DueEvent> events) {
    List<String> tenants =
        events.stream()
            .filter(event -> !event.facts().incidents().isEmpty())
            .map(DueEvent::tenant)
            .distinct()
            .toList();
    List<AlertRule> rules = tenants.isEmpty() ? List.of() : AlertRules.active(transaction, tenants);
    List<Told> all = events.stream().flatMap(event -> told(event).stream()).toList();
    if (!all.isEmpty()) {
      AlertRows.lock(transaction, all);
    }
    List<Handled> handled = new ArrayList<>(events.size());
    for (DueEvent event : events) {
      List<AlertRule> own =
          rules.stream().filter(rule -> rule.tenant().equals(event.tenant())).toList();
      handled.add(handle(transaction, event, own));
    }
    return handled;
  }

  private static List<Told> told(DueEvent event) {
    List<Incident> incidents = event.facts().incidents();
    List<Told> told = new ArrayList<>(incidents.size());
    for (int number = 0; number < incidents.size(); number++) {
      told.add(new Told(event, number, incidents.get(number)));
    }
    return told;
  }

  private Handled handle(Connection transaction, DueEvent event, List<AlertRule> rules) {
    List<Incident> incidents = event.facts().incidents();
    List<String> written = new ArrayList<>();
    List<String> logged = new ArrayList<>();
    boolean wanted = false;
    for (Told told : told(event)) {
      List<AlertRule> matching =
          rules.stream().filter(rule -> rule.condition().matches(told.incident())).toList();
      wanted |= !matching.isEmpty();
      // Failures are counted also while no rule asks, so that a new rule knows of them.
      if (told.incident().kind() == Incident.Kind.CHARGE_FAILED
          && AlertRows.count(transaction, told)) {
        written.add("failure of " + told.subject() + " counted");
      }
      List<String> matter =
          matching.isEmpty() && told.others().isEmpty()
              ? List.of()
              : AlertRows.matter(transaction, told);
      for (AlertRule rule : matching) {
        raise(transaction, rule, told, matter)
            .ifPresent(alert -> {
              written.add(alert.message());
              logged.add(logged(rule, alert));
            });
      }
    }
    if (!written.isEmpty()) {
      return new Handled.Written(
          String.join("; ", written), logged.isEmpty() ? null : String.join("; ", logged));
    }
    boolean counted = incidents.stream().anyMatch(one -> one.kind() == Incident.Kind.CHARGE_FAILED);
    return wanted || counted
        ? new Handled.Unchanged("nothing that was not told before")
        : new Handled.NotWanted();
  }

  private Optional<Alert> raise(
      Connection transaction, AlertRule rule, Told told, List<String> matter) {
    String times = "";
    if (rule.condition() instanceof Condition.ChargeFailedRepeatedly repeatedly) {
      if (AlertRows.isRaised(transaction, rule, told, matter, repeatedly.within())) {
        return Optional.empty();
      }
      int failures = AlertRows.failures(transaction, told, repeatedly.within());
      if (failures < repeatedly.times()) {
        return Optional.empty();
      }
      times = ", failure " + failures;
    }
    Instant now = clock.instant();
    Optional<Alert> alert =
        AlertRows.raise(
            transaction, rule, told, matter, message(rule, told.incident(), times), now);
    alert.ifPresent(raised -> sink.raised(transaction, rule, raised));
    return alert;
  }

  /// For those who watch the log.
  private static String logged(AlertRule rule, Alert alert) {
    return "alert %s is raised for tenant %s by rule %s (%s), event %s"
        .formatted(
            alert.id(), alert.tenant(), rule.id(), alert.kind(), Positions.text(alert.position()));
  }

  private static String message(AlertRule rule, Incident incident, String times) {
    return rule.name()
        + ": "
        + incident.subject()
        + " of "
        + incident.account()
        + times
        + (incident.amount() == null ? "" : ", " + incident.amount())
        + (incident.reason() == null ? "" : " (" + incident.reason() + ")");
  }
}

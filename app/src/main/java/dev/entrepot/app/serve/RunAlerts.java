package dev.entrepot.app.serve;

import dev.entrepot.flow.watch.FlowAlert;
import dev.entrepot.flow.watch.FlowAlerts;
import dev.entrepot.inbox.alerts.OwnAlert;
import dev.entrepot.inbox.alerts.OwnAlerts;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Alerts about runs stand beside those about events: in the same list, told to the same people by
/// the same ways, and in the log.
final class RunAlerts implements FlowAlerts {
  private static final Logger LOG = LoggerFactory.getLogger(RunAlerts.class);

  private final OwnAlerts alerts;

  RunAlerts(OwnAlerts alerts) {
    this.alerts = alerts;
  }

  @Override
  public void raise(FlowAlert alert) {
    LOG.warn("{}: {}", alert.condition(), alert.message());
    alerts.raise(
        new OwnAlert(
            alert.client(),
            title(alert.condition()),
            alert.condition().name().toLowerCase(Locale.ROOT).replace('_', '-'),
            alert.flow(),
            "run " + alert.run(),
            alert.message(),
            alert.at()));
  }

  private static String title(FlowAlert.Condition condition) {
    return switch (condition) {
      case RUN_FAILED -> "Run failed";
      case AUTHENTICATION -> "Credentials refused";
      case FAILED_RECORDS -> "Many records failed";
      case DURATION -> "Run took long";
      case SUCCESS_RATE -> "Low success rate";
    };
  }
}

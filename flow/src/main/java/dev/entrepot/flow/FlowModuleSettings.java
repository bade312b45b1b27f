package dev.entrepot.flow;

import dev.entrepot.flow.clients.FlowSystems;
import dev.entrepot.flow.runs.RunObserver;
import dev.entrepot.flow.runs.RunWorkerSettings;
import dev.entrepot.flow.watch.AlertThresholds;
import dev.entrepot.flow.watch.FlowAlerts;
import dev.entrepot.spi.source.RecordSourceFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// What the flows of a node are started with.
///
/// @param worker how it works on runs
/// @param systems the connectors there are
/// @param alerts who tells people
/// @param thresholds of what they are told
/// @param observers told of runs besides
/// @param retention how long it is kept what a run did with each record
public record FlowModuleSettings(
    RunWorkerSettings worker,
    FlowSystems systems,
    FlowAlerts alerts,
    AlertThresholds thresholds,
    List<RunObserver> observers,
    Duration retention) {
  /// The usual one.
  public static final Duration RETENTION = Duration.ofDays(90);

  public FlowModuleSettings {
    observers = List.copyOf(observers);
    if (!retention.isPositive()) {
      throw new IllegalArgumentException("runs are kept for some time, not " + retention);
    }
  }

  /// With the usual retention.
  public FlowModuleSettings(
      RunWorkerSettings worker,
      FlowSystems systems,
      FlowAlerts alerts,
      AlertThresholds thresholds,
      List<RunObserver> observers) {
    this(worker, systems, alerts, thresholds, observers, RETENTION);
  }

  /// With all connectors on the class path and the usual figures; alerts are told to nobody.
  ///
  /// @param results the folder that results are written to
  public static FlowModuleSettings of(String node, Path results) {
    return new FlowModuleSettings(
        RunWorkerSettings.usual(node, results),
        FlowSystems.onClassPath(),
        _ -> {},
        AlertThresholds.USUAL,
        List.of());
  }

  /// The same with somebody who tells people of alerts.
  public FlowModuleSettings alerting(FlowAlerts teller) {
    return new FlowModuleSettings(worker, systems, teller, thresholds, observers, retention);
  }

  /// The same with sources that are no connectors on the class path.
  public FlowModuleSettings reading(List<? extends RecordSourceFactory> more) {
    return new FlowModuleSettings(
        worker, systems.and(more), alerts, thresholds, observers, retention);
  }

  /// The same with others who are told of runs.
  public FlowModuleSettings observedBy(List<? extends RunObserver> others) {
    return new FlowModuleSettings(
        worker, systems, alerts, thresholds, List.copyOf(others), retention);
  }

  /// The same with another retention.
  public FlowModuleSettings keeping(Duration other) {
    return new FlowModuleSettings(worker, systems, alerts, thresholds, observers, other);
  }
}

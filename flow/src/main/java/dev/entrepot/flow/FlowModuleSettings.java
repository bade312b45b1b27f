package dev.entrepot.flow;

import dev.entrepot.flow.clients.FlowSystems;
import dev.entrepot.flow.runs.RunObserver;
import dev.entrepot.flow.runs.RunWorkerSettings;
import dev.entrepot.flow.watch.AlertThresholds;
import dev.entrepot.flow.watch.FlowAlerts;
import java.nio.file.Path;
import java.util.List;

/// What the flows of a node are started with.
///
/// @param worker how it works on runs
/// @param systems the connectors there are
/// @param alerts who tells people
/// @param thresholds of what they are told
/// @param observers told of runs besides
public record FlowModuleSettings(
    RunWorkerSettings worker,
    FlowSystems systems,
    FlowAlerts alerts,
    AlertThresholds thresholds,
    List<RunObserver> observers) {
  public FlowModuleSettings {
    observers = List.copyOf(observers);
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
    return new FlowModuleSettings(worker, systems, teller, thresholds, observers);
  }

  /// The same with others who are told of runs.
  public FlowModuleSettings observedBy(List<? extends RunObserver> others) {
    return new FlowModuleSettings(worker, systems, alerts, thresholds, List.copyOf(others));
  }
}

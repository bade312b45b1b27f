package dev.entrepot.bench.synccrash;

import dev.entrepot.bench.GivenDatabase;
import dev.entrepot.flow.FlowModule;
import dev.entrepot.flow.FlowModuleSettings;
import dev.entrepot.flow.clients.FlowSystems;
import dev.entrepot.flow.runs.RunWorkerSettings;
import dev.entrepot.flow.watch.AlertThresholds;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.SecretSeal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/// A node that works on runs, as `serve` wires it, but for leases that end soon: a run whose node
/// was killed goes on within seconds. Ends with its input.
public final class FlowNodeProgram {
  static final String WORKING = "WORKING";

  /// How long a run stays that of a node that was killed.
  static final Duration LEASE = Duration.ofSeconds(2);

  private static final Duration LOOK = Duration.ofMillis(200);

  private FlowNodeProgram() {}

  /// @param args the folder of its data
  public static void main(String[] args) throws IOException {
    Path data = Path.of(args[0]);
    RunWorkerSettings worker = new RunWorkerSettings("node", data.resolve("runs"), LEASE, LOOK, 8);
    FlowModuleSettings settings =
        new FlowModuleSettings(
            worker, FlowSystems.onClassPath(), _ -> {}, AlertThresholds.USUAL, List.of());
    try (Database database = Database.open(GivenDatabase.ofEnvironment());
        FlowModule module =
            new FlowModule(
                database,
                SecretSeal.ofKeyFile(data.resolve("secrets.key")),
                Clock.systemUTC(),
                settings)) {
      module.start();
      System.out.println(WORKING);
      while (System.in.read() >= 0) {
        // Nothing is said, but the end.
      }
    }
  }
}

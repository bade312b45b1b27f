package dev.entrepot.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.flow.clients.ClientConfig;
import dev.entrepot.flow.clients.ClientReader;
import dev.entrepot.flow.config.ConfigProblems;
import dev.entrepot.flow.config.ConfigTree;
import dev.entrepot.flow.runs.Run;
import dev.entrepot.flow.runs.RunMode;
import dev.entrepot.flow.runs.RunObserver;
import dev.entrepot.flow.watch.FlowAlert;
import dev.entrepot.ledger.Audit;
import dev.entrepot.model.Actor;
import dev.entrepot.model.Books;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.SecretSeal;
import dev.entrepot.storage.TestDatabase;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/// A node as the program wires it, with all connectors on the class path; everything is configured
/// as people do it.
final class FlowNode implements AutoCloseable {
  static final Actor ANNA = new Actor(Actor.Kind.USER, "anna@example.com");

  final Database database = TestDatabase.fresh();
  final FlowModule module;
  final List<FlowAlert> alerts = new CopyOnWriteArrayList<>();
  private final BlockingQueue<Run> ended = new LinkedBlockingQueue<>();
  private final Map<UUID, Run> ends = new ConcurrentHashMap<>();

  FlowNode(Path results) {
    RunObserver observer =
        new RunObserver() {
          @Override
          public void ended(Run run) {
            ended.add(run);
          }
        };
    module =
        new FlowModule(
            database,
            new SecretSeal(new byte[32]),
            Clock.systemUTC(),
            FlowModuleSettings.of("node", results)
                .observedBy(List.of(observer))
                .alerting(alerts::add));
    module.start();
  }

  Flows flows() {
    return module.face();
  }

  void mapping(String name, String text) {
    flows().config().mappings().create(ANNA, name, ConfigTree.read(text, new ConfigProblems()));
  }

  void client(String text) {
    ConfigTree tree = ConfigTree.read(text, new ConfigProblems());
    ClientConfig client = ClientReader.read(tree, new ConfigProblems());
    flows().config().clients().create(ANNA, client);
  }

  void secret(String client, String system, String json) {
    flows().config().secrets().set(ANNA, client, system, json);
  }

  Run run(String client, RunMode mode) throws InterruptedException {
    return end(flows().runs().queue(client, mode, "test", ANNA));
  }

  /// Waits until a run has ended; its books balance, nothing is pending, and the audit is clean.
  Run end(Run run) throws InterruptedException {
    while (!ends.containsKey(run.id())) {
      Run next = Patience.poll(ended, () -> "end of " + flows().runs().find(run.id()));
      ends.put(next.id(), next);
    }
    Run last = flows().runs().find(run.id()).orElseThrow();
    assertThat(last.books().balanced()).isTrue();
    assertThat(last.books().pending()).isZero();
    assertThat(new Audit(database, module.auditChecks()).run().findings()).isEmpty();
    return last;
  }

  /// Waits until any run has ended.
  Run next() throws InterruptedException {
    return Patience.poll(ended, () -> "end of any run");
  }

  /// The books of a run that rejected and skipped nothing.
  static Books books(long written, long unchanged) {
    return new Books(written + unchanged, written, unchanged, 0, 0, 0);
  }

  @Override
  public void close() {
    module.close();
    database.close();
  }
}

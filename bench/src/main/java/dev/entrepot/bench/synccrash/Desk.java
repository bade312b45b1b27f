package dev.entrepot.bench.synccrash;

import dev.entrepot.bench.Postgres;
import dev.entrepot.flow.FlowConfig;
import dev.entrepot.flow.FlowModule;
import dev.entrepot.flow.FlowModuleSettings;
import dev.entrepot.flow.runs.Run;
import dev.entrepot.flow.runs.RunMode;
import dev.entrepot.flow.runs.RunState;
import dev.entrepot.ledger.Audit;
import dev.entrepot.ledger.AuditCheck;
import dev.entrepot.model.Actor;
import dev.entrepot.storage.SecretSeal;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.StorageException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/// Asks for runs and looks at them, from outside of the node that works on them. Comes again when
/// the database is away.
final class Desk {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration LOOK = Duration.ofMillis(50);

  private static final Sql OPEN_CALLS =
      Sql.of("select count(*) as n from flow_call where ended_at is null");

  private final Postgres postgres;
  private final Path data;

  Desk(Postgres postgres, Path data) {
    this.postgres = postgres;
    this.data = data;
  }

  /// Makes the tables and configures.
  void prepare(Consumer<FlowConfig> configure) throws IOException {
    postgres.database().migrate();
    configure.accept(module().face().config());
  }

  /// Of now: the database is another one after it was restarted.
  private FlowModule module() throws IOException {
    return new FlowModule(
        postgres.database(),
        SecretSeal.ofKeyFile(data.resolve("secrets.key")),
        Clock.systemUTC(),
        FlowModuleSettings.of("desk", data.resolve("desk")));
  }

  UUID queue(String account, RunMode mode) throws IOException, InterruptedException {
    return ask(
        module -> module.face().runs().queue(account, mode, "bench", Actor.system("bench")).id());
  }

  boolean ended(UUID run) throws IOException, InterruptedException {
    return look(run).state().ended();
  }

  private Run look(UUID run) throws IOException, InterruptedException {
    return ask(module -> module.face().runs().find(run).orElseThrow());
  }

  /// Waits for the end of a run.
  ///
  /// @throws SyncCrashFailure when it does not end, or has not written everything
  Run await(UUID id) throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    Run run = look(id);
    while (!run.state().ended()) {
      if (System.nanoTime() > end) {
        throw new SyncCrashFailure("the run does not end: " + run);
      }
      TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
      run = look(id);
    }
    if (run.state() != RunState.SUCCESS || run.books().pending() != 0 || !run.books().balanced()) {
      throw new SyncCrashFailure("the run did not write everything: " + run);
    }
    return run;
  }

  /// The books must balance, and no call be open.
  void requireClean() throws IOException, InterruptedException {
    List<AuditCheck.Finding> findings =
        ask(module -> new Audit(postgres.database(), module.auditChecks()).run().findings());
    if (!findings.isEmpty()) {
      throw new SyncCrashFailure("the audit finds " + findings);
    }
    long open =
        ask(_ ->
            postgres
                .database()
                .<Long>read(connection -> OPEN_CALLS.one(connection, row -> row.int8("n"))));
    if (open != 0) {
      throw new SyncCrashFailure(open + " calls are open, but no run is under way");
    }
  }

  private <T> T ask(Function<FlowModule, T> question) throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        return question.apply(module());
      } catch (StorageException e) {
        if (System.nanoTime() > end) {
          throw new IOException("the database does not come back", e);
        }
        TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
      }
    }
  }
}

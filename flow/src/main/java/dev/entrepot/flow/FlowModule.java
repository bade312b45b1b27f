package dev.entrepot.flow;

import dev.entrepot.flow.runs.FlowBooksCheck;
import dev.entrepot.flow.runs.FlowSpecs;
import dev.entrepot.flow.runs.OutstandingRecords;
import dev.entrepot.flow.runs.RunObserver;
import dev.entrepot.flow.runs.RunRecords;
import dev.entrepot.flow.runs.RunTrace;
import dev.entrepot.flow.runs.RunWorker;
import dev.entrepot.flow.runs.Runs;
import dev.entrepot.flow.watch.Observers;
import dev.entrepot.flow.watch.RunMetrics;
import dev.entrepot.flow.watch.RunWatch;
import dev.entrepot.ledger.ActivityLog;
import dev.entrepot.ledger.AuditCheck;
import dev.entrepot.ledger.TraceSource;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Leases;
import dev.entrepot.storage.SecretSeal;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Flows, wired over a migrated database. Nothing runs before [#start()].
public final class FlowModule implements AutoCloseable {
  private final Flows face;
  private final RunWorker worker;
  private final Scheduler scheduler;

  /// @param seal of the clients' secrets; the same on every node
  public FlowModule(Database database, SecretSeal seal, Clock clock, FlowModuleSettings settings) {
    FlowConfig config =
        new FlowConfig(
            database, new ActivityLog(database), clock, seal, settings.systems(), System::getenv);
    RunMetrics metrics = new RunMetrics(clock);
    // Alerts first: what they cannot keep is told again, and the others count it once.
    List<RunObserver> observers = new ArrayList<>();
    RunWatch watch = new RunWatch(settings.alerts(), settings.thresholds(), clock);
    observers.add(watch);
    observers.addAll(settings.observers());
    observers.add(metrics);
    FlowSpecs specs = new ClientFlowSpecs(config.setups(), config.accounts());
    worker =
        new RunWorker(
            database,
            new Leases(database, clock),
            specs,
            new Observers(observers),
            clock,
            settings.worker());
    Runs runs = new Runs(database, specs, worker::wake);
    Duration late = settings.thresholds().duration();
    scheduler =
        new Scheduler(
            config.schedules(),
            runs,
            clock,
            worker::wake,
            () -> runs.tellLate(late, watch::late),
            settings.retention());
    face =
        new Flows(
            config, runs, new RunRecords(database), new OutstandingRecords(database), metrics);
  }

  /// What others may use.
  public Flows face() {
    return face;
  }

  /// What an audit recomputes of runs.
  public List<AuditCheck> auditChecks() {
    return List.of(new FlowBooksCheck());
  }

  /// What is known here of a key.
  public List<TraceSource> traceSources() {
    return List.of(new RunTrace());
  }

  /// Begins to look for runs, and for schedules whose time has come.
  public void start() {
    worker.start();
    scheduler.start();
  }

  /// Begins nothing new, and lets go of the runs under way, so that they go on elsewhere or later.
  @Override
  public void close() {
    scheduler.close();
    worker.close();
  }
}

package dev.entrepot.flow.runs;

import dev.entrepot.spi.destination.Step;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Lease;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A run in the hands of one node, as long as its lease is held. Safe for use by many threads.
final class RunSession {
  private final Engine engine;
  private final Run run;
  private final FlowSpec spec;
  private final ExchangeLog exchanges;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final AtomicReference<@Nullable Halt> halt = new AtomicReference<>();
  private volatile Lease lease;
  private volatile boolean rejections;

  RunSession(Engine engine, Run run, FlowSpec spec, Lease lease) {
    this.engine = engine;
    this.run = run;
    this.spec = spec;
    this.lease = lease;
    this.exchanges = new ExchangeLog(run.id(), run.tenant(), engine.observer());
  }

  Engine engine() {
    return engine;
  }

  /// As it stood when it was taken up.
  Run run() {
    return run;
  }

  UUID id() {
    return run.id();
  }

  String tenant() {
    return run.tenant();
  }

  FlowSpec spec() {
    return spec;
  }

  List<Step> steps() {
    return spec.steps();
  }

  ExchangeLog exchanges() {
    return exchanges;
  }

  /// Whether it writes; else it only compares.
  boolean loads() {
    return run.mode() != RunMode.PLAN || run.applied();
  }

  /// Whether anything is kept that the destination rejected, in this run or an earlier one.
  boolean rejections() {
    return rejections;
  }

  /// Something is.
  void keepsRejections() {
    rejections = true;
  }

  /// One transaction, which passes only while the lease is held. Begins in no tenant's name.
  <T> T settle(Database.Work<T> work) {
    return engine
        .tenants()
        .all()
        .write(connection -> {
          engine.leases().require(connection, lease);
          return work.run(connection);
        });
  }

  /// The part of a transaction that concerns the tenant alone.
  <T> T within(Connection transaction, Database.Work<T> work) throws SQLException {
    return engine.tenants().within(transaction, run.tenant(), work);
  }

  /// As it can be known without asking anybody.
  boolean holdsLease() {
    return engine.clock().instant().isBefore(lease.until());
  }

  Lease lease() {
    return lease;
  }

  void renewed(Lease longer) {
    lease = longer;
  }

  /// Called when the run halts, and again when it does so for a reason that counts more; perhaps at
  /// once.
  void onHalt(Runnable listener) {
    listeners.add(listener);
    if (halt.get() != null) {
      listener.run();
    }
  }

  /// The first reason counts, unless a later one outweighs it.
  void halt(Halt reason) {
    Halt former =
        halt.getAndAccumulate(
            reason, (before, now) -> before == null || now.outweighs(before) ? now : before);
    if (former == null || reason.outweighs(former)) {
      listeners.forEach(Runnable::run);
    }
  }

  Optional<Halt> halted() {
    return Optional.ofNullable(halt.get());
  }

  /// Whether it halts for good: what it leaves pending is skipped.
  boolean ends() {
    return switch (halt.get()) {
      case null -> false;
      case Halt.Abandoned _ -> false;
      case Halt.Asked(Run.Wish wish) -> wish == Run.Wish.CANCEL;
      case Halt.Failed _ -> true;
    };
  }

  /// Whether this node is to let go of it.
  boolean abandoned() {
    return halt.get() instanceof Halt.Abandoned;
  }
}

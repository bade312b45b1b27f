package dev.entrepot.flow.runs;

import dev.entrepot.spi.destination.RecordDestination;
import dev.entrepot.spi.remote.ExchangeRecorder;
import dev.entrepot.spi.remote.RemoteContext;
import dev.entrepot.spi.remote.RemoteException;
import dev.entrepot.storage.Lease;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.StorageException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/// One node's work on a run: from where it stands to its end, or until it halts. Runs once, on a
/// thread of its own.
final class RunAttempt {
  /// Under which log lines have the client that a thread works for.
  static final String LOGGED_CLIENT = "client_id";

  private static final Logger LOG = LoggerFactory.getLogger(RunAttempt.class);

  // A run that ends with its node every time must not go on for ever.
  private static final int MOST_ATTEMPTS = 100;

  private static final Sql BEGIN =
      Sql.of(
          """
          update flow_run
          set state = 'running', node = ?, attempts = attempts + 1,
            since = case when read_from is null then ? else since end,
            mapping_revision = coalesce(mapping_revision, ?), switches = coalesce(switches, ?),
            source_account = coalesce(source_account, ?),
            read_from = coalesce(read_from, clock_timestamp()),
            started_at = coalesce(started_at, clock_timestamp())
          where id = ? and state in ('queued', 'running')
          """);
  private static final Sql READS =
      Sql.of("select source_account from flow_run where id = ? and source_account is not null");
  private static final Sql NEWER =
      Sql.of(
          """
          select r.id from flow_run r join flow_run p on p.tenant = r.tenant
          where p.id = ? and p.applied and r.id <> p.id and r.started_at > p.read_from
            and (r.mode <> 'plan' or r.applied)
          order by r.id desc limit 1
          """);

  private final Engine engine;
  private final UUID id;
  private final String tenant;
  private final Consumer<Run> announce;
  private volatile Lease lease;
  private volatile @Nullable RunSession session;
  private volatile @Nullable Halt early;

  /// @param announce told of a run that has ended, or of a plan that is made
  RunAttempt(Engine engine, UUID id, String tenant, Lease lease, Consumer<Run> announce) {
    this.engine = engine;
    this.id = id;
    this.tenant = tenant;
    this.lease = lease;
    this.announce = announce;
  }

  UUID id() {
    return id;
  }

  Lease lease() {
    return lease;
  }

  void renewed(Lease longer) {
    lease = longer;
    RunSession begun = session;
    if (begun != null) {
      begun.renewed(longer);
    }
  }

  void halt(Halt reason) {
    RunSession begun;
    synchronized (this) {
      begun = session;
      if (begun == null && (early == null || reason.outweighs(early))) {
        early = reason;
      }
    }
    if (begun != null) {
      begun.halt(reason);
    }
  }

  /// @return whether this node is through with it; else it is to be taken up again later
  boolean run() {
    MDC.put(LOGGED_CLIENT, tenant);
    try {
      Run run =
          engine
              .tenants()
              .all()
              .<Run>read(connection -> engine.runs().find(connection, id).orElseThrow());
      return work(run);
    } catch (StorageException e) {
      LOG.warn(
          "run {} of {} waits for the database and goes on later: {}", id, tenant, e.getMessage());
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (RuntimeException | Error e) {
      LOG.error("run {} of {} broke off and is taken up again", id, tenant, e);
      return false;
    } finally {
      MDC.remove(LOGGED_CLIENT);
    }
  }

  private boolean work(Run found) throws InterruptedException {
    Optional<FlowSpec> spec;
    try {
      spec = engine.specs().of(tenant);
    } catch (IllegalArgumentException e) {
      return refuse(found, "CONFIGURATION", String.valueOf(e.getMessage()));
    }
    if (spec.isEmpty()) {
      return refuse(found, "NO_SUCH_CLIENT", "there is no client " + tenant + " any more");
    }
    if (found.attempts() >= MOST_ATTEMPTS) {
      return refuse(
          found,
          "ATTEMPTS",
          "it was taken up %d times and never came to its end; see the log of node %s"
              .formatted(found.attempts(), found.node()));
    }
    Optional<UUID> newer =
        engine
            .tenants()
            .all()
            .read(connection -> NEWER.with(id).first(connection, row -> row.uuid("id")));
    if (newer.isPresent()) {
      return refuse(
          found,
          RunException.Code.PLAN_OUTDATED.name(),
          "run %s has written since this plan was made; make a new plan".formatted(newer.get()));
    }
    Optional<String> account = spec.get().account().get();
    if (found.attempts() > 0 && account.isPresent() && accountChanged(spec.get(), account.get())) {
      return refuse(
          found,
          "ACCOUNT_CHANGED",
          "address or credentials of %s were changed since this run compared; start a new run, which compares anew"
              .formatted(spec.get().destination()));
    }
    Optional<String> from = spec.get().sourceAccount().get();
    if (found.attempts() > 0 && from.isPresent() && readsAnother(from.get())) {
      return refuse(
          found,
          "ACCOUNT_CHANGED",
          "address or credentials of %s were changed since this run began to read; start a new run, which reads everything"
              .formatted(spec.get().source()));
    }
    if (found.attempts() == 0 && account.isPresent() && accountChanged(spec.get(), account.get())) {
      Optional<RemoteTrouble> shut;
      try {
        shut = shutOut(spec.get());
      } catch (RemoteException e) {
        LOG.info(
            "run {} of {} waits to ask a new account whether it lets us in: {}",
            id,
            tenant,
            e.getMessage());
        return false;
      }
      if (shut.isPresent()) {
        return refuse(found, shut.get().code(), String.valueOf(shut.get().getMessage()));
      }
    }
    Run run = begin(found, spec.get(), account, from.orElse(null));
    engine.observer().started(run);
    RunSession begun = new RunSession(engine, run, spec.get(), lease);
    if (rejections(run)) {
      begun.keepsRejections();
    }
    synchronized (this) {
      session = begun;
    }
    Halt before = early;
    if (before != null) {
      begun.halt(before);
    }
    if (run.wish() != null) {
      begun.halt(new Halt.Asked(run.wish()));
    }
    return open(begun);
  }

  private boolean rejections(Run run) {
    return engine
        .tenants()
        .read(tenant, connection -> engine.rejected().any(connection, tenant, run.destination()));
  }

  private boolean accountChanged(FlowSpec spec, String account) {
    return engine
        .tenants()
        .all()
        .<Boolean>read(connection -> engine.accounts().differs(connection, spec, account));
  }

  /// Why another account than before does not let us in. Only of one that does, what was known of
  /// the former one is forgotten: a wrong key that is put right again costs nothing.
  ///
  /// @throws RemoteException when it cannot tell now
  private Optional<RemoteTrouble> shutOut(FlowSpec spec) throws InterruptedException {
    RemoteContext context =
        new RemoteContext(
            tenant + "/" + spec.destination(),
            engine
                .budgets()
                .of(tenant, tenant + "/" + spec.destination(), spec.settings().destinationLimit()),
            ExchangeRecorder.none(),
            engine.clock());
    try (RecordDestination destination = spec.openDestination().open(context)) {
      List<String> _ = destination.check();
      return Optional.empty();
    } catch (RemoteException e) {
      boolean later =
          switch (e.code()) {
            case UNAVAILABLE, THROTTLED, RESTING -> true;
            case DENIED, REFUSED, FAULT -> false;
          };
      if (later) {
        throw e;
      }
      return Optional.of(
          new RemoteTrouble(
              e.code().name(),
              "address or credentials of %s were changed, and it was asked whether it lets us in with them: %s"
                  .formatted(spec.destination(), e.getMessage())));
    } catch (IllegalArgumentException e) {
      return Optional.of(new RemoteTrouble("CONFIGURATION", String.valueOf(e.getMessage())));
    } catch (StorageException e) {
      throw e;
    } catch (RuntimeException e) {
      return Optional.of(
          new RemoteTrouble("CONNECTOR", "the destination's connector failed: " + e));
    }
  }

  private boolean readsAnother(String account) {
    return engine
        .tenants()
        .all()
        .read(connection -> READS.with(id).first(connection, row -> row.text("source_account")))
        .filter(began -> !began.equals(account))
        .isPresent();
  }

  private boolean refuse(Run found, String code, String reason) {
    engine
        .tenants()
        .all()
        .write(connection -> {
          engine.leases().require(connection, lease);
          BEGIN.with(lease.holder(), null, null, null, null, id).updateOne(connection);
          return found;
        });
    announce.accept(new Ending(engine, found, lease).stop(RunState.FAILED, code, reason));
    return true;
  }

  private Run begin(
      Run found, FlowSpec spec, Optional<String> account, @Nullable String sourceAccount) {
    return engine
        .tenants()
        .all()
        .write(connection -> {
          engine.leases().require(connection, lease);
          if (account.isPresent()
              && engine.accounts().move(connection, spec, account.get(), engine.known())) {
            engine.runs().voidWatermark(connection, id, spec);
            LOG.info(
                "run {} of {}: address or credentials of {} were changed, so all is sent again",
                id,
                tenant,
                spec.destination());
          }
          Instant since =
              found.mode() == RunMode.INCREMENTAL
                  ? engine.runs().watermark(connection, spec, sourceAccount).orElse(null)
                  : null;
          Basis basis = spec.basis();
          BEGIN
              .with(
                  lease.holder(),
                  since,
                  basis.mappingRevision(),
                  basis.switches(),
                  sourceAccount,
                  id)
              .updateOne(connection);
          engine.runs().addSteps(connection, id, tenant, spec.steps());
          return engine.runs().find(connection, id).orElseThrow();
        });
  }

  private boolean open(RunSession begun) throws InterruptedException {
    LOG.info(
        "run {} of {}: {} {}, attempt {}",
        id,
        tenant,
        RunStore.name(begun.run().mode()),
        begun.run().flow(),
        begun.run().attempts());
    Ending ending = new Ending(engine, begun.run(), lease);
    Sides sides;
    try {
      sides = Sides.open(begun);
    } catch (IllegalArgumentException e) {
      announce.accept(
          ending.stop(RunState.FAILED, "CONFIGURATION", String.valueOf(e.getMessage())));
      return true;
    }
    try (sides) {
      return new RunWork(begun, sides, ending, announce).run();
    }
  }
}

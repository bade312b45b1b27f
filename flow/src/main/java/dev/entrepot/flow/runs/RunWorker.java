package dev.entrepot.flow.runs;

import dev.entrepot.storage.Database;
import dev.entrepot.storage.Lease;
import dev.entrepot.storage.Leases;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.StorageException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A node's worker: takes up runs that nobody works on, one per client, each on threads of its own,
/// so that a run that waits or fails keeps no other one waiting.
///
/// After a crash another node, or this one again, takes its runs up when their leases have run out.
public final class RunWorker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunWorker.class);
  private static final String LEASE = "run:";
  private static final Duration STOPPING = Duration.ofSeconds(90);
  private static final int MOST_DOUBLINGS = 6;

  // A run that is to be paused, cancelled or resumed is `running`. While one is paused the others
  // of its client wait: their changes are newer than what it still has to write.
  private static final Sql CLAIMABLE =
      Sql.of(
          """
          select id, tenant from (
            select distinct on (tenant) id, tenant, asked_at from flow_run r
            where state in ('queued', 'running') and tenant <> all(?)
              and not exists (
                select from flow_run p where p.tenant = r.tenant and p.state = 'paused')
            order by tenant, state = 'running' desc, applied desc, asked_at, id) due
          order by asked_at
          """);
  private static final Sql STILL =
      Sql.of("select id from flow_run where id = ? and state in ('queued', 'running')");
  private static final Sql WISHES =
      Sql.of("select id, wish from flow_run where id = any(?) and wish is not null");

  /// A run's last try on this node, when it did not come to its end.
  private record Setback(long notBefore, int count) {}

  private final Engine engine;
  private final RunWorkerSettings settings;
  private final Announcer announcer;
  private final Thread thread;
  private final Semaphore called = new Semaphore(0);
  private final Map<String, RunAttempt> running = new ConcurrentHashMap<>();
  private final Map<String, Setback> setbacks = new ConcurrentHashMap<>();
  private long nextRenewal = System.nanoTime();
  private volatile boolean stopped;

  public RunWorker(
      Database database,
      Leases leases,
      FlowSpecs specs,
      RunObserver observer,
      Clock clock,
      RunWorkerSettings settings) {
    this.engine = Engine.of(database, leases, specs, observer, clock);
    this.settings = settings;
    this.announcer = new Announcer(engine, settings.results());
    this.thread = Thread.ofVirtual().name("runs").unstarted(this::work);
  }

  /// Begins to take up runs.
  public void start() {
    thread.start();
  }

  /// Has it look at once.
  public void wake() {
    called.release();
  }

  /// How many runs it works on now.
  public int running() {
    return running.size();
  }

  /// Lets go of its runs, so that others can go on with them; calls that are on their way may end.
  @Override
  public void close() {
    stopped = true;
    wake();
    try {
      if (thread.isAlive() && !thread.join(STOPPING)) {
        LOG.warn("runs are still under way; what they do from now on does not count");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// What its former self, which died, held.
  private void freeFormer() {
    try {
      int _ = engine.leases().releaseAll(settings.node(), LEASE);
    } catch (StorageException e) {
      LOG.debug("leases of before have to run out", e);
    }
  }

  private void work() {
    try {
      freeFormer();
      while (!stopped) {
        look();
        if (called.tryAcquire(settings.look().toMillis(), TimeUnit.MILLISECONDS)) {
          called.drainPermits();
        }
      }
      running.values().forEach(run -> run.halt(new Halt.Abandoned("its node stops")));
      while (!running.isEmpty()) {
        renew();
        called.tryAcquire(settings.look().toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    try {
      renew();
      heedWishes();
      claim();
      announcer.announceOld();
    } catch (StorageException e) {
      LOG.atLevel(StorageException.levelOf(e))
          .log("runs wait for the database: {}", e.getMessage());
    } catch (RuntimeException | Error e) {
      LOG.error("looking for runs failed, and is tried again", e);
    }
  }

  private void renew() {
    if (System.nanoTime() - nextRenewal < 0 || running.isEmpty()) {
      return;
    }
    nextRenewal = System.nanoTime() + settings.timeToLive().toNanos() / 4;
    Collection<RunAttempt> held = List.copyOf(running.values());
    Map<String, Lease> kept =
        engine
            .leases()
            .renewAll(held.stream().map(RunAttempt::lease).toList(), settings.timeToLive())
            .stream()
            .collect(Collectors.toMap(Lease::name, lease -> lease));
    for (RunAttempt run : held) {
      Lease longer = kept.get(run.lease().name());
      if (longer == null) {
        run.halt(new Halt.Abandoned("its lease is lost"));
      } else {
        run.renewed(longer);
      }
    }
  }

  private void heedWishes() {
    Map<UUID, RunAttempt> byId = new HashMap<>();
    running.values().forEach(run -> byId.put(run.id(), run));
    if (byId.isEmpty()) {
      return;
    }
    Map<UUID, Run.Wish> wishes = new HashMap<>();
    engine
        .tenants()
        .all()
        .read(connection ->
            WISHES
                .with((Object) byId.keySet().toArray(UUID[]::new))
                .list(
                    connection,
                    row ->
                        wishes.put(
                                row.uuid("id"),
                                Run.Wish.valueOf(row.text("wish").toUpperCase(Locale.ROOT)))
                            == null));
    wishes.forEach((id, wish) -> {
      RunAttempt run = byId.get(id);
      if (run != null) {
        run.halt(new Halt.Asked(wish));
      }
    });
  }

  private record Claimable(UUID id, String tenant) {}

  private void claim() {
    int room = settings.most() - running.size();
    if (room <= 0) {
      return;
    }
    long now = System.nanoTime();
    List<String> busy = new ArrayList<>(running.keySet());
    setbacks.forEach((tenant, setback) -> {
      if (setback.notBefore() - now > 0) {
        busy.add(tenant);
      }
    });
    List<Claimable> due =
        engine
            .tenants()
            .all()
            .read(connection ->
                CLAIMABLE
                    .with((Object) busy.toArray(String[]::new))
                    .list(connection, row -> new Claimable(row.uuid("id"), row.text("tenant"))));
    if (due.isEmpty()) {
      return;
    }
    Set<String> held = engine.leases().held(due.stream().map(one -> LEASE + one.tenant()).toList());
    Map<String, Claimable> free = new HashMap<>();
    due.stream()
        .filter(one -> !held.contains(LEASE + one.tenant()))
        .limit(room)
        .forEach(one -> free.put(LEASE + one.tenant(), one));
    Deque<Lease> taken =
        new ArrayDeque<>(
            engine.leases().acquireAll(free.keySet(), settings.node(), settings.timeToLive()));
    try {
      while (!taken.isEmpty()) {
        Claimable one = free.get(taken.getFirst().name());
        if (one != null) {
          begin(one, taken.getFirst());
        }
        taken.removeFirst();
      }
    } finally {
      taken.forEach(this::release);
    }
  }

  private void begin(Claimable one, Lease lease) {
    // It may have ended between being looked for and being claimed.
    boolean still =
        engine
            .tenants()
            .all()
            .read(connection ->
                STILL.with(one.id()).first(connection, row -> row.uuid("id")).isPresent());
    if (!still) {
      engine.leases().release(lease);
      return;
    }
    RunAttempt attempt = new RunAttempt(engine, one.id(), one.tenant(), lease, announcer::announce);
    running.put(one.tenant(), attempt);
    boolean started = false;
    try {
      Thread.ofVirtual().name("run-" + one.id()).start(() -> run(one.tenant(), attempt));
      started = true;
    } finally {
      if (!started) {
        running.remove(one.tenant(), attempt);
      }
    }
  }

  private void run(String tenant, RunAttempt attempt) {
    boolean through = false;
    try {
      through = attempt.run();
    } finally {
      if (through) {
        setbacks.remove(tenant);
      } else {
        setbacks.merge(tenant, setback(0), (before, first) -> setback(before.count() + 1));
      }
      release(attempt.lease());
      running.remove(tenant, attempt);
      wake();
    }
  }

  /// A look's time first, then twice as long each time.
  private Setback setback(int before) {
    long pause = settings.look().toNanos() << Math.min(before, MOST_DOUBLINGS);
    return new Setback(System.nanoTime() + pause, before);
  }

  private void release(Lease lease) {
    try {
      engine.leases().release(lease);
    } catch (RuntimeException e) {
      LOG.warn("{} is not given back and has to run out: {}", lease.name(), e.toString());
    }
  }
}

package dev.entrepot.inbox.chores;

import dev.entrepot.storage.Database;
import dev.entrepot.storage.Lease;
import dev.entrepot.storage.Leases;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.StorableText;
import dev.entrepot.storage.StorageException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has chores done, each by whichever node holds its lease; a node that dies is replaced when its
/// lease runs out, and the chore goes on from what was kept. Nothing runs before [#start]. Safe for
/// use by many threads and nodes.
public final class Chores implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Chores.class);
  private static final Duration LEASE_TIME = Duration.ofMinutes(1);
  private static final Duration RENEWED_EVERY = Duration.ofSeconds(15);
  private static final Duration SHORTEST_LOOK = Duration.ofMillis(100);
  private static final Duration LONGEST_LOOK = Duration.ofSeconds(30);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final Sql REST =
      Sql.of(
          """
          select 1 as rests from inbox_chore
          where name = ? and finished_at + ? > clock_timestamp()
          """);

  private static final Sql RECORD =
      Sql.of(
          """
          insert into inbox_chore as c (name, node, started_at, finished_at, done, problem, total)
          values (?, ?, clock_timestamp() - ?, clock_timestamp(), ?, ?, ?)
          on conflict (name) do update set node = excluded.node, started_at = excluded.started_at,
            finished_at = excluded.finished_at, done = excluded.done, problem = excluded.problem,
            total = c.total + excluded.done
          """);

  private final Database database;
  private final Leases leases;
  private final String node;
  private final List<Chore> chores;
  private final List<Thread> threads = new ArrayList<>();
  private final CountDownLatch stopped = new CountDownLatch(1);

  /// @param node who asks for the leases
  public Chores(Database database, Leases leases, String node, List<Chore> chores) {
    this.database = database;
    this.leases = leases;
    this.node = node;
    this.chores = List.copyOf(chores);
  }

  /// Begins to look whether something is due.
  public void start() {
    for (Chore chore : chores) {
      threads.add(
          Thread.ofVirtual().name("inbox-chore-" + chore.name()).start(() -> keepDoing(chore)));
    }
  }

  private void keepDoing(Chore chore) {
    Duration quarter = chore.pace().dividedBy(4);
    Duration look = quarter.compareTo(LONGEST_LOOK) > 0 ? LONGEST_LOOK : quarter;
    look = look.compareTo(SHORTEST_LOOK) < 0 ? SHORTEST_LOOK : look;
    try {
      do {
        tryDo(chore);
      } while (!stopped.await(look.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void tryDo(Chore chore) {
    try {
      boolean _ = doIfDue(chore);
    } catch (StorageException e) {
      LOG.debug("chore {} is done later", chore.name(), e);
    } catch (RuntimeException | Error e) {
      LOG.error("chore {} failed, and is tried again", chore.name(), e);
    }
  }

  /// Does a chore, unless it was done a short time ago or another node is at it.
  ///
  /// @return whether it was done
  boolean doIfDue(Chore chore) {
    if (rests(chore)) {
      return false;
    }
    Optional<Lease> lease = leases.acquire("inbox/chore/" + chore.name(), node, LEASE_TIME);
    if (lease.isEmpty()) {
      return false;
    }
    try {
      // Somebody may have done it between the look and the lease.
      if (rests(chore)) {
        return false;
      }
      run(chore, lease.get());
      return true;
    } finally {
      leases.release(lease.get());
    }
  }

  private boolean rests(Chore chore) {
    return database
        .read(connection ->
            REST.with(chore.name(), chore.pace()).first(connection, row -> row.int4("rests")))
        .isPresent();
  }

  private void run(Chore chore, Lease lease) {
    long start = System.nanoTime();
    try {
      long done = chore.work().run(keeping(lease, start));
      record(chore, start, done, null);
    } catch (RuntimeException | Error e) {
      LOG.atLevel(StorageException.levelOf(e))
          .log("chore {} failed, and is tried again", chore.name(), e);
      record(chore, start, 0, e.getClass().getSimpleName() + ": " + e.getMessage());
    }
  }

  /// Says no when the lease is lost, or the program stops.
  private BooleanSupplier keeping(Lease lease, long start) {
    return new BooleanSupplier() {
      private long renewed = start;
      private boolean kept = true;

      @Override
      public boolean getAsBoolean() {
        long now = System.nanoTime();
        if (kept && now - renewed > RENEWED_EVERY.toNanos()) {
          kept = leases.renew(lease, LEASE_TIME);
          renewed = now;
        }
        return kept && stopped.getCount() > 0;
      }
    };
  }

  private void record(Chore chore, long start, long done, @Nullable String problem) {
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    String kept = problem == null ? null : StorableText.repair(problem);
    database.write(transaction -> {
      RECORD.with(chore.name(), node, took, done, kept, done).updateOne(transaction);
      return done;
    });
  }

  /// Lets what is under way end after its present step.
  @Override
  public void close() {
    stopped.countDown();
    try {
      for (Thread thread : threads) {
        if (!thread.join(PATIENCE)) {
          LOG.warn("{} is still busy; what it does is kept step by step", thread.getName());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

package dev.entrepot.inbox.log;

import dev.entrepot.storage.Database;
import dev.entrepot.storage.Lease;
import dev.entrepot.storage.Leases;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.StorageException;
import dev.entrepot.storage.StorageException.Code;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Begins new slices of the log and drops old ones, at whichever node holds the lease. Time is the
/// server's. Appending waits for a moment while a slice begins, and never while one is dropped;
/// should nobody keep the slices for a while, the present one is written to for longer.
public final class SliceKeeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SliceKeeper.class);
  private static final String LEASE = "inbox/slices";
  private static final Duration LEASE_TIME = Duration.ofMinutes(5);
  private static final Duration SHORTEST_PACE = Duration.ofMillis(200);
  private static final Duration LONGEST_PACE = Duration.ofMinutes(1);
  private static final Duration LONGEST_WRITE = Duration.ofSeconds(30);

  private static final Sql CURRENT =
      Sql.of("select (last_value >> 40)::int as slice from inbox_position");

  // Also mends what is left when a node died between the sequence's move and its commit.
  private static final Sql MARK_CLOSED =
      Sql.of(
          """
          update inbox_slice set closed_at = clock_timestamp()
          where slice < ? and opened_at is not null and closed_at is null
          """);

  private static final Sql MARK_OPENED =
      Sql.of(
          """
          update inbox_slice set opened_at = clock_timestamp()
          where slice = ? and opened_at is null
          """);

  // Slices are named after days, unless they are shorter.
  private static final Sql DUE =
      Sql.of(
          """
          select greatest(slice + 1, floor(extract(epoch from clock_timestamp()) / 86400)::int) as next
          from inbox_slice where slice = ? and opened_at + ? <= clock_timestamp()
          """);

  private static final Sql MAKE = Sql.of("select 1 as made from inbox_make_slice(?)");

  private static final Sql SHORT_WAIT = Sql.of("set local lock_timeout = '2s'");

  private static final Sql ALONE = Sql.of("select pg_advisory_xact_lock(?, 0)::text as locked");

  private static final Sql BEGIN =
      Sql.of(
          """
          select setval('inbox_position', ?::bigint << 40)
          from inbox_position where last_value >> 40 < ?
          """);

  private static final Sql OLD =
      Sql.of(
          """
          select slice from inbox_slice
          where slice < ? and (opened_at is null or closed_at + ? <= clock_timestamp())
          order by slice
          """);

  private static final Sql YOUNG =
      Sql.of(
          """
          select min(slice) as slice from inbox_slice
          where opened_at is not null and (closed_at is null or closed_at + ? > clock_timestamp())
          """);

  // Waits for those who hold one of these for the sake of something they are about to ask for.
  private static final Sql LOCK =
      Sql.of("select slice from inbox_slice where slice = any(?::int[]) order by slice for update");

  private static final Sql FORGET = Sql.of("delete from inbox_slice where slice = any(?::int[])");

  private static final Sql FIRST_KEPT = Sql.of("select min(slice) as slice from inbox_slice");

  private final Database database;
  private final Leases leases;
  private final String node;
  private final LogSettings settings;
  private final List<SliceGuard> guards;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("entrepot-inbox-slices").factory());

  /// @param node who asks for the lease
  /// @param guards asked before a slice is dropped
  public SliceKeeper(
      Database database,
      Leases leases,
      String node,
      LogSettings settings,
      List<SliceGuard> guards) {
    this.database = database;
    this.leases = leases;
    this.node = node;
    this.settings = settings;
    this.guards = List.copyOf(guards);
  }

  /// Begins to look whether something is due.
  public void start() {
    Duration wanted = settings.slice().dividedBy(10);
    Duration pace = wanted.compareTo(LONGEST_PACE) > 0 ? LONGEST_PACE : wanted;
    pace = pace.compareTo(SHORTEST_PACE) < 0 ? SHORTEST_PACE : pace;
    var _ =
        thread.scheduleWithFixedDelay(
            this::tryKeep, pace.toMillis(), pace.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void tryKeep() {
    try {
      keep();
    } catch (StorageException e) {
      if (e.code() == Code.LEASE_LOST || e.code().retryable()) {
        LOG.debug("the slices of the inbox are kept later", e);
      } else {
        LOG.warn("the slices of the inbox cannot be kept; the present one grows on", e);
      }
    } catch (RuntimeException | Error e) {
      LOG.error("the slices of the inbox cannot be kept; the present one grows on", e);
    }
  }

  /// Does what is due, unless another node is at it.
  public void keep() {
    Optional<Lease> lease = leases.acquire(LEASE, node, LEASE_TIME);
    if (lease.isEmpty()) {
      return;
    }
    try {
      int _ = database.read(connection -> Horizon.tellWhoHoldsIt(connection, LONGEST_WRITE));
      begin(lease.get());
      drop(lease.get());
    } finally {
      leases.release(lease.get());
    }
  }

  private void begin(Lease lease) {
    Optional<Integer> next =
        database.write(transaction -> {
          leases.require(transaction, lease);
          int current = current(transaction);
          mark(transaction, current);
          return DUE.with(current, settings.slice()).first(transaction, row -> row.int4("next"));
        });
    if (next.isEmpty()) {
      return;
    }
    int slice = next.get();
    // Committed before it is written to, so that whatever happens, it is there.
    database.write(transaction -> {
      leases.require(transaction, lease);
      return MAKE.with(slice).one(transaction, row -> row.int4("made"));
    });
    boolean begun =
        database.write(transaction -> {
          leases.require(transaction, lease);
          int _ = SHORT_WAIT.update(transaction);
          ALONE.with(Appender.SLICE_LOCK).one(transaction, row -> row.text("locked"));
          boolean moved =
              BEGIN.with(slice, slice).first(transaction, row -> row.int8("setval")).isPresent();
          mark(transaction, current(transaction));
          return moved;
        });
    if (begun) {
      LOG.info("the inbox writes to slice {} from now on", slice);
    }
  }

  private static int current(Connection connection) {
    return CURRENT.one(connection, row -> row.int4("slice"));
  }

  private static void mark(Connection transaction, int current) {
    int _ = MARK_CLOSED.with(current).update(transaction);
    int _ = MARK_OPENED.with(current).update(transaction);
  }

  /// First slices are forgotten, in one transaction: from then on nothing of them can be asked for.
  /// Then their tables are dropped, one by one; whatever stops that, the next look goes on with it.
  private void drop(Lease lease) {
    if (database.read(this::anyUnneeded)) {
      database.write(transaction -> {
        leases.require(transaction, lease);
        int _ = SHORT_WAIT.update(transaction);
        return forget(transaction);
      });
    }
    int firstKept =
        database.read(connection -> FIRST_KEPT.one(connection, row -> row.int4("slice")));
    int dropped = database.read(connection -> Partitions.drop(connection, firstKept));
    if (dropped > 0) {
      LOG.info("the inbox dropped its slices before {}", firstKept);
    }
  }

  private boolean anyUnneeded(Connection connection) {
    List<Integer> old = old(connection);
    return !old.isEmpty() && !needed(connection, old.getFirst());
  }

  private List<Integer> old(Connection connection) {
    int young = YOUNG.with(settings.retention()).one(connection, row -> row.int4("slice"));
    return OLD.with(young, settings.retention()).list(connection, row -> row.int4("slice"));
  }

  /// Forgets the oldest ones up to the first that somebody needs.
  private int forget(Connection transaction) {
    List<Integer> old = old(transaction);
    List<Integer> locked =
        LOCK.with((Object) old.toArray(Integer[]::new)).list(transaction, row -> row.int4("slice"));
    int unneeded = 0;
    while (unneeded < locked.size() && !needed(transaction, locked.get(unneeded))) {
      unneeded++;
    }
    return FORGET
        .with((Object) locked.subList(0, unneeded).toArray(Integer[]::new))
        .update(transaction);
  }

  private boolean needed(Connection connection, int slice) {
    boolean needed = guards.stream().anyMatch(guard -> guard.needs(connection, slice));
    if (needed) {
      LOG.warn(
          "slice {} of the inbox is old enough to be dropped, but its events are needed still;"
              + " look at what waits",
          slice);
    }
    return needed;
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}

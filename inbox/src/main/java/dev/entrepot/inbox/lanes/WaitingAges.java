package dev.entrepot.inbox.lanes;

import dev.entrepot.storage.Database;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.StorageException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Measures, for charts, how old the oldest event is that is not done yet: not looked at, or
/// waiting, those of parked keys left out. Every node measures several times a minute and keeps the
/// most that it saw in each, also a node that hands nothing on: while those that do are dead, the
/// age is what tells. Minutes in which no node reached the database are missing. Nothing is
/// measured before [#start]. Safe for use by many threads.
public final class WaitingAges implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WaitingAges.class);
  private static final Duration PACE = Duration.ofSeconds(15);

  // The first event behind each lane's place, by the index of lanes whatever the planner thinks: a
  // lane may be empty where the log is long. Of what waits, as EventStates tells it.
  private static final Sql MEASURE =
      Sql.of(
          """
          insert into inbox_waiting_age as a (minute, node, milliseconds)
          select ?, ?, greatest(0, extract(epoch from clock_timestamp() - least(
            (select min(e.received_at) from inbox_lane l cross join lateral (
              select received_at from inbox_event
              where (lane, position) > (l.lane, l.position) and lane <= l.lane
                and position > l.position
              order by lane, position limit 1) e),
            (select w.since from inbox_waiting w
              where not exists (select from inbox_parked p where p.hold = w.hold)
              order by w.since limit 1))) * 1000)::bigint
          on conflict (minute, node) do update set
            milliseconds = greatest(a.milliseconds, excluded.milliseconds)
          """);

  private static final Sql BETWEEN =
      Sql.of(
          """
          select minute, max(milliseconds) as milliseconds from inbox_waiting_age
          where minute >= ? and minute < ? group by minute order by minute
          """);

  private static final Sql FORGET = Sql.of("delete from inbox_waiting_age where minute < ?");

  private final Database database;
  private final Clock clock;
  private final String node;
  private final Duration retention;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("entrepot-inbox-ages").factory());

  /// @param clock tells the minute; ages are told by the database's
  /// @param node who measures; no two that run at once have the same
  /// @param retention how long the figures are kept
  public WaitingAges(Database database, Clock clock, String node, Duration retention) {
    this.database = database;
    this.clock = clock;
    this.node = node;
    this.retention = retention;
  }

  /// Begins to measure.
  public void start() {
    var _ =
        thread.scheduleWithFixedDelay(this::tryMeasure, 0, PACE.toMillis(), TimeUnit.MILLISECONDS);
    var _ = thread.scheduleWithFixedDelay(this::tryForget, 1, 60, TimeUnit.MINUTES);
  }

  private void tryMeasure() {
    try {
      measure();
    } catch (RuntimeException | Error e) {
      LOG.atLevel(StorageException.levelOf(e))
          .log("the age of what waits could not be measured; it is in {}", PACE, e);
    }
  }

  private void tryForget() {
    try {
      // By the database's clock: a node whose own is fast would forget what all have measured.
      forget(database.now().minus(retention));
    } catch (RuntimeException | Error e) {
      LOG.atLevel(StorageException.levelOf(e))
          .log("old ages of what waits could not be forgotten; they are within the hour", e);
    }
  }

  /// Measures once.
  public void measure() {
    Instant minute = clock.instant().truncatedTo(ChronoUnit.MINUTES);
    int _ = database.write(transaction -> MEASURE.with(minute, node).update(transaction));
  }

  /// The most that any node saw in each minute of a stretch of time, in its order.
  public List<WaitingAge> between(Instant from, Instant to) {
    return database.read(connection ->
        BETWEEN
            .with(from, to)
            .list(
                connection,
                row ->
                    new WaitingAge(
                        row.instant("minute"), Duration.ofMillis(row.int8("milliseconds")))));
  }

  /// Forgets minutes before a moment.
  public void forget(Instant before) {
    int _ = database.write(transaction -> FORGET.with(before).update(transaction));
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}

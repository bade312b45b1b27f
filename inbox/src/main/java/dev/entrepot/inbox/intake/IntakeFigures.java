package dev.entrepot.inbox.intake;

import dev.entrepot.inbox.intake.Receipt.Reason;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.StorageException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Counts what becomes of deliveries, per connection and minute, for charts. Counted in memory and
/// added to the database every few seconds: a node that is killed loses the figures of those
/// seconds, never an event. Safe for use by many threads.
public final class IntakeFigures implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(IntakeFigures.class);
  private static final Duration PACE = Duration.ofSeconds(3);

  private record Cell(Instant minute, String connection) {}

  private final Database database;
  private final Clock clock;
  private final String node;
  private final Duration retention;
  private final ConcurrentHashMap<Cell, Tally> tallies = new ConcurrentHashMap<>();
  private final ScheduledExecutorService flusher =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("entrepot-inbox-figures").factory());

  /// @param node who counts; no two that run at once have the same
  /// @param retention how long the figures are kept
  public IntakeFigures(Database database, Clock clock, String node, Duration retention) {
    this.database = database;
    this.clock = clock;
    this.node = node;
    this.retention = retention;
  }

  /// Begins to add to the database what is counted.
  public void start() {
    var _ =
        flusher.scheduleWithFixedDelay(
            this::tryFlush, PACE.toMillis(), PACE.toMillis(), TimeUnit.MILLISECONDS);
    var _ = flusher.scheduleWithFixedDelay(this::tryForget, 1, 60, TimeUnit.MINUTES);
  }

  void count(String connection, Receipt receipt, Duration duration) {
    Cell cell = new Cell(clock.instant().truncatedTo(ChronoUnit.MINUTES), connection);
    // In the map's own lock of the cell, so that a flush takes all of it or nothing.
    tallies.compute(
        cell,
        (_, tally) -> {
          Tally counted = tally == null ? new Tally() : tally;
          counted.add(receipt, duration);
          return counted;
        });
  }

  /// Adds to the database what was counted since the last time.
  public void flush() {
    Map<Cell, Tally> taken =
        new TreeMap<>(Comparator.comparing(Cell::minute).thenComparing(Cell::connection));
    for (Cell cell : List.copyOf(tallies.keySet())) {
      Tally tally = tallies.remove(cell);
      if (tally != null) {
        taken.put(cell, tally);
      }
    }
    if (taken.isEmpty()) {
      return;
    }
    try {
      int _ =
          database.write(transaction -> {
            taken.forEach((cell, tally) ->
                FigureStore.add(transaction, cell.minute(), cell.connection(), node, tally));
            return taken.size();
          });
    } catch (RuntimeException | Error e) {
      taken.forEach((cell, tally) -> tallies.merge(cell, tally, Tally::plus));
      throw e;
    }
  }

  private void tryFlush() {
    try {
      flush();
    } catch (RuntimeException | Error e) {
      LOG.atLevel(StorageException.levelOf(e))
          .log("the figures of the intake could not be added; they are kept for later", e);
    }
  }

  private void tryForget() {
    try {
      forgetOld();
    } catch (RuntimeException | Error e) {
      LOG.atLevel(StorageException.levelOf(e))
          .log("old figures of the intake could not be forgotten; they are within the hour", e);
    }
  }

  /// By the database's clock: this machine's may be wrong, and the figures are those of all.
  void forgetOld() {
    forget(database.now().minus(retention));
  }

  /// The figures of a stretch of time, by minute and connection; minutes without deliveries are
  /// missing.
  ///
  /// @param connection null: of all
  public List<MinuteFigures> between(Instant from, Instant to, @Nullable String connection) {
    return database.read(reading -> FigureStore.between(reading, from, to, connection));
  }

  /// Forgets minutes before a moment.
  public void forget(Instant before) {
    int _ = database.write(transaction -> FigureStore.forget(transaction, before));
  }

  /// Adds what is left, if the database is there.
  @Override
  public void close() {
    flusher.shutdown();
    tryFlush();
  }

  /// The counts of one cell; guarded by the map it is in.
  static final class Tally {
    long accepted;
    long duplicates;
    final Map<Reason, Long> refused = new TreeMap<>();
    final long[] latency = new long[LatencyHistogram.CLASSES];

    void add(Receipt receipt, Duration duration) {
      switch (receipt) {
        case Receipt.Accepted _ -> accepted++;
        case Receipt.Duplicate _ -> duplicates++;
        case Receipt.Refused refusal -> refused.merge(refusal.reason(), 1L, Long::sum);
      }
      latency[LatencyHistogram.index(duration)]++;
    }

    Tally plus(Tally other) {
      Tally sum = new Tally();
      sum.accepted = accepted + other.accepted;
      sum.duplicates = duplicates + other.duplicates;
      sum.refused.putAll(refused);
      other.refused.forEach((reason, count) -> sum.refused.merge(reason, count, Long::sum));
      for (int i = 0; i < latency.length; i++) {
        sum.latency[i] = latency[i] + other.latency[i];
      }
      return sum;
    }
  }
}

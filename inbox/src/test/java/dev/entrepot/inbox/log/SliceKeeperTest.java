package dev.entrepot.inbox.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.storage.Database;
import dev.entrepot.storage.Leases;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.StorageException;
import dev.entrepot.storage.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SliceKeeperTest {
  /// So short that every look finds it due.
  private static final Duration AT_ONCE = Duration.ofNanos(1000);

  private final Database database = TestDatabase.fresh();
  private final Leases leases = new Leases(database, Clock.systemUTC());
  private final EventLog log = new EventLog(database, TestLog.PATIENT);
  private final List<Integer> neededFrom = new ArrayList<>();

  @BeforeEach
  void start() {
    log.start();
  }

  @AfterEach
  void close() {
    log.close();
    database.close();
  }

  @Test
  void nothingIsDoneBeforeItsTime() {
    long position = append("1");
    keeper(Duration.ofDays(1), AT_ONCE).keep();
    assertThat(Positions.slice(append("2"))).isEqualTo(Positions.slice(position));
    assertThat(log.find(position)).isPresent();
  }

  @Test
  void duplicatesAreKnownOverManySlices() {
    SliceKeeper keeper = keeper(AT_ONCE, Duration.ofDays(30));
    List<Long> positions = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      positions.add(append("e" + i));
      keeper.keep();
    }
    assertThat(positions).isSorted();
    assertThat(positions.stream().map(Positions::slice).distinct()).hasSize(20);
    for (int i = 0; i < 20; i++) {
      assertThat(log.append(EventLogTest.event("e" + i, "k", "{}")))
          .isEqualTo(new Appended.Duplicate(positions.get(i)));
    }
    assertThat(EventLogTest.readAll(database, log))
        .extracting(LoggedEvent::position)
        .containsExactlyElementsOf(positions);
  }

  @Test
  void oldSlicesAreDroppedWhole() {
    List<Long> positions = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      positions.add(append("e" + i));
      log.append(EventLogTest.event("e" + i, "k", "{}"));
      keeper(AT_ONCE, Duration.ofDays(30)).keep();
    }
    keeper(Duration.ofDays(1), AT_ONCE).keep();
    int current = Positions.slice(positions.getLast()) + 1;
    assertThat(partitions("inbox_event")).containsExactly("inbox_event_" + current);
    assertThat(partitions("inbox_duplicate")).containsExactly("inbox_duplicate_" + current);
    assertThat(partitions("inbox_seen"))
        .containsExactly("inbox_seen_" + current / Appender.SLICES_SEEN_TOGETHER);
    assertThat(EventLogTest.readAll(database, log)).isEmpty();
    assertThat(Positions.slice(append("new"))).isEqualTo(current);
  }

  @Test
  void aSliceThatSomebodyNeedsIsKeptWithAllAfterIt() {
    List<Long> positions = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      positions.add(append("e" + i));
      keeper(AT_ONCE, Duration.ofDays(30)).keep();
    }
    neededFrom.add(Positions.slice(positions.get(2)));
    keeper(Duration.ofDays(1), AT_ONCE).keep();
    assertThat(EventLogTest.readAll(database, log))
        .extracting(LoggedEvent::position)
        .containsExactlyElementsOf(positions.subList(2, 5));
  }

  @Test
  void whatADeadNodeLeftHalfDoneIsGoneOnWith() {
    long position = append("1");
    int slice = Positions.slice(position);
    // It died after the sequence moved: that is never rolled back, all else is.
    database.write(transaction ->
        Sql.of("select 1 as made from inbox_make_slice(?)")
            .with(slice + 1)
            .one(transaction, row -> row.int4("made")));
    database.read(connection ->
        Sql.of("select setval('inbox_position', ?::bigint << 40) as moved")
            .with(slice + 1)
            .one(connection, row -> row.int8("moved")));
    // And while it dropped: detached, not yet gone.
    keeper(Duration.ofDays(1), Duration.ofDays(30)).keep();
    int _ =
        database.read(connection ->
            Sql.of("alter table inbox_event detach partition inbox_event_" + slice)
                .update(connection));
    keeper(Duration.ofDays(1), AT_ONCE).keep();
    assertThat(partitions("inbox_event")).containsExactly("inbox_event_" + (slice + 1));
    assertThat(Positions.slice(append("2"))).isEqualTo(slice + 1);
  }

  @Test
  void slicesBeginAndEndWhileEventsAreAppended() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    List<Long> positions = new ArrayList<>();
    try (EventLog second = new EventLog(database, TestLog.PATIENT);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      second.start();
      Future<?> keeping =
          threads.submit(() -> {
            while (!done.get()) {
              keepOrLater(keeper(AT_ONCE, Duration.ofDays(30)));
            }
          });
      List<Future<List<Long>>> appending = new ArrayList<>();
      for (int thread = 0; thread < 8; thread++) {
        EventLog to = thread % 2 == 0 ? log : second;
        int number = thread;
        appending.add(threads.submit(() -> appendMany(to, "t" + number + "-", 100)));
      }
      for (Future<List<Long>> future : appending) {
        assertThat(future.get()).isSorted();
        positions.addAll(future.get());
      }
      done.set(true);
      keeping.get();
    }
    assertThat(EventLogTest.readAll(database, log))
        .extracting(LoggedEvent::position)
        .containsExactlyElementsOf(positions.stream().sorted().toList());
  }

  /// As the keeper's own thread does: it gives way to whoever holds the tables.
  private static void keepOrLater(SliceKeeper keeper) {
    try {
      keeper.keep();
    } catch (StorageException e) {
      assertThat(e.code()).matches(StorageException.Code::retryable);
    }
  }

  private static List<Long> appendMany(EventLog to, String prefix, int count) {
    List<Long> positions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      positions.add(EventLogTest.accepted(to.append(EventLogTest.event(prefix + i, "k", "{}"))));
    }
    return positions;
  }

  private long append(String id) {
    return EventLogTest.accepted(log.append(EventLogTest.event(id, "k", "{}")));
  }

  private SliceKeeper keeper(Duration slice, Duration retention) {
    LogSettings settings =
        new LogSettings(slice, retention, 1 << 20, 100, 100, Duration.ofSeconds(10));
    SliceGuard guard = (_, number) -> neededFrom.stream().anyMatch(needed -> number >= needed);
    return new SliceKeeper(database, leases, "node", settings, List.of(guard));
  }

  private List<String> partitions(String table) {
    return database.read(connection ->
        Sql.of(
                """
                select relname from pg_class
                where relkind = 'r' and relname ~ ('^' || ? || '_[0-9]+$') order by relname
                """)
            .with(table)
            .list(connection, row -> row.text("relname")));
  }
}

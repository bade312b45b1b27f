package dev.entrepot.inbox.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.DatabaseConfig;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.StorageException;
import dev.entrepot.storage.TestDatabase;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class AppendFailuresTest {
  private final DatabaseConfig.Given config = TestDatabase.freshConfig();
  private final Database database = Database.open(config);
  private final Database other = Database.open(config);

  @AfterEach
  void close() {
    other.close();
    database.close();
  }

  /// A writer that takes its positions early and commits late must not be overtaken by readers.
  @Test
  void theHorizonStaysBeforeAWriterThatCommitsLate() throws Exception {
    try (EventLog log = started(database)) {
      long before = EventLogTest.accepted(log.append(EventLogTest.event("0", "k", "{}")));
      CompletableFuture<Long> taken = new CompletableFuture<>();
      CompletableFuture<Boolean> commit = new CompletableFuture<>();
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        Future<?> late =
            threads.submit(() ->
                other.write(transaction -> {
                  taken.complete(appendIn(transaction, "late"));
                  return commit.join();
                }));
        long latePosition = taken.get();
        long after = EventLogTest.accepted(log.append(EventLogTest.event("1", "k", "{}")));
        assertThat(after).isGreaterThan(latePosition);
        assertThat(horizon(log)).isGreaterThan(before).isLessThanOrEqualTo(latePosition);
        assertThat(EventLogTest.readAll(database, log))
            .extracting(LoggedEvent::position)
            .containsExactly(before);
        commit.complete(true);
        late.get();
        assertThat(horizon(log)).isGreaterThan(after);
        assertThat(EventLogTest.readAll(database, log))
            .extracting(LoggedEvent::position)
            .containsExactly(before, latePosition, after);
      }
    }
  }

  /// As when its node stands still, or its host is gone.
  @Test
  void aWriterThatStandsStillIsEndedAndHoldsNobodyUp() {
    try (EventLog log = started(database)) {
      assertThatThrownBy(() ->
              other.write(transaction -> {
                long never = appendIn(transaction, "late", Duration.ofSeconds(1));
                long position =
                    EventLogTest.accepted(log.append(EventLogTest.event("1", "k", "{}")));
                while (horizon(log) <= position) {
                  LockSupport.parkNanos(5_000_000);
                }
                assertThat(EventLogTest.readAll(database, log))
                    .extracting(LoggedEvent::position)
                    .containsExactly(position);
                return never;
              }))
          .isInstanceOf(StorageException.class);
    }
  }

  @Test
  void aWriterThatHoldsReadersUpForLongIsTold() {
    Logger logger = (Logger) LoggerFactory.getLogger(Horizon.class);
    ListAppender<ILoggingEvent> told = new ListAppender<>();
    told.start();
    logger.addAppender(told);
    try {
      other.write(transaction -> {
        long position = appendIn(transaction, "late");
        database.read(connection -> Horizon.tellWhoHoldsIt(connection, Duration.ofDays(1)));
        assertThat(told.list).isEmpty();
        database.read(connection -> Horizon.tellWhoHoldsIt(connection, Duration.ZERO));
        int session =
            Sql.of("select pg_backend_pid() as pid").one(transaction, row -> row.int4("pid"));
        assertThat(told.list)
            .singleElement()
            .satisfies(
                line -> assertThat(line.getFormattedMessage()).contains(" " + session + " "));
        return position;
      });
    } finally {
      logger.detachAppender(told);
    }
  }

  @Test
  void transactionsThatDoNotAppendDoNotHoldTheHorizon() {
    try (EventLog log = started(database)) {
      long seen =
          other.write(transaction -> {
            int _ = Sql.of("delete from inbox_intake").update(transaction);
            long position = EventLogTest.accepted(log.append(EventLogTest.event("1", "k", "{}")));
            assertThat(horizon(log)).isGreaterThan(position);
            return position;
          });
      assertThat(log.find(seen)).isPresent();
    }
  }

  /// Readers that follow the horizon see every event once, in order, while two nodes append.
  @Test
  void readersMissNothingWhileTwoNodesAppend() throws Exception {
    try (EventLog one = started(database);
        EventLog two = started(other);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> appending = new ArrayList<>();
      for (int thread = 0; thread < 16; thread++) {
        EventLog to = thread % 2 == 0 ? one : two;
        int number = thread;
        appending.add(
            threads.submit(() -> {
              for (int i = 0; i < 100; i++) {
                String id = number + "-" + i;
                EventLogTest.accepted(to.append(EventLogTest.event(id, "key" + number, "{}")));
              }
            }));
      }
      List<LoggedEvent> read = new ArrayList<>();
      Map<Integer, Long> after = EventLogTest.beginning(one);
      while (read.size() < 1600) {
        List<LoggedEvent> more =
            database.read(connection -> one.read(connection, after, one.horizon(connection), 50));
        for (LoggedEvent event : more) {
          assertThat(event.position()).isGreaterThan(after.get(event.lane()));
          after.put(event.lane(), event.position());
        }
        read.addAll(more);
      }
      for (Future<?> future : appending) {
        future.get();
      }
      Map<String, List<String>> byKey = new HashMap<>();
      read.forEach(event ->
          byKey
              .computeIfAbsent(event.identity().key(), _ -> new ArrayList<>())
              .add(event.identity().externalId()));
      for (int thread = 0; thread < 16; thread++) {
        List<String> wanted = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
          wanted.add(thread + "-" + i);
        }
        assertThat(byKey.get("key" + thread)).isEqualTo(wanted);
      }
    }
  }

  @Test
  void sessionsThatAreKilledLoseNothingAndKeepNothingTwice() throws Exception {
    int senders = 16;
    int each = 60;
    Semaphore acknowledged = new Semaphore(0);
    Map<String, Long> positions = new HashMap<>();
    try (EventLog one = started(database);
        EventLog two = started(other);
        Database killer = Database.open(config.withPoolSize(1));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Map<String, Long>>> sending = new ArrayList<>();
      for (int sender = 0; sender < senders; sender++) {
        int number = sender;
        sending.add(threads.submit(() -> send(List.of(one, two), number, each, acknowledged)));
      }
      for (int kill = 0; kill < 20; kill++) {
        acknowledged.acquire(senders * each / 25);
        killer.read(AppendFailuresTest::killOthers);
      }
      for (Future<Map<String, Long>> future : sending) {
        positions.putAll(future.get());
      }
      List<LoggedEvent> kept = EventLogTest.readAll(killer, one);
      Map<String, Long> keptPositions = new HashMap<>();
      kept.forEach(event -> keptPositions.put(event.identity().externalId(), event.position()));
      assertThat(kept).hasSize(senders * each);
      assertThat(positions).isEqualTo(keptPositions);
    }
  }

  /// As a sender does: again, until it is told that it is kept; perhaps at another node.
  private static Map<String, Long> send(
      List<EventLog> nodes, int sender, int count, Semaphore acknowledged) {
    Map<String, Long> positions = new HashMap<>();
    for (int i = 0; i < count; i++) {
      String id = sender + "-" + i;
      for (int attempt = sender; !positions.containsKey(id); attempt++) {
        EventLog node = nodes.get(attempt % nodes.size());
        switch (node.append(EventLogTest.event(id, "key" + sender, "{}"))) {
          case Appended.Accepted(long position) -> positions.put(id, position);
          case Appended.Duplicate(long first) -> positions.put(id, first);
          case Appended.Busy _, Appended.Unavailable _ -> LockSupport.parkNanos(5_000_000);
        }
      }
      acknowledged.release();
    }
    return positions;
  }

  private static int killOthers(Connection connection) {
    return Sql.of(
            """
            select pg_terminate_backend(pid)::text as killed from pg_stat_activity
            where datname = current_database() and pid <> pg_backend_pid()
            """)
        .list(connection, row -> row.text("killed"))
        .size();
  }

  @Test
  void floodsAreToldToComeLater() throws Exception {
    LogSettings small =
        new LogSettings(
            Duration.ofDays(1), Duration.ofDays(30), 100_000, 5, 10, Duration.ofSeconds(30));
    try (EventLog log = new EventLog(database, small);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      // It does not write yet, so that what waits is known.
      List<Future<Appended>> waiting = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        NewEvent event = EventLogTest.event("e" + i, "k", "{}");
        waiting.add(threads.submit(() -> log.append(event)));
      }
      long busy = 0;
      while (busy < 15) {
        busy = waiting.stream().filter(Future::isDone).count();
        LockSupport.parkNanos(5_000_000);
      }
      log.start();
      List<Appended> outcomes = new ArrayList<>();
      for (Future<Appended> future : waiting) {
        outcomes.add(future.get());
      }
      assertThat(outcomes).filteredOn(Appended.Busy.class::isInstance).hasSize(15);
      assertThat(outcomes).filteredOn(Appended.Accepted.class::isInstance).hasSize(5);
      assertThat(log.append(EventLogTest.event("large", "k", "x".repeat(200_000))))
          .isInstanceOf(Appended.Accepted.class);
    }
  }

  @Test
  void aValueThatTheDatabaseRefusesDoesNotFailItsNeighbours() throws Exception {
    int _ =
        database.read(connection ->
            Sql.of("alter table inbox_event add check (topic <> 'refused')").update(connection));
    try (EventLog log = new EventLog(database, TestLog.PATIENT);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Appended>> waiting = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        String topic = i == 7 ? "refused" : "fine";
        NewEvent event = EventLogTest.event("e" + i, topic, "k", "{}");
        waiting.add(threads.submit(() -> log.append(event)));
      }
      log.start();
      for (int i = 0; i < 20; i++) {
        assertThat(waiting.get(i).get())
            .isInstanceOf(i == 7 ? Appended.Unavailable.class : Appended.Accepted.class);
      }
    }
  }

  @Test
  void aStoppedLogTakesNothing() {
    EventLog log = started(database);
    log.close();
    assertThat(log.append(EventLogTest.event("1", "k", "{}")))
        .isInstanceOf(Appended.Unavailable.class);
  }

  private static long appendIn(Connection transaction, String id) {
    return appendIn(transaction, id, TestLog.PATIENT.patience());
  }

  private static long appendIn(Connection transaction, String id, Duration longestSilence) {
    Collection<Appended> outcomes =
        new Appender(longestSilence)
            .append(transaction, List.of(PackedEvent.of(EventLogTest.event(id, "late", "{}"), 16)));
    return EventLogTest.accepted(outcomes.iterator().next());
  }

  private long horizon(EventLog log) {
    return database.read(log::horizon);
  }

  private static EventLog started(Database database) {
    EventLog log = new EventLog(database, TestLog.PATIENT);
    log.start();
    return log;
  }
}

package dev.entrepot.inbox.lanes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.inbox.handling.DueEvent;
import dev.entrepot.inbox.handling.EventHandler;
import dev.entrepot.inbox.handling.Handled;
import dev.entrepot.inbox.log.Appended;
import dev.entrepot.inbox.log.EventLog;
import dev.entrepot.inbox.log.NewEvent;
import dev.entrepot.inbox.log.TestLog;
import dev.entrepot.spi.event.Body;
import dev.entrepot.spi.event.Headers;
import dev.entrepot.spi.event.Identity;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Leases;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.StorageException;
import dev.entrepot.storage.TestDatabase;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Nodes as threads over a real database. Nothing here depends on how long something takes.
@Timeout(600)
class LanesTest {
  private static final BackOff QUICK =
      new BackOff(Duration.ofMillis(5), 1, Duration.ofMillis(5), 0, 1_000);

  private final Database database = TestDatabase.fresh();
  private final Leases leases = new Leases(database, Clock.systemUTC());
  private final EventLog log = new EventLog(database, TestLog.PATIENT);

  LanesTest() {
    log.start();
    AppliedTable.create(database);
  }

  @AfterEach
  void close() {
    log.close();
    database.close();
  }

  private Lanes node(String name, EventHandler handler) {
    LaneSettings settings =
        new LaneSettings(name, 2, Duration.ofSeconds(1), Duration.ofMillis(20), 16, QUICK);
    return new Lanes(database, leases, log, LaneStoreContract::sender, List.of(handler), settings);
  }

  private Lanes node(String name) {
    return node(name, new SimTrouble.Handler("first", AppliedTable::enter));
  }

  private void append(int events, int keys) {
    Random random = new Random(7);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < events; i++) {
        String key = "key-" + random.nextInt(keys);
        String trouble = random.nextInt(20) == 0 ? "first later 2" : "fine";
        String id = "id-" + i;
        threads.execute(() -> appendSurely(id, key, trouble));
      }
    }
  }

  /// As a sender would: again and again until it is known to be kept.
  private void appendSurely(String id, String key, String trouble) {
    Identity identity = new Identity(id, "test/topic", key, null);
    NewEvent event = new NewEvent("calm", identity, Headers.NONE, Body.of(trouble), null);
    Appended appended = log.append(event);
    while (!(appended instanceof Appended.Accepted || appended instanceof Appended.Duplicate)) {
      appended = log.append(event);
    }
  }

  /// Asks again where the session was ended while it rested in the pool.
  private long number(String statement) {
    while (true) {
      try {
        return database.read(connection -> Sql.of(statement).one(connection, row -> row.int8("n")));
      } catch (StorageException e) {
        assertThat(e.code()).isEqualTo(StorageException.Code.UNAVAILABLE);
      }
    }
  }

  private static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      LockSupport.parkNanos(5_000_000);
    }
  }

  private void awaitDone(long events) {
    await(() ->
        number("select count(*) as n from applied") >= events
            && number("select count(*) as n from inbox_waiting") == 0);
  }

  private void assertEverythingOnceInOrder(long events) {
    assertThat(number("select count(*) as n from applied")).isEqualTo(events);
    assertThat(number("select count(distinct position) as n from applied")).isEqualTo(events);
    assertThat(
            number(
                """
                select count(*) as n from (
                  select position < lag(position) over (partition by key order by id) as wrong
                  from applied) a
                where wrong
                """))
        .as("out of order")
        .isZero();
    assertThat(number("select sum(written)::bigint as n from inbox_books")).isEqualTo(events);
    assertThat(number("select sum(received)::bigint as n from inbox_books")).isEqualTo(events);
  }

  @Test
  void nodesShareTheLanesAndGiveThemBack() {
    try (Lanes one = node("one")) {
      one.start();
      await(() -> one.lanes() == 16);
      try (Lanes two = node("two")) {
        two.start();
        await(() -> one.lanes() == 8 && two.lanes() == 8);
      }
      await(() -> one.lanes() == 16);
    }
    assertThat(number("select count(*) as n from lease where until > clock_timestamp()")).isZero();
    assertThat(number("select count(*) as n from inbox_node")).isZero();
  }

  @Test
  void handsEverythingOnWhileNodesComeAndGoAndSessionsEnd() {
    try (Lanes steady = node("steady")) {
      steady.start();
      for (int i = 0; i < 4; i++) {
        try (Lanes passing = node("passing-" + i)) {
          passing.start();
          int round = i;
          Thread appending = Thread.ofVirtual().start(() -> appendRound(round));
          database.read(connection ->
              Sql.of(
                      """
                      select count(pg_terminate_backend(pid)) as n from pg_stat_activity
                      where datname = current_database() and pid <> pg_backend_pid()
                        and query like '%inbox_lane%'
                      """)
                  .one(connection, row -> row.int8("n")));
          join(appending);
        }
      }
      awaitDone(1_200);
    }
    assertEverythingOnceInOrder(1_200);
  }

  private void appendRound(int round) {
    for (int i = 0; i < 300; i++) {
      String trouble = i % 20 == 0 ? "first later 2" : "fine";
      appendSurely(round + "-" + i, "key-" + i % 17, trouble);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void takesOverFromANodeThatStandsStillInTheMiddleOfATransaction() {
    CountDownLatch goOn = new CountDownLatch(1);
    CountDownLatch standsStill = new CountDownLatch(1);
    EventHandler pausing =
        new EventHandler() {
          private final EventHandler inner = new SimTrouble.Handler("first", AppliedTable::enter);

          @Override
          public String name() {
            return inner.name();
          }

          @Override
          public boolean wants(String kind, String topic) {
            return true;
          }

          @Override
          public List<Handled> handle(Connection transaction, List<DueEvent> events) {
            List<Handled> handled = inner.handle(transaction, events);
            standsStill.countDown();
            join(goOn);
            return handled;
          }
        };
    append(200, 20);
    try (Lanes frozen = node("frozen", pausing)) {
      frozen.start();
      join(standsStill);
      try (Lanes other = node("other")) {
        other.start();
        // The frozen node keeps announcing itself, so only half of the lanes may be taken over;
        // what it holds is done after it woke.
        await(() -> other.lanes() == 8);
        goOn.countDown();
        awaitDone(200);
      } finally {
        goOn.countDown();
      }
    }
    assertEverythingOnceInOrder(200);
  }

  @Test
  void goesOnAfterAnErrorOfTheMachine() {
    AtomicBoolean failed = new AtomicBoolean();
    EventHandler unlucky =
        new EventHandler() {
          private final EventHandler inner = new SimTrouble.Handler("first", AppliedTable::enter);

          @Override
          public String name() {
            return inner.name();
          }

          @Override
          public boolean wants(String kind, String topic) {
            return true;
          }

          @Override
          public List<Handled> handle(Connection transaction, List<DueEvent> events) {
            if (!failed.getAndSet(true)) {
              throw new OutOfMemoryError("as if");
            }
            return inner.handle(transaction, events);
          }
        };
    append(20, 5);
    try (Lanes node = node("one", unlucky)) {
      node.start();
      awaitDone(20);
    }
    assertThat(failed).isTrue();
    assertEverythingOnceInOrder(20);
  }

  private static void join(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

package dev.entrepot.inbox.lanes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.inbox.handling.EventHandler;
import dev.entrepot.inbox.log.Appended;
import dev.entrepot.inbox.log.EventLog;
import dev.entrepot.inbox.log.NewEvent;
import dev.entrepot.inbox.log.TestLog;
import dev.entrepot.ledger.ActivityLog;
import dev.entrepot.ledger.Ledger;
import dev.entrepot.model.Actor;
import dev.entrepot.spi.event.Body;
import dev.entrepot.spi.event.Headers;
import dev.entrepot.spi.event.Identity;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Leases;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// A database with a log, one worker without threads, and all that operators have.
final class LaneWorld implements AutoCloseable {
  static final Actor ANNA = new Actor(Actor.Kind.USER, "anna@example.com");
  private static final BackOff BACK_OFF =
      new BackOff(Duration.ofMinutes(1), 2, Duration.ofHours(1), 0, 3);

  final Database database = TestDatabase.fresh();
  final Ledger ledger = new Ledger(database);
  final ActivityLog activities = new ActivityLog(database);
  final EventLog log = new EventLog(database, TestLog.PATIENT);
  final List<EventHandler> handlers =
      List.of(
          new SimTrouble.Handler("first", AppliedTable::enter),
          new SimTrouble.Handler("second", AppliedTable::enter));
  final DeadLetterDesk desk = new DeadLetterDesk(database, log, ledger, activities, () -> {});
  private final PostgresLaneStore store;
  private final LaneWorker worker;
  private final List<LaneLease> lanes;

  LaneWorld() {
    log.start();
    AppliedTable.create(database);
    Leases leases = new Leases(database, Clock.systemUTC());
    store = new PostgresLaneStore(database, leases, log, ledger, Duration.ofMinutes(10));
    worker = worker(handlers);
    lanes =
        new PostgresNodes(database, leases)
            .acquire("node", IntStream.range(0, 16).boxed().toList(), Duration.ofHours(1));
  }

  private LaneWorker worker(List<EventHandler> those) {
    return new LaneWorker(
        store,
        LaneStoreContract::sender,
        those,
        BACK_OFF,
        new Random(1),
        new LaneStore.ReadLimits(100, 100));
  }

  /// As [SimTrouble] says.
  long append(String connection, String key, String trouble) {
    Identity identity = new Identity(UUID.randomUUID().toString(), "test/topic", key, null);
    Appended appended =
        log.append(new NewEvent(connection, identity, Headers.NONE, Body.of(trouble), null));
    return ((Appended.Accepted) appended).position();
  }

  /// Hands on until there is nothing left that is due.
  void drain() {
    while (worker.round(lanes) != LaneWorker.Result.IDLE) {
      // As long as there is something.
    }
  }

  /// Hands on to these handlers alone, once.
  void drain(EventHandler first, EventHandler... others) {
    List<EventHandler> only = Stream.concat(Stream.of(first), Stream.of(others)).toList();
    assertThat(worker(only).round(lanes)).isEqualTo(LaneWorker.Result.BUSY);
  }

  /// Whether a session waits for a lock.
  boolean somebodyWaits() {
    return Boolean.parseBoolean(
        text(
            """
            select exists (select from pg_stat_activity
              where datname = current_database() and cardinality(pg_blocking_pids(pid)) > 0)::text as t
            """));
  }

  List<String> done() {
    return AppliedTable.all(database);
  }

  /// Outcomes in the books, over all.
  String books() {
    return text(
        """
        select concat(sum(received), ' = ', sum(written), 'w ', sum(unchanged), 'u ', sum(rejected),
          'r ', sum(skipped), 's ', sum(pending), 'p') as t from inbox_books
        """);
  }

  String text(String statement) {
    return database.read(connection -> Sql.of(statement).one(connection, row -> row.text("t")));
  }

  void execute(String statement) {
    int _ = database.write(connection -> Sql.of(statement).update(connection));
  }

  @Override
  public void close() {
    log.close();
    database.close();
  }
}

package dev.entrepot.inbox.lanes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.inbox.log.Appended;
import dev.entrepot.inbox.log.EventLog;
import dev.entrepot.inbox.log.NewEvent;
import dev.entrepot.inbox.log.TestLog;
import dev.entrepot.ledger.Ledger;
import dev.entrepot.model.Outcome;
import dev.entrepot.spi.event.Body;
import dev.entrepot.spi.event.Headers;
import dev.entrepot.spi.event.Identity;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Leases;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.StorageException;
import dev.entrepot.storage.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PostgresLaneStoreTest extends LaneStoreContract {
  // As dev.entrepot.inbox.log locks while it writes.
  private static final int WRITING = 0x1b0c_0002;

  private final Database database = TestDatabase.fresh();
  private final Leases leases = new Leases(database, Clock.systemUTC());
  private final EventLog log = new EventLog(database, TestLog.PATIENT);
  private final PostgresLaneStore store =
      new PostgresLaneStore(database, leases, log, new Ledger(database), Duration.ofMinutes(1));
  private final PostgresNodes nodes = new PostgresNodes(database, leases);

  PostgresLaneStoreTest() {
    log.start();
    AppliedTable.create(database);
  }

  @AfterEach
  void close() {
    log.close();
    database.close();
  }

  /// The key of a body that does not say what it is about is the body's own.
  @Test
  void parksNoKeyThatNothingElseCanHave() {
    String key = "shop.example/orders/~0123456789abcdef0123456789abcdef";
    long poison = append("strict", key, "poison");
    long like = append("strict", key, "fine");
    drain(worker(), lanes("node"));
    assertThat(outcome(poison)).contains(Outcome.REJECTED);
    assertThat(outcome(like)).contains(Outcome.WRITTEN);
  }

  @Test
  void whatWasReadBeforeAConnectionWentOnIsReadAgain() {
    append("calm", "a", "fine");
    List<LaneLease> lanes =
        nodes.acquire("node", IntStream.range(0, 16).boxed().toList(), Duration.ofHours(1));
    Reading read = store.read(lanes, new LaneStore.ReadLimits(10, 10));
    new PausedEvents(database, () -> {}).goOn(List.of("calm"));
    assertThat(store.settle(lanes, read, _ -> new SettlementBuilder(List.of()).build()))
        .isEqualTo(LaneStore.Settled.OVERTAKEN);
  }

  @Test
  void aLaneThatCannotBeSettledHoldsUpNoOther() {
    long before = append("calm", "bad", "fine");
    update("alter table inbox_waiting add constraint refusing check (key <> 'bad')");
    append("calm", "bad", "first later 1");
    for (int i = 0; i < 20; i++) {
      append("calm", "key-" + i, "fine");
    }
    LaneWorker worker = worker(new SimTrouble.Handler("first", AppliedTable::enter));
    List<LaneLease> lanes = lanes("node");
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> worker.round(lanes))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("refusing");
    }
    List<Long> ofOtherLanes =
        database.read(connection ->
            Sql.of(
                    """
                    select position from inbox_event
                    where lane <> (select lane from inbox_event where position = ?)
                    """)
                .with(before)
                .list(connection, row -> row.int8("position")));
    assertThat(ofOtherLanes).isNotEmpty().allMatch(position -> outcome(position).isPresent());
    assertThat(outcome(before)).contains(Outcome.WRITTEN);
    update("alter table inbox_waiting drop constraint refusing");
    drain(worker, lanes);
    makeDue();
    drain(worker, lanes);
    assertThat(done()).hasSize(22);
  }

  @Test
  void aRoundReadsLittleOfAKeyOfWhichManyWait() {
    append("calm", "a", "first later 1");
    append("calm", "a", "fine");
    List<LaneLease> lanes = lanes("node");
    drain(worker(), lanes);
    update(
        """
        insert into inbox_waiting (lane, tenant, key, position, connection, topic, bytes)
        select lane, tenant, key, position + i, connection, topic, bytes
        from inbox_waiting, generate_series(1, 5000) i where due_at is null
        """);
    makeDue();
    update("analyze inbox_waiting");
    List<WaitingEvent> due = store.read(lanes, new LaneStore.ReadLimits(10, 10)).due();
    assertThat(due).hasSize(10);
    long read =
        database.write(transaction -> {
          long before = rowsRead(transaction);
          assertThat(Waiting.held(transaction, Set.of("/a", "/b"), due)).containsExactly("/a");
          Waiting.remove(transaction, due);
          Waiting.settleHolds(transaction, List.of("/a"));
          return rowsRead(transaction) - before;
        });
    assertThat(read).isLessThan(100);
    long head =
        database.read(connection ->
            Sql.of("select position from inbox_waiting where due_at is not null")
                .one(connection, row -> row.int8("position")));
    assertThat(head).isEqualTo(waiting("a").getFirst());
  }

  /// By this session, of what waits.
  private static long rowsRead(Connection transaction) {
    return Sql.of(
            """
            select seq_tup_read + idx_tup_fetch as n from pg_stat_xact_user_tables
            where relname = 'inbox_waiting'
            """)
        .one(transaction, row -> row.int8("n"));
  }

  @Test
  void whatWaitsForAConnectionThatIsNotPausedAnyMoreIsWoken() {
    append("calm", "a", "first later 1");
    drain(worker(), lanes("node"));
    update(
        "update inbox_waiting set code = 'PAUSED', due_at = clock_timestamp() + '1 hour'::interval");
    PausedEvents paused = new PausedEvents(database, () -> {});
    assertThat(paused.goOnBut("calm"::equals)).isZero();
    assertThat(dueHeads()).isZero();
    assertThat(paused.goOnBut("other"::equals)).isEqualTo(1);
    assertThat(dueHeads()).isEqualTo(1);
    assertThat(paused.goOnBut("other"::equals)).isZero();
  }

  private long dueHeads() {
    return database.read(connection ->
        Sql.of("select count(*) as n from inbox_waiting where due_at <= clock_timestamp()")
            .one(connection, row -> row.int8("n")));
  }

  @Override
  LaneStore store() {
    return store;
  }

  @Override
  NodeStore nodes() {
    return nodes;
  }

  @Override
  SimTrouble.Effects effects() {
    return AppliedTable::enter;
  }

  @Override
  long append(String connection, String key, String trouble) {
    Identity identity = new Identity(UUID.randomUUID().toString(), "test/topic", key, null);
    Appended appended =
        log.append(new NewEvent(connection, identity, Headers.NONE, Body.of(trouble), null));
    return ((Appended.Accepted) appended).position();
  }

  @Override
  Late appendLate(String connection, String key) {
    try {
      Connection open = database.dataSource().getConnection();
      open.setAutoCommit(false);
      Sql.of(
              """
              select pg_advisory_xact_lock_shared(?, last_value::bit(32)::int) from inbox_position
              """)
          .with(WRITING)
          .list(open, _ -> 1);
      long position =
          Sql.of(
                  """
                  insert into inbox_event select nextval('inbox_position'), lane, connection,
                    external_id || '-late', topic, key, key_hash, received_at, triggered_at, verified,
                    payload
                  from inbox_event where connection = ? and key = ? limit 1
                  returning position
                  """)
              .with(connection, key)
              .one(open, row -> row.int8("position"));
      return new LateInsert(position, open);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private record LateInsert(long position, Connection open) implements Late {
    @Override
    public void commit() {
      try (open) {
        open.commit();
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private void update(String statement) {
    int _ = database.write(connection -> Sql.of(statement).update(connection));
  }

  @Override
  void makeDue() {
    update("update inbox_waiting set due_at = clock_timestamp() where due_at is not null");
  }

  @Override
  void expireLeases() {
    update("update lease set until = clock_timestamp()");
  }

  @Override
  void interfere() {
    update("update inbox_lane set revision = revision + 1");
  }

  @Override
  void release(String key) {
    database.write(connection -> {
      interfere();
      Sql.of("delete from inbox_parked where key = ?").with(key).updateOne(connection);
      Waiting.settleHolds(connection, List.of("/" + key));
      return true;
    });
  }

  @Override
  Optional<Outcome> outcome(long position) {
    return database.read(connection ->
        Sql.of(
                """
                select chr(get_byte(outcomes, array_position(offsets, (? - first_position)::int) - 1))
                  as code
                from inbox_chunk where first_position <= ? and last_position >= ?
                  and (? - first_position)::int = any(offsets)
                """)
            .with(position, position, position, position)
            .first(connection, row -> Outcome.ofCode(row.text("code").charAt(0))));
  }

  @Override
  List<String> done() {
    return AppliedTable.all(database);
  }

  @Override
  List<Long> waiting(String key) {
    return database.read(connection ->
        Sql.of("select position from inbox_waiting where key = ? order by position, id")
            .with(key)
            .list(connection, row -> row.int8("position")));
  }

  @Override
  long openLetters() {
    return database.read(connection ->
        Sql.of("select count(*) as n from inbox_dead_letter where state = 'open'")
            .one(connection, row -> row.int8("n")));
  }

  @Override
  String books() {
    return database.read(connection ->
        Sql.of(
                """
                select format('received %s, written %s, unchanged %s, rejected %s, skipped %s, pending %s',
                  sum(received), sum(written), sum(unchanged), sum(rejected), sum(skipped),
                  sum(pending)) as books
                from inbox_books
                """)
            .one(connection, row -> row.text("books")));
  }
}

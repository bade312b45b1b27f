package dev.entrepot.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.entrepot.storage.StorageException.Code;
import java.sql.Connection;
import java.time.Duration;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class DatabaseTest {

  private final Database database = TestDatabase.fresh();

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void commitsWhenTheWorkReturns() {
    int rows = database.write(c -> Sql.of("create table thing (id int primary key)").update(c));
    assertThat(rows).isZero();
    database.write(c -> Sql.of("insert into thing values (1), (2)").update(c));
    assertThat(count()).isEqualTo(2);
  }

  @Test
  void anOutageIsToldOnceInOneLineWithoutAStack() {
    Logger log = (Logger) LoggerFactory.getLogger(Database.class);
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    log.addAppender(lines);
    try {
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() ->
                database.read(c ->
                    Sql.of("select pg_terminate_backend(pg_backend_pid()) as ended")
                        .one(c, row -> row.bool("ended"))))
            .isInstanceOf(StorageException.class);
      }
    } finally {
      log.detachAppender(lines);
    }
    assertThat(lines.list)
        .filteredOn(line -> line.getLevel() == Level.WARN)
        .singleElement()
        .satisfies(line -> {
          assertThat(line.getFormattedMessage()).contains("cannot be used", "57P01");
          assertThat(line.getThrowableProxy()).isNull();
        });
  }

  @Test
  void theServerEndsWhatStandsStill() {
    String bounds =
        database.read(c ->
            Sql.of(
                    """
                    select concat_ws(' ', current_setting('timezone'),
                      current_setting('idle_in_transaction_session_timeout'),
                      current_setting('tcp_keepalives_idle'),
                      current_setting('tcp_keepalives_interval'),
                      current_setting('tcp_keepalives_count')) as bounds
                    """)
                .one(c, row -> row.text("bounds")));
    assertThat(bounds).isEqualTo("UTC 5min 15 5 3");
  }

  @Test
  void givesUpOnAServerThatIsSilent() {
    Duration moment = Duration.ofMillis(200);
    assertThat(Thrown.by(() -> database.write(moment, DatabaseTest::sleepForLong)).code())
        .isEqualTo(Code.UNAVAILABLE);
    assertThat(Thrown.by(() -> database.read(moment, DatabaseTest::sleepForLong)).code())
        .isEqualTo(Code.UNAVAILABLE);
  }

  private static int sleepForLong(Connection connection) {
    return Sql.of("select 1 as n from pg_sleep(600)").one(connection, row -> row.int4("n"));
  }

  @Test
  void theBoundOfOneWorkIsNotThatOfTheNext() {
    int one =
        database.write(
            Duration.ofSeconds(30), c -> Sql.of("select 1 as n").one(c, row -> row.int4("n")));
    int bound = database.read(Connection::getNetworkTimeout);
    assertThat(one).isEqualTo(1);
    assertThat(bound).isZero();
  }

  @Test
  void rollsBackWhateverIsThrown() {
    database.write(c -> Sql.of("create table thing (id int primary key)").update(c));
    for (Throwable thrown :
        new Throwable[] {new IllegalStateException("no"), new StackOverflowError("deep")}) {
      assertThatThrownBy(() ->
              database.write(c -> {
                Sql.of("insert into thing values (1)").updateOne(c);
                if (thrown instanceof RuntimeException e) {
                  throw e;
                }
                throw (Error) thrown;
              }))
          .isSameAs(thrown);
    }
    assertThat(count()).isZero();
  }

  @Test
  void namesTheConstraintOfAConflict() {
    database.write(c -> Sql.of("create table thing (id int primary key)").update(c));
    database.write(c -> Sql.of("insert into thing values (1)").update(c));
    assertThatThrownBy(() -> database.write(c -> Sql.of("insert into thing values (1)").update(c)))
        .asInstanceOf(InstanceOfAssertFactories.type(StorageException.class))
        .satisfies(e -> {
          assertThat(e.code()).isEqualTo(Code.CONFLICT);
          assertThat(e.constraint()).contains("thing_pkey");
          assertThat(e).hasMessageContaining("thing_pkey").hasMessageNotContaining("(id)");
          assertThat(e.mayHaveCommitted()).isFalse();
        });
  }

  @Test
  void tellsItsStatus() {
    DatabaseStatus status = database.status();
    assertThat(status.serverVersion()).matches("(1[5-9]|[2-9]\\d)\\..*");
    assertThat(status.embedded()).isFalse();
    assertThat(status.address()).startsWith("127.0.0.1:").contains("/test_");
    assertThat(status.schemaVersion()).isEqualTo("1");
  }

  @Test
  void sessionsRunInUtc() {
    assertThat(
            database.<String>read(c ->
                Sql.of("select current_setting('timezone') as zone")
                    .one(c, row -> row.text("zone"))))
        .isEqualTo("UTC");
  }

  @Test
  void tellsWhenACommitMayHaveHappened() {
    database.write(c ->
        Sql.of(
                """
                create table thing (id int primary key);
                create function end_session() returns trigger language plpgsql as
                  'begin perform pg_terminate_backend(pg_backend_pid()); return null; end';
                create constraint trigger at_commit after insert on thing
                  deferrable initially deferred
                  for each row execute function end_session();
                """)
            .update(c));
    StorageException atCommit =
        Thrown.by(() -> database.write(c -> Sql.of("insert into thing values (1)").update(c)));
    assertThat(atCommit.code()).isEqualTo(Code.UNAVAILABLE);
    assertThat(atCommit.mayHaveCommitted()).isTrue();
    assertThat(atCommit).hasMessageContaining("look up what it did");
    StorageException before =
        Thrown.by(() ->
            database.write(c ->
                Sql.of("select pg_terminate_backend(pg_backend_pid()) as ended")
                    .one(c, row -> row.bool("ended"))));
    assertThat(before.code()).isEqualTo(Code.UNAVAILABLE);
    assertThat(before.mayHaveCommitted()).isFalse();
    assertThat(count()).isZero();
  }

  @Test
  void keepsTheInterruptOfAThreadThatWaitsForAConnection() {
    try (Database small = Database.open(TestDatabase.freshConfig().withPoolSize(1))) {
      StorageException thrown =
          Thrown.by(() ->
              small.read(c -> {
                Thread.currentThread().interrupt();
                return small.read(other -> other.isClosed());
              }));
      assertThat(Thread.interrupted()).isTrue();
      assertThat(thrown.code()).isEqualTo(Code.TIMEOUT);
    }
  }

  @Test
  void saysThatItIsClosed() {
    Database closed = TestDatabase.fresh();
    closed.close();
    StorageException thrown = Thrown.by(closed::status);
    assertThat(thrown.code()).isEqualTo(Code.UNAVAILABLE);
    assertThat(thrown).hasMessageContaining("is closed");
  }

  private long count() {
    return database.read(
        c -> Sql.of("select count(*) as count from thing").one(c, row -> row.int8("count")));
  }
}

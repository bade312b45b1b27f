package dev.entrepot.inbox.lanes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.inbox.log.EventFilter;
import dev.entrepot.inbox.log.EventLog;
import dev.entrepot.inbox.log.NewEvent;
import dev.entrepot.inbox.log.TestLog;
import dev.entrepot.ledger.ActivityLog;
import dev.entrepot.ledger.Ledger;
import dev.entrepot.spi.event.Body;
import dev.entrepot.spi.event.Headers;
import dev.entrepot.spi.event.Identity;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.DatabaseConfig;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Events of 10 MB that were packed to 45 KB wait: few are unpacked at once.
final class LongReplaysTest {
  private static final byte[] LONG =
      "{\"a\":1.10}\n".repeat((10 << 20) / 11).getBytes(StandardCharsets.UTF_8);
  private static final int COUNT = 24;
  private static final EventFilter ALL = new EventFilter("shop", null, null, null, null, null);

  private final DatabaseConfig.Given config = TestDatabase.freshConfig();
  private final Database database = Database.open(config);
  private final EventLog log = new EventLog(database, TestLog.PATIENT);

  @BeforeEach
  void start() {
    log.start();
    for (int i = 0; i < COUNT; i++) {
      Identity identity = new Identity("e" + i, "topic", "key" + i, null);
      var _ = log.append(new NewEvent("shop", identity, Headers.NONE, Body.of(LONG), null));
    }
  }

  @AfterEach
  void close() {
    log.close();
    database.close();
  }

  @Test
  void aProgramWithASmallHeapReplaysThemAllAndTriesThemAllAgain()
      throws IOException, InterruptedException {
    assertThat(worker()).contains(COUNT + " events, " + (long) COUNT * LONG.length + " bytes");
    Replays replays =
        new Replays(
            database,
            log,
            new ActivityLog(database),
            LaneStoreContract::sender,
            List.of(),
            () -> {});
    var _ = replays.start(LaneWorld.ANNA, ReplayRequest.of(ALL));
    int shortest =
        database.read(connection ->
            Sql.of("select min(bytes) as bytes from inbox_waiting")
                .one(connection, row -> row.int4("bytes")));
    assertThat(shortest)
        .as("how long they are, not how small they were packed")
        .isGreaterThanOrEqualTo(LONG.length);
    assertThat(worker()).contains(COUNT + " events, " + (long) COUNT * LONG.length + " bytes");
    makeDeadLetters();
    DeadLetterDesk desk =
        new DeadLetterDesk(
            database, log, new Ledger(database), new ActivityLog(database), () -> {});
    for (DeadEvent letter : desk.list(DeadEventFilter.OPEN, null, COUNT).items()) {
      desk.editAndRetry(LaneWorld.ANNA, letter.id(), null, Body.of(LONG));
    }
    assertThat(worker()).contains(COUNT + " events, " + (long) COUNT * LONG.length + " bytes");
  }

  /// Of all, as if a handler had refused them.
  private void makeDeadLetters() {
    int made =
        database.write(transaction -> {
          int _ =
              Sql.of(
                      """
                      update inbox_chunk set outcomes = convert_to(repeat('r', records), 'SQL_ASCII')
                      """)
                  .update(transaction);
          int _ =
              Sql.of("update inbox_books set rejected = received, written = 0").update(transaction);
          return Sql.of(
                  """
                  insert into inbox_dead_letter (position, lane, connection, topic, key, bytes, handler,
                    code, reason, cause, attempts, done)
                  select position, lane, connection, topic, key, 0, 'first', 'NEVER', 'never', 'c', 1, '{}'
                  from inbox_event
                  """)
              .update(transaction);
        });
    assertThat(made).isEqualTo(COUNT);
  }

  private String worker() throws IOException, InterruptedException {
    ProcessBuilder program =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            SmallHeapWorker.class.getName(),
            config.jdbcUrl(),
            Objects.requireNonNullElse(config.user(), ""),
            Objects.requireNonNullElse(config.password(), ""));
    // They would speak up in its output, or change its heap.
    program.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
    Process process = program.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}

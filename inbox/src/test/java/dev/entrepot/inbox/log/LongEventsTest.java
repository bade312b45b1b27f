package dev.entrepot.inbox.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.spi.event.Body;
import dev.entrepot.spi.event.Headers;
import dev.entrepot.spi.event.Identity;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.DatabaseConfig;
import dev.entrepot.storage.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Events of 10 MB: few are read at once, whether they were packed small or not.
final class LongEventsTest {
  private static final int LONG = 10 << 20;

  private final DatabaseConfig.Given config = TestDatabase.freshConfig();
  private final Database database = Database.open(config);
  private final EventLog log = new EventLog(database, TestLog.PATIENT);

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
  void aProgramWithASmallHeapReadsThemAll() throws IOException, InterruptedException {
    byte[] packsWell = "{\"a\":1.10}\n".repeat(LONG / 11).getBytes(StandardCharsets.UTF_8);
    byte[] packsBadly = new byte[LONG];
    new SplittableRandom(1).nextBytes(packsBadly);
    for (int i = 0; i < 24; i++) {
      append(i, i % 6 == 0 ? packsBadly : packsWell);
    }
    ProcessBuilder program =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            SmallHeap.class.getName(),
            config.jdbcUrl(),
            Objects.requireNonNullElse(config.user(), ""),
            Objects.requireNonNullElse(config.password(), ""));
    // They would speak up in its output, or change its heap.
    program.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
    Process process = program.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said)
        .contains("24 events, " + (4L * packsBadly.length + 20L * packsWell.length) + " bytes");
  }

  @Test
  void aListReadsNoBodies() {
    for (int i = 0; i < 3; i++) {
      append(i, new byte[LONG]);
    }
    List<EventHead> heads = log.find(EventFilter.ALL, null, 10).items();
    // The number of headers takes two bytes.
    assertThat(heads).hasSize(3).allMatch(head -> head.bytes() == LONG + 2);
    assertThat(log.head(heads.getFirst().position())).contains(heads.getFirst());
  }

  private void append(int number, byte[] body) {
    Identity identity = new Identity("e" + number, "topic", "key" + number, null);
    Appended _ = log.append(new NewEvent("shop", identity, Headers.NONE, Body.of(body), null));
  }
}

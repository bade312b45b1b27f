package dev.entrepot.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class OutageTest {
  private Instant now = Instant.parse("2026-11-21T10:00:00Z");
  private final Outage outage = new Outage(() -> now);

  @Test
  void anOutageIsNewsOnceAndSoIsItsEnd() {
    assertThat(outage.ends(outage.now())).isEmpty();
    Instant before = outage.now();
    assertThat(outage.begins()).isTrue();
    assertThat(outage.begins()).isFalse();
    now = now.plus(Outage.DOUBTFUL).plusSeconds(3);
    assertThat(outage.ends(before)).as("work that began before tells nothing").isEmpty();
    assertThat(outage.begins()).isFalse();
    assertThat(outage.ends(outage.now())).contains(Outage.DOUBTFUL.plusSeconds(3));
    assertThat(outage.ends(outage.now())).isEmpty();
    assertThat(outage.begins()).as("the next one is news again").isTrue();
  }

  @Test
  void whatFailsForWantOfTheDatabaseIsNotToldByEverybody() {
    assertThat(
            StorageException.levelOf(
                new StorageException(StorageException.Code.UNAVAILABLE, "it is away")))
        .isEqualTo(Level.DEBUG);
    assertThat(
            StorageException.levelOf(
                new StorageException(StorageException.Code.DISK_FULL, "it is full")))
        .isEqualTo(Level.WARN);
    assertThat(StorageException.levelOf(new IllegalStateException("a defect")))
        .isEqualTo(Level.WARN);
  }
}

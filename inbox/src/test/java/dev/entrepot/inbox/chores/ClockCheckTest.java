package dev.entrepot.inbox.chores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.storage.Database;
import dev.entrepot.storage.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClockCheckTest {
  private final Database database = TestDatabase.fresh();
  private final AtomicInteger deleted = new AtomicInteger();
  private final Chore deleting =
      new Chore("deleting", Duration.ofMinutes(1), _ -> deleted.incrementAndGet());

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aFastClockDeletesNothing() {
    Clock fast = Clock.offset(Clock.systemUTC(), Duration.ofDays(1));
    Chore guarded = new ClockCheck(database, fast).guard(deleting);
    assertThatThrownBy(() -> guarded.work().run(() -> true))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("ahead of the database's");
    assertThat(deleted).hasValue(0);
  }

  @Test
  void aRightOneDoes() {
    Chore guarded = new ClockCheck(database, Clock.systemUTC()).guard(deleting);
    assertThat(guarded.work().run(() -> true)).isEqualTo(1);
    assertThat(guarded.name()).isEqualTo("deleting");
  }
}

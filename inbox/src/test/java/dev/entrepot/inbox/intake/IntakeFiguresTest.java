package dev.entrepot.inbox.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.storage.Database;
import dev.entrepot.storage.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IntakeFiguresTest {
  private static final Duration MONTH = Duration.ofDays(30);

  private final Database database = TestDatabase.fresh();

  @AfterEach
  void close() {
    database.close();
  }

  private IntakeFigures figures(Duration ahead) {
    return new IntakeFigures(
        database, Clock.offset(Clock.systemUTC(), ahead), "node" + ahead, MONTH);
  }

  @Test
  void aFastClockForgetsNothing() {
    try (IntakeFigures right = figures(Duration.ZERO);
        IntakeFigures fast = figures(Duration.ofDays(365))) {
      right.count("shop", new Receipt.Accepted(1), Duration.ofMillis(1));
      right.flush();
      fast.forgetOld();
      assertThat(right.between(Instant.EPOCH, Instant.now().plus(MONTH), null)).hasSize(1);
    }
  }

  @Test
  void whatIsOldIsForgotten() {
    try (IntakeFigures before = figures(MONTH.plusDays(1).negated())) {
      before.count("shop", new Receipt.Accepted(1), Duration.ofMillis(1));
      before.flush();
      before.forgetOld();
      assertThat(before.between(Instant.EPOCH, Instant.now(), null)).isEmpty();
    }
  }
}

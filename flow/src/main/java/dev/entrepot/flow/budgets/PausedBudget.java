package dev.entrepot.flow.budgets;

import dev.entrepot.spi.remote.Budget;
import dev.entrepot.spi.remote.LimitNotice;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// A budget without a limit that heeds pauses.
final class PausedBudget implements Budget {
  private static final long NONE = Long.MIN_VALUE;

  private final AtomicLong until = new AtomicLong(NONE);

  @Override
  public void take() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    for (long end = until.get(); end != NONE; end = until.get()) {
      long wait = end - System.nanoTime();
      if (wait <= 0) {
        until.compareAndSet(end, NONE);
      } else {
        TimeUnit.NANOSECONDS.sleep(wait);
      }
    }
  }

  @Override
  public void learn(LimitNotice notice) {
    Notices.pause(notice).ifPresent(this::pause);
  }

  private void pause(Duration pause) {
    long end = System.nanoTime() + pause.toNanos();
    until.accumulateAndGet(
        end, (former, asked) -> former == NONE || asked - former > 0 ? asked : former);
  }
}

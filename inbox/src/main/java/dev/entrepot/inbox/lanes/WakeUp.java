package dev.entrepot.inbox.lanes;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Lets one thread rest until somebody wakes it; who is woken while awake does not rest next time.
final class WakeUp {
  private final Semaphore called = new Semaphore(0);

  void wake() {
    if (called.availablePermits() == 0) {
      called.release();
    }
  }

  /// Rests until woken, but no longer than this.
  void await(Duration longest) throws InterruptedException {
    if (called.tryAcquire(longest.toMillis(), TimeUnit.MILLISECONDS)) {
      called.drainPermits();
    }
  }

  /// As [#await]; an interrupt ends it and stays set.
  void pause(Duration longest) {
    try {
      await(longest);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

package dev.entrepot.console.live;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// One listener's place: it holds the latest progress only, so a listener that is slow misses what
/// lay between and costs nothing. Safe for use by many threads.
final class Subscription {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private @Nullable UploadProgress latest;
  private boolean ended;
  private boolean fresh = true;

  /// Whether nothing was published to it yet.
  boolean fresh() {
    lock.lock();
    try {
      return fresh;
    } finally {
      lock.unlock();
    }
  }

  void publish(UploadProgress progress) {
    lock.lock();
    try {
      latest = progress;
      fresh = false;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Nothing more will come.
  ///
  /// @param last what was told last; one who came too late for it gets it now
  void end(@Nullable UploadProgress last) {
    lock.lock();
    try {
      if (fresh && last != null) {
        latest = last;
        fresh = false;
      }
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Waits for news.
  ///
  /// @return empty when there was none in time, or when nothing more will come
  Optional<UploadProgress> next(Duration atMost) throws InterruptedException {
    lock.lock();
    try {
      long left = atMost.toNanos();
      while (latest == null && !ended && left > 0) {
        left = changed.awaitNanos(left);
      }
      UploadProgress progress = latest;
      latest = null;
      return Optional.ofNullable(progress);
    } finally {
      lock.unlock();
    }
  }

  boolean ended() {
    lock.lock();
    try {
      return ended && latest == null;
    } finally {
      lock.unlock();
    }
  }
}

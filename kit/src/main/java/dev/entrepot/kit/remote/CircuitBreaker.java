package dev.entrepot.kit.remote;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Leaves a system alone for a while that failed several times in a row. Then one call tries
/// whether it is back; others wait for what becomes of it, so that no caller's attempt is used up
/// by a call that was not made. Pauses grow from one second to one minute. Safe for use by many
/// threads.
final class CircuitBreaker {
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private final int failures;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private int inARow;
  private Duration pause = SHORTEST;
  private @Nullable Instant openUntil;
  private boolean trying;

  /// @param failures in a row that open it; 0: it never opens
  CircuitBreaker(int failures) {
    this.failures = failures;
  }

  /// What became of asking for leave to call.
  sealed interface Leave {
    /// Call, then tell what became of it: exactly one of [#answered], [#failed], [#unused].
    ///
    /// @param trial whether it tries whether the system is back
    record Given(boolean trial) implements Leave {}

    /// Do not call.
    record Refused(Instant until, Duration after) implements Leave {}
  }

  Leave ask(Clock clock) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (true) {
        if (openUntil == null) {
          return new Leave.Given(false);
        }
        Instant now = clock.instant();
        if (now.isBefore(openUntil)) {
          return new Leave.Refused(openUntil, Duration.between(now, openUntil));
        }
        if (!trying) {
          trying = true;
          return new Leave.Given(true);
        }
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /// The system answered, whatever it was.
  void answered(Leave.Given leave) {
    lock.lock();
    try {
      inARow = 0;
      pause = SHORTEST;
      openUntil = null;
      ended(leave);
    } finally {
      lock.unlock();
    }
  }

  /// The system could not be reached, kept silent, or said that it cannot now.
  void failed(Leave.Given leave, Instant now) {
    lock.lock();
    try {
      if (leave.trial()) {
        pause = pause.multipliedBy(2);
        pause = pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
        openUntil = now.plus(pause);
      } else if (openUntil == null && ++inARow >= failures && failures > 0) {
        openUntil = now.plus(pause);
      }
      ended(leave);
    } finally {
      lock.unlock();
    }
  }

  /// The call was not made after all, or given up by the caller.
  void unused(Leave.Given leave) {
    lock.lock();
    try {
      ended(leave);
    } finally {
      lock.unlock();
    }
  }

  private void ended(Leave.Given leave) {
    if (leave.trial()) {
      trying = false;
    }
    changed.signalAll();
  }
}

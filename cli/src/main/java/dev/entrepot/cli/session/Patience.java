package dev.entrepot.cli.session;

import dev.entrepot.cli.terminal.CommandException;
import dev.entrepot.cli.terminal.ExitCode;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// Asks a server again and again, for so long and no longer. For use by one thread.
public final class Patience {
  private final long end;
  private final long pause;

  /// @param most how long in all
  /// @param pause between two times of asking
  public Patience(Duration most, Duration pause) {
    this.end =
        System.nanoTime()
            + Math.min(most.toSeconds(), Long.MAX_VALUE / 4_000_000_000L) * 1_000_000_000L
            + most.toNanosPart();
    this.pause = pause.toNanos();
  }

  /// Waits a little.
  ///
  /// @return false when the time is over; then nothing was waited for
  public boolean pause() {
    long left = end - System.nanoTime();
    if (left <= 0) {
      return false;
    }
    LockSupport.parkNanos(Math.min(pause, left));
    if (Thread.currentThread().isInterrupted()) {
      throw new CommandException(ExitCode.FAILED, "interrupted");
    }
    return true;
  }
}

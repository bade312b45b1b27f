package dev.entrepot.app;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waiting for what must come, without a hurry and without taking the processor from it.
public final class Patience {
  /// Nothing takes as long as this, however busy the machine is.
  public static final Duration LONGEST = Duration.ofMinutes(5);

  private static final Duration LOOK = Duration.ofMillis(20);

  private Patience() {}

  /// Returns when something has come about.
  ///
  /// @param name of it, for whoever waits in vain
  public static void await(String name, BooleanSupplier what) {
    long deadline = System.nanoTime() + LONGEST.toNanos();
    while (!what.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new IllegalStateException(name + " did not come about within " + LONGEST);
      }
      LockSupport.parkNanos(LOOK.toNanos());
    }
  }
}

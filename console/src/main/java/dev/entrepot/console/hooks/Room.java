package dev.entrepot.console.hooks;

import java.util.concurrent.Semaphore;

/// Memory for bodies that are being received, for all senders together.
final class Room {
  private static final int UNIT = 1 << 10;

  private final Semaphore units;

  /// @param bytes how much there is in all
  Room(long bytes) {
    this.units = new Semaphore((int) Math.ceilDiv(bytes, UNIT));
  }

  /// What one sender has taken of it, to be given back whole.
  final class Share implements AutoCloseable {
    private int held;

    /// Makes sure that the share is at least so large.
    ///
    /// @return false: there is no room; what the share has already it keeps
    boolean reach(long bytes) {
      int wanted = (int) Math.ceilDiv(bytes, UNIT) - held;
      if (wanted > 0) {
        if (!units.tryAcquire(wanted)) {
          return false;
        }
        held += wanted;
      }
      return true;
    }

    @Override
    public void close() {
      units.release(held);
      held = 0;
    }
  }

  Share share() {
    return new Share();
  }
}

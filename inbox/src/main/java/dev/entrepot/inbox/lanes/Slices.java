package dev.entrepot.inbox.lanes;

/// The stretch of time a position belongs to.
final class Slices {
  private static final int COUNTER_BITS = 40;

  private Slices() {}

  static long of(long position) {
    return position >> COUNTER_BITS;
  }

  static long first(long slice) {
    return slice << COUNTER_BITS;
  }
}

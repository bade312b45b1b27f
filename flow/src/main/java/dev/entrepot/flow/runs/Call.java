package dev.entrepot.flow.runs;

import java.util.List;

/// Some items' parts that are written, or looked up, by one call.
///
/// @param number of the call that writes, once it is given one; 0: it has none yet
/// @param asks whether it asks what the destination holds
/// @param tries what was tried with these items before
/// @param notBefore in nanoseconds of this JVM's clock
record Call(int number, int step, List<Item> items, boolean asks, Tries tries, long notBefore) {

  /// How often calls of the same items ended how.
  record Tries(int faults, int unavailable, int throttled, int unknown) {
    static final Tries NONE = new Tries(0, 0, 0, 0);
  }

  Call {
    items = List.copyOf(items);
  }

  static Call write(int step, List<Item> items) {
    return new Call(0, step, items, false, Tries.NONE, System.nanoTime());
  }

  Call numbered(int next) {
    return new Call(next, step, items, asks, tries, notBefore);
  }

  /// The same call, to be made again.
  Call again(Tries now, long from) {
    return new Call(asks ? number : 0, step, items, asks, now, from);
  }

  /// Some of its items, to be written by another call.
  Call part(List<Item> some, Tries now, long from) {
    return new Call(0, step, some, false, now, from);
  }

  /// Asks for what this call may have written.
  Call lookup(Tries now) {
    return new Call(number, step, items, true, now, System.nanoTime());
  }
}

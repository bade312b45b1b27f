package dev.entrepot.flow.runs;

import dev.entrepot.spi.remote.RemoteException.Code;
import java.util.List;

/// Some items' parts that are written, or looked up, by one call.
///
/// @param number of the call that writes, once it is given one; 0: it has none yet
/// @param asks whether it asks what the destination holds
/// @param tries what was tried with these items before
/// @param notBefore in nanoseconds of this JVM's clock
record Call(int number, int step, List<Item> items, boolean asks, Tries tries, long notBefore) {

  /// How often calls of the same items ended how.
  ///
  /// @param halved whether they are a part of a call that was given up as a whole
  record Tries(int faults, int unavailable, int throttled, int unknown, boolean halved) {
    static final Tries NONE = new Tries(0, 0, 0, 0, false);

    /// Of a half of a call that was given up: one more try, or two once a record is alone.
    static Tries ofHalf(RetryPolicy policy, int items) {
      int left = items == 1 ? 2 : 1;
      return new Tries(
          Math.max(0, policy.faultTries() - left),
          Math.max(0, policy.unavailableTries() - left),
          0,
          Math.max(0, policy.unknownTries() - left),
          true);
    }

    Tries more(Code why) {
      return new Tries(
          faults + (why == Code.FAULT ? 1 : 0),
          unavailable + (why == Code.UNAVAILABLE ? 1 : 0),
          throttled + (why == Code.THROTTLED ? 1 : 0),
          unknown,
          halved);
    }

    Tries moreUnknown() {
      return new Tries(faults, unavailable, throttled, unknown + 1, halved);
    }

    int made(Code why) {
      return switch (why) {
        case FAULT -> faults;
        case UNAVAILABLE -> unavailable;
        case THROTTLED -> throttled;
        case RESTING -> 0;
        case DENIED, REFUSED -> 1;
      };
    }
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

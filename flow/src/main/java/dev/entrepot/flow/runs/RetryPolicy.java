package dev.entrepot.flow.runs;

import dev.entrepot.spi.remote.RemoteException.Code;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How often and when what failed is tried again.
///
/// @param faultTries how often at most when the other side fails
/// @param unavailableTries how often at most when it says that it cannot now
/// @param throttledTries how often at most when it says that there were too many calls
/// @param unknownTries how often at most when the result stays unknown
/// @param first the first pause at most; each following one may be twice as long
/// @param longest no pause is longer, unless the other side asks for it
/// @param outage for so long at least the other side may say that it cannot now, however often it
///   was tried; zero: only the tries count
public record RetryPolicy(
    int faultTries,
    int unavailableTries,
    int throttledTries,
    int unknownTries,
    Duration first,
    Duration longest,
    Duration outage) {

  /// As the protocols ask for.
  public static final RetryPolicy USUAL =
      new RetryPolicy(
          3, 8, 20, 5, Duration.ofSeconds(1), Duration.ofMinutes(5), Duration.ofMinutes(15));

  /// One by which only the tries count.
  public RetryPolicy(
      int faultTries,
      int unavailableTries,
      int throttledTries,
      int unknownTries,
      Duration first,
      Duration longest) {
    this(faultTries, unavailableTries, throttledTries, unknownTries, first, longest, Duration.ZERO);
  }

  public RetryPolicy {
    if (faultTries < 1 || unavailableTries < 1 || throttledTries < 1 || unknownTries < 1) {
      throw new IllegalArgumentException("everything is tried at least once");
    }
    if (outage.isNegative()) {
      throw new IllegalArgumentException("an outage is not shorter than nothing, as " + outage);
    }
    if (!first.isPositive() || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException(
          "the first pause is positive and the longest not shorter, not "
              + first
              + " and "
              + longest);
    }
  }

  /// How often a call is made at most when it ends like this.
  int tries(Code why) {
    return switch (why) {
      case FAULT -> faultTries;
      case UNAVAILABLE -> unavailableTries;
      case THROTTLED -> throttledTries;
      case RESTING -> Integer.MAX_VALUE;
      case DENIED, REFUSED -> 1;
    };
  }

  /// How long to wait after so many tries.
  ///
  /// @param tries made so far, from 1
  /// @param told what the other side asked for
  /// @param jitter from 0 to 1: a pause of that share of the longest one now
  Duration pause(int tries, @Nullable Duration told, double jitter) {
    if (told != null) {
      return told;
    }
    Duration most = first;
    for (int i = 1; i < tries && most.compareTo(longest) < 0; i++) {
      most = most.multipliedBy(2);
    }
    most = most.compareTo(longest) > 0 ? longest : most;
    return Duration.ofNanos((long) (most.toNanos() * jitter));
  }
}

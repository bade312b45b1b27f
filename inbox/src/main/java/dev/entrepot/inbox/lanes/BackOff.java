package dev.entrepot.inbox.lanes;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long an event waits after each failure, and how often it is tried at all.
///
/// @param first the wait after the first failure; positive
/// @param factor by which every further wait is longer; at least 1
/// @param longest no wait is longer, jitter aside
/// @param jitter the share by which a wait is shorter or longer at random, from 0 to less than 1
/// @param attempts after so many failures the event is a dead letter; at least 1
public record BackOff(
    Duration first, double factor, Duration longest, double jitter, int attempts) {
  /// From 5 seconds to an hour; 19 attempts are about ten hours.
  public static final BackOff STANDARD =
      new BackOff(Duration.ofSeconds(5), 2, Duration.ofHours(1), 0.2, 19);

  public BackOff {
    if (!first.isPositive() || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException(
          "the back-off goes from " + first + " to " + longest + "; it must be positive and grow");
    }
    if (!(factor >= 1) || !(jitter >= 0 && jitter < 1) || attempts < 1) {
      throw new IllegalArgumentException(
          "the back-off has factor %s (from 1), jitter %s (0 to less than 1), %d attempts (from 1)"
              .formatted(factor, jitter, attempts));
    }
  }

  /// How long to wait.
  ///
  /// @param failures how often it failed, from 1
  Duration delay(int failures, RandomGenerator random) {
    double wait =
        Math.min(first.toMillis() * Math.pow(factor, failures - 1), (double) longest.toMillis());
    double spread = jitter == 0 ? 0 : random.nextDouble(-jitter, jitter);
    return Duration.ofMillis(Math.max(1, Math.round(wait * (1 + spread))));
  }

  /// Whether there is no attempt left.
  boolean exhausted(int failures) {
    return failures >= attempts;
  }
}

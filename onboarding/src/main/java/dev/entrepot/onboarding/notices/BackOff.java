package dev.entrepot.onboarding.notices;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// When to try again what was not taken: after `first`, then three times as long each time up to
/// `longest`, a quarter of jitter on top, and no more once `total` has passed since it was written.
///
/// @param first wait after the first attempt
/// @param longest the longest wait of its own; what the other side asks for may be longer
/// @param total from the writing of the notice to its last attempt
public record BackOff(Duration first, Duration longest, Duration total) {
  /// Mail: 5 seconds to 2 hours, for one day.
  public static final BackOff MAIL =
      new BackOff(Duration.ofSeconds(5), Duration.ofHours(2), Duration.ofDays(1));

  /// Webhooks: 5 seconds to 6 hours, for three days.
  public static final BackOff WEBHOOK =
      new BackOff(Duration.ofSeconds(5), Duration.ofHours(6), Duration.ofDays(3));

  private static final int FACTOR = 3;
  private static final double JITTER = 0.25;

  public BackOff {
    if (!first.isPositive() || longest.compareTo(first) < 0 || total.compareTo(longest) < 0) {
      throw new IllegalArgumentException(
          "a back-off needs 0 < first <= longest <= total, not "
              + first
              + ", "
              + longest
              + ", "
              + total);
    }
  }

  /// How long to wait before the next attempt.
  ///
  /// @param attempts made so far, at least 1
  /// @param age since the notice was written
  /// @param asked what the other side asked for; null: nothing
  /// @return empty when there is to be no further attempt
  public Optional<Duration> next(
      int attempts, Duration age, @Nullable Duration asked, RandomGenerator random) {
    Duration wait = first;
    for (int i = 1; i < attempts && wait.compareTo(longest) < 0; i++) {
      wait = wait.multipliedBy(FACTOR);
    }
    if (wait.compareTo(longest) > 0) {
      wait = longest;
    }
    wait = wait.plusMillis((long) (wait.toMillis() * JITTER * random.nextDouble()));
    if (asked != null && asked.compareTo(wait) > 0) {
      wait = asked;
    }
    return age.plus(wait).compareTo(total) > 0 ? Optional.empty() : Optional.of(wait);
  }
}

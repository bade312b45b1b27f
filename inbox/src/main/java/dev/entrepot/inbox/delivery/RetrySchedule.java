package dev.entrepot.inbox.delivery;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// When a delivery that failed is tried again.
///
/// @param waits after the first failure, after the second, and so on; after the last one it is dead
/// @param jitter the share by which a wait is shorter or longer at random, from 0 to less than 1
/// @param longestAsked a receiver that asks for a longer rest is tried again after this
public record RetrySchedule(List<Duration> waits, double jitter, Duration longestAsked) {
  /// The schedule that Standard Webhooks recommends: ten attempts in 75 hours.
  public static final RetrySchedule STANDARD =
      new RetrySchedule(
          List.of(
              Duration.ofSeconds(5),
              Duration.ofMinutes(5),
              Duration.ofMinutes(30),
              Duration.ofHours(2),
              Duration.ofHours(5),
              Duration.ofHours(10),
              Duration.ofHours(14),
              Duration.ofHours(20),
              Duration.ofHours(24)),
          0.1,
          Duration.ofHours(24));

  public RetrySchedule {
    waits = List.copyOf(waits);
    if (!(jitter >= 0 && jitter < 1) || !waits.stream().allMatch(Duration::isPositive)) {
      throw new IllegalArgumentException(
          "a retry schedule needs positive waits and a jitter from 0 to less than 1, not "
              + waits
              + " and "
              + jitter);
    }
  }

  /// How long to wait.
  ///
  /// @param failures how often it failed, from 1
  /// @param asked for how long the receiver asked not to be tried again; null: it did not
  /// @return empty: never again
  public Optional<Duration> next(int failures, @Nullable Duration asked, RandomGenerator random) {
    if (failures > waits.size()) {
      return Optional.empty();
    }
    double spread = jitter == 0 ? 0 : random.nextDouble(-jitter, jitter);
    Duration planned = waits.get(failures - 1);
    Duration wait = planned.plusMillis(Math.round(planned.toMillis() * spread));
    Duration rest = asked == null || asked.compareTo(longestAsked) < 0 ? asked : longestAsked;
    return Optional.of(rest != null && rest.compareTo(wait) > 0 ? rest : wait);
  }
}

package dev.entrepot.flow.budgets;

import java.time.Duration;

/// At most so many calls within any stretch of a time.
///
/// @param calls positive
/// @param per positive
public record RateLimit(int calls, Duration per) {
  public RateLimit {
    if (calls < 1) {
      throw new IllegalArgumentException("a limit allows at least one call, not " + calls);
    }
    if (!per.isPositive()) {
      throw new IllegalArgumentException("a limit's time is positive, not " + per);
    }
  }

  public static RateLimit perMinute(int calls) {
    return new RateLimit(calls, Duration.ofMinutes(1));
  }

  /// How long so many calls take at least when none was made before.
  public Duration least(long calls) {
    return calls <= this.calls ? Duration.ZERO : per.multipliedBy((calls - 1) / this.calls);
  }
}

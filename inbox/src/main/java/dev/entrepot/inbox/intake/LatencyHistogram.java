package dev.entrepot.inbox.intake;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/// How many answers took how long, in classes that never change.
///
/// @param counts for each of [#BOUNDS] how many took at most so long (and longer than the bound
///   before); the last one: how many took longer than all of them
public record LatencyHistogram(List<Long> counts) {
  /// In milliseconds.
  public static final List<Integer> BOUNDS =
      List.of(1, 2, 3, 5, 8, 12, 20, 30, 50, 80, 120, 200, 500, 1000, 2000, 5000, 10_000);

  static final int CLASSES = BOUNDS.size() + 1;
  private static final int[] BOUND_LIST = BOUNDS.stream().mapToInt(Integer::intValue).toArray();

  public LatencyHistogram {
    if (counts.size() != CLASSES) {
      throw new IllegalArgumentException(
          "a histogram has " + CLASSES + " classes, not " + counts.size());
    }
    counts = List.copyOf(counts);
  }

  /// The class of a duration.
  static int index(Duration duration) {
    long millis = (duration.toNanos() + 999_999) / 1_000_000;
    int found = Arrays.binarySearch(BOUND_LIST, (int) Math.min(millis, Integer.MAX_VALUE));
    return found >= 0 ? found : -found - 1;
  }

  /// The total of two.
  public LatencyHistogram plus(LatencyHistogram other) {
    Long[] sums = new Long[CLASSES];
    Arrays.setAll(sums, i -> counts.get(i) + other.counts.get(i));
    return new LatencyHistogram(List.of(sums));
  }

  /// The bound below which the given share of all answers lies; the longest when it lies beyond all
  /// bounds, zero when nothing was counted.
  ///
  /// @param share from 0 to 1, such as 0.99
  public Duration quantile(double share) {
    long total = counts.stream().mapToLong(Long::longValue).sum();
    long wanted = (long) Math.ceil(total * share);
    long seen = 0;
    for (int i = 0; i < CLASSES; i++) {
      seen += counts.get(i);
      if (seen >= wanted && total > 0) {
        return Duration.ofMillis(BOUND_LIST[Math.min(i, BOUND_LIST.length - 1)]);
      }
    }
    return Duration.ZERO;
  }
}

package dev.entrepot.flow.runs;

import dev.entrepot.flow.budgets.RateLimit;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How a client's flow runs.
///
/// @param pageSize how many records a page has at most; null: as many as the source gives
/// @param overlap how long before the last success began changes are read again
/// @param concurrency how many calls are made to the destination at the same time
/// @param sourceLimit null: none
/// @param destinationLimit null: none
public record FlowSettings(
    @Nullable Integer pageSize,
    Duration overlap,
    MissingPolicy missing,
    RetryPolicy retry,
    int concurrency,
    @Nullable RateLimit sourceLimit,
    @Nullable RateLimit destinationLimit) {

  /// What a client gets that asks for nothing else.
  public static final FlowSettings USUAL =
      new FlowSettings(
          null,
          Duration.ofMinutes(5),
          MissingPolicy.KEEP,
          RetryPolicy.USUAL,
          4,
          RateLimit.perMinute(100),
          RateLimit.perMinute(100));

  public FlowSettings {
    if (pageSize != null && pageSize < 1) {
      throw new IllegalArgumentException("a page has at least one record, not " + pageSize);
    }
    if (overlap.isNegative()) {
      throw new IllegalArgumentException("the overlap is not negative, as " + overlap);
    }
    if (concurrency < 1) {
      throw new IllegalArgumentException("at least one call is made at a time, not " + concurrency);
    }
  }
}

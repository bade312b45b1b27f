package dev.entrepot.flow.watch;

import java.time.Duration;

/// From when on something is an alert.
///
/// @param failedRecords the share of a run's records that may fail, from 0 to 1
/// @param duration how long a run may take
/// @param successRate the share of records that must succeed, from 0 to 1
public record AlertThresholds(double failedRecords, Duration duration, double successRate) {

  /// Those that are established.
  public static final AlertThresholds USUAL =
      new AlertThresholds(0.05, Duration.ofMinutes(30), 0.90);

  public AlertThresholds {
    if (failedRecords < 0 || failedRecords > 1 || successRate < 0 || successRate > 1) {
      throw new IllegalArgumentException(
          "shares are from 0 to 1, not " + failedRecords + " and " + successRate);
    }
    if (!duration.isPositive()) {
      throw new IllegalArgumentException("a run may take some time, not " + duration);
    }
  }
}

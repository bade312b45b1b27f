package dev.entrepot.inbox.log;

import java.time.Duration;

/// How the log is kept.
///
/// @param slice how long one slice is written to; slices are dropped whole
/// @param retention how long events, and the memory of what was seen, are kept at least
/// @param mostBytesInFlight deliveries that wait to be written take at most so many bytes together;
///   what comes above is told to come later
/// @param mostWaiting at most so many deliveries wait to be written
/// @param mostInBatch at most so many are written in one transaction
/// @param patience how long a delivery waits before it is told that it is not known to be kept
public record LogSettings(
    Duration slice,
    Duration retention,
    long mostBytesInFlight,
    int mostWaiting,
    int mostInBatch,
    Duration patience) {
  /// A slice a day for 30 days; 64 MiB in flight.
  public static final LogSettings DEFAULT =
      new LogSettings(
          Duration.ofDays(1), Duration.ofDays(30), 64 << 20, 10_000, 512, Duration.ofSeconds(10));

  public LogSettings {
    requirePositive("slice", slice);
    requirePositive("retention", retention);
    requirePositive("patience", patience);
    if (mostBytesInFlight <= 0 || mostWaiting <= 0 || mostInBatch <= 0) {
      throw new IllegalArgumentException(
          "bounds of the log must be positive: "
              + mostBytesInFlight
              + " bytes, "
              + mostWaiting
              + " waiting, "
              + mostInBatch
              + " in a batch");
    }
  }

  /// The same, with events kept for another time.
  public LogSettings keeping(Duration otherSlice, Duration otherRetention) {
    return new LogSettings(
        otherSlice, otherRetention, mostBytesInFlight, mostWaiting, mostInBatch, patience);
  }

  /// The same, with deliveries that wait for another time to be kept.
  public LogSettings waiting(Duration otherPatience) {
    return new LogSettings(
        slice, retention, mostBytesInFlight, mostWaiting, mostInBatch, otherPatience);
  }

  private static void requirePositive(String name, Duration duration) {
    if (!duration.isPositive()) {
      throw new IllegalArgumentException(
          "the " + name + " of the log must be positive, not " + duration);
    }
  }
}

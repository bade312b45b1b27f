package dev.entrepot.simulators.sender;

import java.time.Duration;
import java.util.List;

/// How a sender tries again.
///
/// @param connect how long connecting may take
/// @param total how long an attempt may take from its beginning to the answer
/// @param waits before each retry, in the sender's time; when they are used up, it gives up
/// @param removal what then becomes of the subscription
public record RetryPolicy(Duration connect, Duration total, List<Duration> waits, Removal removal) {

  /// What becomes of a subscription when a delivery was given up.
  public enum Removal {
    /// It is deleted: nothing more of its topic is sent.
    DELETED,
    /// It stays.
    KEPT
  }

  public RetryPolicy {
    waits = List.copyOf(waits);
  }

  public RetryPolicy withRemoval(Removal other) {
    return new RetryPolicy(connect, total, waits, other);
  }
}

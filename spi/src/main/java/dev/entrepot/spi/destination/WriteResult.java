package dev.entrepot.spi.destination;

import dev.entrepot.spi.remote.RemoteException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a destination answered to one write.
public sealed interface WriteResult {

  /// The destination holds it now.
  record Accepted() implements WriteResult {}

  /// The destination does not take it, and would not take it the next time.
  ///
  /// @param code the destination's own, or one for the status, in upper case
  /// @param reason the destination's own words, for people
  record Rejected(String code, String reason) implements WriteResult {}

  /// Nothing was changed; it may be tried again.
  ///
  /// @param why THROTTLED, UNAVAILABLE, RESTING or FAULT
  /// @param after when the destination wants to be asked again; null: it did not say
  record RetryLater(RemoteException.Code why, String reason, @Nullable Duration after)
      implements WriteResult {
    public RetryLater {
      if (why.kind() == RemoteException.Kind.STOP) {
        throw new IllegalArgumentException(why + " is no reason to try again");
      }
    }
  }

  /// It may have been changed or not: look before it is repeated.
  record Unknown(String reason) implements WriteResult {}
}

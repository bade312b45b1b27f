package dev.entrepot.kit.remote;

import dev.entrepot.spi.event.Body;
import dev.entrepot.spi.remote.RemoteException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What became of a call.
public sealed interface RemoteOutcome {

  /// An answer came, whatever it says.
  ///
  /// @param body what came of it, if its status tells enough
  /// @param after when the system wants to be asked again; null: it did not say
  record Answered(int status, Body body, @Nullable Duration after) implements RemoteOutcome {}

  /// The system did not see the call.
  ///
  /// @param code UNAVAILABLE, or RESTING when it was left alone on purpose
  /// @param after how long it is left alone; null: that is the caller's
  record NotSent(String reason, RemoteException.Code code, @Nullable Duration after)
      implements RemoteOutcome {
    /// One that could not be reached.
    NotSent(String reason) {
      this(reason, RemoteException.Code.UNAVAILABLE, null);
    }
  }

  /// The call was sent, or may have been; whether it had any effect is not known.
  ///
  /// @param code what it means for a read
  record NoAnswer(String reason, RemoteException.Code code) implements RemoteOutcome {}
}

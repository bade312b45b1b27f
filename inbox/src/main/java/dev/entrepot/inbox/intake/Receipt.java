package dev.entrepot.inbox.intake;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a sender is told of its delivery. Only the first two are a success.
public sealed interface Receipt {

  /// It is on disk.
  ///
  /// @param position where
  record Accepted(long position) implements Receipt {}

  /// It was on disk already.
  ///
  /// @param first where
  record Duplicate(long first) implements Receipt {}

  /// It is not kept, or not known to be.
  ///
  /// @param message for the sender: names the thing and the next step, never a secret
  /// @param retryAfter when to try again; null: do not
  record Refused(Reason reason, String message, @Nullable Duration retryAfter) implements Receipt {}

  /// Why a delivery is refused.
  enum Reason {
    /// There is no such connection.
    UNKNOWN_CONNECTION(404),
    /// The connection was removed; it takes nothing any more.
    REMOVED(410),
    /// The connection takes nothing.
    DISABLED(403),
    /// The connection's events are fetched, nothing may be posted to it.
    NOT_POSTED(403),
    /// Not signed with any of its secrets.
    FORGED(401),
    /// Signed too long ago.
    STALE(401),
    /// Lacks what identifies it.
    INCOMPLETE(400),
    /// Larger than the connection allows.
    TOO_LARGE(413),
    /// Too much waits to be written; nothing was tried.
    BUSY(503),
    /// The database did not answer, or the connection misses its secret.
    UNAVAILABLE(503);

    private final int status;

    Reason(int status) {
      this.status = status;
    }

    /// The HTTP status to answer with.
    public int status() {
      return status;
    }
  }
}

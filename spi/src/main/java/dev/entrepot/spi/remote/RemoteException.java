package dev.entrepot.spi.remote;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A call that did not bring what was asked for. The message names the system, what was asked, what
/// it answered and the next step, never a secret. Whoever calls the connector decides by the code
/// whether to try again; the connector never does.
public final class RemoteException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /// Why. What it means for trying again is its [#kind].
  public enum Code {
    /// The credentials are refused (401, 403). Nothing goes on until a person has mended them.
    DENIED(Kind.STOP),
    /// The system says that the request makes no sense, or does not know the address.
    REFUSED(Kind.STOP),
    /// Too many calls (429): again after [RemoteException#after], or with growing pauses.
    THROTTLED(Kind.BACK_OFF),
    /// The system says that it cannot now (502, 503, 504), or no connection could be made.
    UNAVAILABLE(Kind.BACK_OFF),
    /// The system was not available several times in a row, and is left alone until
    /// [RemoteException#after]: nothing was sent, so that it counts as no try.
    RESTING(Kind.BACK_OFF),
    /// The system failed (500), or the answer broke off or could not be understood.
    FAULT(Kind.FEW_TRIES);

    private final Kind kind;

    Code(Kind kind) {
      this.kind = kind;
    }

    public Kind kind() {
      return kind;
    }
  }

  /// How to go on.
  public enum Kind {
    STOP,
    FEW_TRIES,
    BACK_OFF
  }

  private final Code code;
  private final transient @Nullable Duration after;

  public RemoteException(Code code, String message) {
    this(code, message, null, null);
  }

  /// @param after when the system wants to be asked again; null: it did not say
  public RemoteException(
      Code code, String message, @Nullable Duration after, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
    this.after = after;
  }

  public Code code() {
    return code;
  }

  public Optional<Duration> after() {
    return Optional.ofNullable(after);
  }
}

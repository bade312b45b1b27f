package dev.entrepot.spi.event;

/// A delivery or event that cannot be understood. The message names the thing, the value and the
/// next step.
public final class EventException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /// Why.
  public enum Code {
    /// A delivery lacks what identifies it: it is refused, not kept.
    INCOMPLETE,
    /// The body is not what the sender's format says; the message tells line and column.
    MALFORMED,
    /// The topic is not known.
    UNKNOWN_TOPIC,
    /// The body is well formed, but a field that is needed is absent or of the wrong type.
    MISSING_FIELD,
    /// The payload was too large for the sender's channel and must be fetched from it.
    OVERSIZE
  }

  private final Code code;

  public EventException(Code code, String message) {
    super(message);
    this.code = code;
  }

  public EventException(Code code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  public Code code() {
    return code;
  }
}

package dev.entrepot.spi.feed;

/// Something that was asked of a feed was not done. The message names the thing and the next step,
/// never a secret.
public final class FeedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /// Why.
  public enum Code {
    /// There are no credentials, or they are not valid, or do not allow it.
    DENIED,
    /// What is fetched from does not exist.
    MISSING,
    /// The other side says that it makes no sense.
    REFUSED,
    /// The other side does not answer, or asks to come later.
    UNAVAILABLE
  }

  private final Code code;

  public FeedException(Code code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  public FeedException(Code code, String message) {
    super(message);
    this.code = code;
  }

  public Code code() {
    return code;
  }
}

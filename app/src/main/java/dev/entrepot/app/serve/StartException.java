package dev.entrepot.app.serve;

/// The program cannot start. The message names the reason and the next step.
public final class StartException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// Reasons that a caller may treat differently.
  public enum Reason {
    /// Another program works on the data folder.
    IN_USE,
    /// Everything else.
    OTHER
  }

  private final Reason reason;

  StartException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  StartException(String message, Throwable cause) {
    super(message, cause);
    this.reason = Reason.OTHER;
  }

  public Reason reason() {
    return reason;
  }
}

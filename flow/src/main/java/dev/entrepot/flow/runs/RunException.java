package dev.entrepot.flow.runs;

/// A run cannot be asked for this. The message is for people.
public final class RunException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /// What was refused.
  public enum Code {
    NO_SUCH_RUN,
    NO_SUCH_CLIENT,
    /// The run is not where this could be asked of it.
    WRONG_STATE,
    /// Another run has written since the plan was made.
    PLAN_OUTDATED
  }

  private final Code code;

  RunException(Code code, String message) {
    super(message);
    this.code = code;
  }

  public Code code() {
    return code;
  }
}

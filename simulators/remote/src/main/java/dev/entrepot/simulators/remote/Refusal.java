package dev.entrepot.simulators.remote;

/// Ends a call with an error in the system's own shape; nothing of it is carried out.
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;
  private final String code;

  public Refusal(int status, String code, String message) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
  }

  public int status() {
    return status;
  }

  public String code() {
    return code;
  }

  /// What is wrong, for people.
  public String reason() {
    return String.valueOf(getMessage());
  }
}

package dev.entrepot.expression;

/// An expression cannot be used. The message says what is wrong and where, for the person who wrote
/// it.
public final class ExpressionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ExpressionException(String message) {
    super(message);
  }

  ExpressionException(String message, Throwable cause) {
    super(message, cause);
  }
}

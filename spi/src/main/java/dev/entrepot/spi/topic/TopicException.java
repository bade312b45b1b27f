package dev.entrepot.spi.topic;

/// A message was not published, or nobody knows whether it was. The message says what happened, and
/// the next step.
public final class TopicException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public TopicException(String message, Throwable cause) {
    super(message, cause);
  }
}

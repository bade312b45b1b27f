package dev.entrepot.console.server;

/// What a route takes as its request's body.
///
/// @param limit the most bytes; more is answered with 413
public record Body(Kind kind, long limit) {

  /// The form of a body.
  public enum Kind {
    /// A body is neither expected nor read.
    NONE,
    /// `application/json`.
    JSON,
    /// `application/x-www-form-urlencoded`.
    FORM,
    /// Any type, read as a stream by the handler, once.
    STREAM
  }

  private static final long FORM_BYTES = 1 << 20;

  /// No body.
  public static Body none() {
    return new Body(Kind.NONE, 0);
  }

  /// JSON of at most so many bytes.
  public static Body json(long limit) {
    return new Body(Kind.JSON, limit);
  }

  /// A form of at most 1 MiB.
  public static Body form() {
    return new Body(Kind.FORM, FORM_BYTES);
  }

  /// A form of at most so many bytes.
  public static Body form(long limit) {
    return new Body(Kind.FORM, limit);
  }

  /// A stream without a limit of its own: what is behind the handler has one.
  public static Body stream() {
    return new Body(Kind.STREAM, Long.MAX_VALUE);
  }
}

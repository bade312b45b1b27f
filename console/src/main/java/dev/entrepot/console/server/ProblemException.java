package dev.entrepot.console.server;

import dev.entrepot.console.server.Problem.FieldError;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Ends a request with a problem. Not a fault of the program: no stack trace is kept or logged.
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// The kinds of problems the server has.
  public enum Kind {
    MALFORMED(400, "The request cannot be read"),
    UNAUTHENTICATED(401, "Nobody is signed in"),
    FORBIDDEN(403, "This is not allowed"),
    VENDOR_REFUSED(403, "The vendor may not do that at present"),
    NOT_FOUND(404, "There is no such thing"),
    METHOD_NOT_ALLOWED(405, "The method is not allowed here"),
    REQUEST_TIMEOUT(408, "The request came too slowly"),
    CONFLICT(409, "It was changed meanwhile or exists already"),
    OUTCOME_UNKNOWN(409, "What came of the request is not known"),
    GONE(410, "It was removed"),
    TOO_LARGE(413, "It is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "The content type is not taken here"),
    INVALID(422, "The request breaks a rule"),
    QUOTA_EXCEEDED(429, "The day's quota is used up"),
    TOO_MANY_REQUESTS(429, "Too many requests"),
    INTERNAL(500, "Something broke on our side"),
    UNAVAILABLE(503, "Not available at the moment"),
    STORAGE_FULL(507, "There is no room left");

    private final int status;
    private final String title;

    Kind(int status, String title) {
      this.status = status;
      this.title = title;
    }

    public int status() {
      return status;
    }

    String type() {
      return "/problems/" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  private final transient Problem problem;
  private final transient List<Answer.Header> headers;

  private ProblemException(Problem problem, List<Answer.Header> headers) {
    super(problem.detail(), null, false, false);
    this.problem = problem;
    this.headers = headers;
  }

  /// @param detail names the thing, the value and the next step
  public ProblemException(Kind kind, String detail) {
    this(kind, detail, List.of(), List.of());
  }

  public ProblemException(
      Kind kind, String detail, List<FieldError> errors, List<Answer.Header> headers) {
    this(
        new Problem(kind.type(), kind.title, kind.status, detail, null, errors),
        List.copyOf(headers));
  }

  /// There is no such thing, or not for this principal.
  public static ProblemException notFound(String detail) {
    return new ProblemException(Kind.NOT_FOUND, detail);
  }

  /// A field of the request breaks a rule.
  ///
  /// @param field null when it is none of them
  public static ProblemException invalid(@Nullable String field, String detail) {
    return new ProblemException(
        Kind.INVALID,
        detail,
        field == null ? List.of() : List.of(new FieldError(field, detail)),
        List.of());
  }

  /// Come again later.
  public static ProblemException later(Kind kind, String detail, Duration wait) {
    long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
    return new ProblemException(
        kind, detail, List.of(), List.of(new Answer.Header("Retry-After", "" + seconds)));
  }

  public Problem problem() {
    return problem;
  }

  List<Answer.Header> headers() {
    return headers;
  }
}

package dev.entrepot.cli.api;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A request that did not give what was asked for. The message can be shown as it is.
public final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// What went wrong, in kinds a command can act on.
  public enum Kind {
    /// Nobody answers at that address, or the connection broke.
    UNREACHABLE,
    /// The API key is missing, wrong or may not do that (401, 403).
    UNAUTHORISED,
    /// There is no such thing (404).
    NOT_FOUND,
    /// It exists already, or was changed meanwhile (409, 412).
    CONFLICT,
    /// The server refuses what was asked (other 4xx).
    REFUSED,
    /// The server itself failed (5xx), or answered what this program cannot read.
    SERVER_FAILED
  }

  private final Kind kind;
  // A Jackson node is serialisable; the exception never is sent anywhere.
  private final transient @Nullable JsonNode problem;

  ApiException(Kind kind, String message, @Nullable JsonNode problem, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.problem = problem;
  }

  public Kind kind() {
    return kind;
  }

  /// The problem as the server put it (RFC 9457), if it did.
  public @Nullable JsonNode problem() {
    return problem;
  }
}

package dev.entrepot.cli.api;

import dev.entrepot.cli.api.ApiException.Kind;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Turns an answer that is no success into an exception a person can read. The server describes
/// problems as RFC 9457 says: `title`, `detail`, and in `errors` the fields at fault.
final class Problems {
  private final JsonMapper json;

  Problems(JsonMapper json) {
    this.json = json;
  }

  ApiException of(String request, int status, HttpHeaders headers, byte[] body) {
    JsonNode problem = problem(headers, body);
    Kind kind =
        switch (status) {
          case 401 -> Kind.UNAUTHORISED;
          // Also said of things: a suspended vendor may not upload, whoever asks.
          case 403 -> ofKey(problem) ? Kind.UNAUTHORISED : Kind.REFUSED;
          case 404 -> Kind.NOT_FOUND;
          case 409, 412 -> Kind.CONFLICT;
          default -> status < 500 ? Kind.REFUSED : Kind.SERVER_FAILED;
        };
    String message = problem == null ? null : message(problem);
    if (message == null) {
      message = "the server answered " + status + " to " + request;
    }
    return new ApiException(kind, message + nextStep(status, headers), problem, null);
  }

  private static boolean ofKey(@Nullable JsonNode problem) {
    String type = problem == null ? null : text(problem, "type");
    return type == null || type.endsWith("/forbidden");
  }

  private @Nullable JsonNode problem(HttpHeaders headers, byte[] body) {
    if (!headers.firstValue("Content-Type").orElse("").contains("json")) {
      return null;
    }
    try {
      JsonNode read = json.readTree(new String(body, StandardCharsets.UTF_8));
      return read.isObject() ? read : null;
    } catch (JacksonException e) {
      // Not a problem document after all; the status alone must do.
      return null;
    }
  }

  private static @Nullable String message(JsonNode problem) {
    String detail = text(problem, "detail");
    String message = detail == null ? text(problem, "title") : detail;
    if (message == null) {
      return null;
    }
    StringBuilder whole = new StringBuilder(message);
    for (JsonNode error : problem.path("errors")) {
      String what = text(error, "message");
      what = what == null ? text(error, "detail") : what;
      String field = text(error, "field");
      if (what != null && !what.equals(message)) {
        whole.append("\n  ").append(field == null ? "" : field + ": ").append(what);
      }
    }
    return whole.toString();
  }

  private static String nextStep(int status, HttpHeaders headers) {
    return switch (status) {
      case 401 -> "\nGive a valid key with --api-key or in ENTREPOT_API_KEY.";
      case 429 ->
          "\nTry again"
              + headers.firstValue("Retry-After").map(Problems::in).orElse(" later")
              + ".";
      default -> "";
    };
  }

  /// A time that people can grasp, rounded up.
  private static String in(String retryAfter) {
    if (!retryAfter.matches("[0-9]{1,9}")) {
      return " after " + retryAfter;
    }
    long seconds = Long.parseLong(retryAfter);
    long minutes = Math.ceilDiv(seconds, 60);
    if (minutes > 120) {
      return " in " + Math.ceilDiv(minutes, 60) + " hours";
    }
    return minutes > 2 ? " in " + minutes + " minutes" : " in " + seconds + " seconds";
  }

  private static @Nullable String text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isString() && !value.stringValue().isBlank() ? value.stringValue() : null;
  }
}

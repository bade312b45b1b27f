package dev.entrepot.console.server;

import java.util.regex.Pattern;

/// One operation of the server: all that is to be known of it before a request comes. The API's
/// description and the tests of access are checked against the list of routes.
///
/// @param path starts with a slash; a segment `{name}` takes any one segment
/// @param operation a name of its own, `operationId` in the API's description
/// @param repeat whether an `Idempotency-Key` is honoured
public record Route(
    Method method,
    String path,
    String operation,
    Access access,
    Body body,
    Repeat repeat,
    Handler handler) {
  private static final Pattern PATH = Pattern.compile("/|(/([A-Za-z0-9._~-]+|\\{[a-z_]+}))+");
  private static final long JSON_BYTES = 1 << 20;

  // Where those who gather figures look by custom.
  private static final String METRICS = "/metrics";

  /// What a repeated request means.
  public enum Repeat {
    /// It is carried out again.
    ACTS,
    /// With the same `Idempotency-Key` it gets the first one's answer.
    REPLAYS,
    /// As [#REPLAYS]. Should the first one's outcome be lost, it is carried out again: its handler
    /// recognises what it did before.
    RECOGNISES
  }

  public Route {
    if (!PATH.matcher(path).matches()) {
      throw new IllegalArgumentException("not a path of a route: " + path);
    }
    if (method.safe() && body.kind() != Body.Kind.NONE) {
      throw new IllegalArgumentException(method + " " + path + " takes no body");
    }
  }

  /// A route that reads.
  public static Route get(String path, String operation, Access access, Handler handler) {
    return new Route(Method.GET, path, operation, access, Body.none(), Repeat.ACTS, handler);
  }

  /// A route that changes something and takes JSON of at most 1 MiB.
  public static Route post(String path, String operation, Access access, Handler handler) {
    return new Route(
        Method.POST, path, operation, access, Body.json(JSON_BYTES), Repeat.ACTS, handler);
  }

  /// A route that replaces something and takes JSON of at most 1 MiB.
  public static Route put(String path, String operation, Access access, Handler handler) {
    return new Route(
        Method.PUT, path, operation, access, Body.json(JSON_BYTES), Repeat.ACTS, handler);
  }

  /// A route that takes something away.
  public static Route delete(String path, String operation, Access access, Handler handler) {
    return new Route(Method.DELETE, path, operation, access, Body.none(), Repeat.ACTS, handler);
  }

  /// The same route with another body.
  public Route taking(Body newBody) {
    return new Route(method, path, operation, access, newBody, repeat, handler);
  }

  /// The same route, honouring `Idempotency-Key`.
  public Route replayed() {
    return new Route(method, path, operation, access, body, Repeat.REPLAYS, handler);
  }

  /// The same route, honouring `Idempotency-Key`, which may be carried out again when nobody knows
  /// what came of it.
  public Route recognised() {
    return new Route(method, path, operation, access, body, Repeat.RECOGNISES, handler);
  }

  /// Whether it belongs to the API, whose problems are JSON, rather than to the pages.
  public boolean api() {
    return api(path);
  }

  /// Whether a path belongs to the API.
  static boolean api(String path) {
    return path.startsWith("/api/") || path.equals(METRICS);
  }
}

package dev.entrepot.simulators.remote;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Which calls a system knows, by method and path; a part of a path may be a variable: `{id}`. The
/// first route that fits is taken. Immutable.
public final class Routes {

  /// @param name method and path as they were given, such as `PUT /products/{id}`
  record Route(String name, String method, List<String> parts, Function<Call, Reply> answer) {

    Optional<Map<String, String>> variables(List<String> path) {
      if (path.size() != parts.size()) {
        return Optional.empty();
      }
      var variables = new HashMap<String, String>();
      for (int i = 0; i < parts.size(); i++) {
        var part = parts.get(i);
        if (part.startsWith("{")) {
          variables.put(part.substring(1, part.length() - 1), path.get(i));
        } else if (!part.equals(path.get(i))) {
          return Optional.empty();
        }
      }
      return Optional.of(variables);
    }
  }

  private final List<Route> routes;

  private Routes(List<Route> routes) {
    this.routes = routes;
  }

  public static Routes none() {
    return new Routes(List.of());
  }

  /// These routes and one more. An answer may throw a [Refusal].
  public Routes on(String method, String path, Function<Call, Reply> answer) {
    var more = new ArrayList<>(routes);
    more.add(new Route(method + " " + path, method, parts(path), answer));
    return new Routes(List.copyOf(more));
  }

  /// @throws Refusal 404 or 405 when there is none
  Route find(Call call) {
    var path = parts(call.path());
    boolean known = false;
    for (var route : routes) {
      var variables = route.variables(path);
      if (variables.isPresent()) {
        if (route.method().equals(call.method())) {
          call.variables(variables.get());
          return route;
        }
        known = true;
      }
    }
    if (known) {
      throw new Refusal(405, "METHOD_NOT_ALLOWED", call.path() + " does not take " + call.method());
    }
    throw new Refusal(404, "NOT_FOUND", "there is no " + call.path());
  }

  private static List<String> parts(String path) {
    return List.of(path.split("/", -1));
  }
}

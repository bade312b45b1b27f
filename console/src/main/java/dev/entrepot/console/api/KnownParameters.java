package dev.entrepot.console.api;

import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.Handler;
import dev.entrepot.console.server.ProblemException;
import dev.entrepot.console.server.Route;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Refuses what a query says that an operation of the API does not know, as the API's description
/// has it: a misspelt filter would otherwise give everything. Safe for use by many threads.
public final class KnownParameters {
  /// By operation; read when the first query comes, for that takes a while.
  private volatile @Nullable Map<String, Set<String>> known;

  /// The same routes, those of the API guarded.
  public List<Route> guard(List<Route> routes) {
    return routes.stream().map(route -> route.api() ? guard(route) : route).toList();
  }

  private Route guard(Route route) {
    Handler handler = route.handler();
    return new Route(
        route.method(),
        route.path(),
        route.operation(),
        route.access(),
        route.body(),
        route.repeat(),
        exchange -> {
          require(route, exchange);
          return handler.handle(exchange);
        });
  }

  private void require(Route route, Exchange exchange) {
    List<String> names = exchange.query().names();
    if (names.isEmpty()) {
      return;
    }
    Set<String> allowed = known().getOrDefault(route.operation(), Set.of());
    for (String name : names) {
      if (!allowed.contains(name)) {
        throw ProblemException.invalid(
            name,
            "there is no parameter \""
                + name
                + "\" here; "
                + (allowed.isEmpty()
                    ? "this address takes none"
                    : "known are " + String.join(", ", allowed)));
      }
    }
  }

  private Map<String, Set<String>> known() {
    Map<String, Set<String>> names = known;
    if (names == null) {
      names = read(SystemApi.parse(SystemApi.description()));
      known = names;
    }
    return names;
  }

  private static Map<String, Set<String>> read(Map<String, Object> description) {
    Map<String, Object> shared =
        map(map(description.get("components")).getOrDefault("parameters", Map.of()));
    Map<String, Set<String>> names = new HashMap<>();
    for (Object path : map(description.get("paths")).values()) {
      Set<String> ofPath = queries(map(path).get("parameters"), shared);
      for (Object operation : map(path).values()) {
        if (operation instanceof Map<?, ?> described && described.containsKey("operationId")) {
          Set<String> all = new TreeSet<>(ofPath);
          all.addAll(queries(map(operation).get("parameters"), shared));
          names.put(String.valueOf(map(operation).get("operationId")), all);
        }
      }
    }
    return names;
  }

  private static Set<String> queries(@Nullable Object parameters, Map<String, Object> shared) {
    Set<String> names = new TreeSet<>();
    if (parameters instanceof Collection<?> all) {
      for (Object one : all) {
        Object reference = map(one).get("$ref");
        Map<String, Object> parameter =
            reference == null
                ? map(one)
                : map(shared.get(reference.toString().replaceFirst(".*/", "")));
        if ("query".equals(parameter.get("in"))) {
          names.add(String.valueOf(parameter.get("name")));
        }
      }
    }
    return names;
  }

  private static Map<String, Object> map(@Nullable Object value) {
    if (!(value instanceof Map<?, ?> entries)) {
      throw new IllegalStateException("openapi.yaml has " + value + " where it needs a mapping");
    }
    Map<String, Object> named = new HashMap<>();
    entries.forEach((key, entry) -> {
      if (entry != null) {
        named.put(key.toString(), entry);
      }
    });
    return named;
  }
}

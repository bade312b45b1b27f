package dev.entrepot.console.server;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Finds the route of a request. Segments are told apart before they are decoded, so that a value
/// may contain an encoded slash; a literal segment wins over a variable one. Immutable.
final class Router {

  /// What a path leads to.
  sealed interface Match {
    /// A route, with the values of its variable segments.
    record Found(Route route, Map<String, String> variables) implements Match {}

    /// Only other methods lead somewhere.
    record OtherMethods(Set<Method> methods) implements Match {}

    record Nothing() implements Match {}
  }

  private record Entry(List<String> segments, Map<Method, Route> routes) {
    boolean fits(List<String> path) {
      for (int i = 0; i < segments.size(); i++) {
        if (!variable(segments.get(i)) && !segments.get(i).equals(path.get(i))) {
          return false;
        }
      }
      return true;
    }

    /// Sorts literal segments first.
    String rank() {
      StringBuilder rank = new StringBuilder();
      segments.forEach(segment -> rank.append(variable(segment) ? '1' : '0'));
      return rank.toString();
    }
  }

  private final Map<Integer, List<Entry>> bySize = new HashMap<>();

  /// @throws IllegalArgumentException when two routes have the same method and path, or the same
  ///   operation
  Router(List<Route> routes) {
    Map<List<String>, Entry> entries = new HashMap<>();
    Set<String> operations = new HashSet<>();
    for (Route route : routes) {
      if (!operations.add(route.operation())) {
        throw new IllegalArgumentException("two routes are called " + route.operation());
      }
      List<String> segments = split(route.path());
      List<String> shape = segments.stream().map(s -> variable(s) ? "{}" : s).toList();
      Entry entry =
          entries.computeIfAbsent(shape, _ -> new Entry(segments, new EnumMap<>(Method.class)));
      Route other = entry.routes().putIfAbsent(route.method(), route);
      if (other != null) {
        throw new IllegalArgumentException(
            "two routes answer " + route.method() + " " + route.path());
      }
    }
    for (Entry entry : entries.values()) {
      bySize.computeIfAbsent(entry.segments().size(), _ -> new ArrayList<>()).add(entry);
    }
    bySize.values().forEach(list -> list.sort(Comparator.comparing(Entry::rank)));
  }

  /// @param rawPath as in the request, not decoded
  /// @throws IllegalArgumentException when a segment is not decodable
  Match find(String method, String rawPath) {
    List<String> path = new ArrayList<>();
    for (String segment : split(rawPath)) {
      // A plus is a plus in a path.
      path.add(URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8));
    }
    Set<Method> others = EnumSet.noneOf(Method.class);
    for (Entry entry : bySize.getOrDefault(path.size(), List.of())) {
      if (!entry.fits(path)) {
        continue;
      }
      for (Map.Entry<Method, Route> candidate : entry.routes().entrySet()) {
        if (candidate.getKey().name().equals(method)) {
          return new Match.Found(candidate.getValue(), variables(candidate.getValue(), path));
        }
        others.add(candidate.getKey());
      }
    }
    return others.isEmpty() ? new Match.Nothing() : new Match.OtherMethods(others);
  }

  private static Map<String, String> variables(Route route, List<String> path) {
    List<String> segments = split(route.path());
    Map<String, String> variables = new HashMap<>();
    for (int i = 0; i < segments.size(); i++) {
      String segment = segments.get(i);
      if (variable(segment)) {
        variables.put(segment.substring(1, segment.length() - 1), path.get(i));
      }
    }
    return variables;
  }

  private static boolean variable(String segment) {
    return segment.startsWith("{");
  }

  private static List<String> split(String path) {
    return List.of(path.substring(1).split("/", -1));
  }
}

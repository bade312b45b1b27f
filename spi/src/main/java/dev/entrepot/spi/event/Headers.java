package dev.entrepot.spi.event;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Headers of a delivery: names without regard to case, several values each, in order.
///
/// @param values by name in lower case
public record Headers(Map<String, List<String>> values) {
  public static final Headers NONE = new Headers(Map.of());

  public Headers {
    TreeMap<String, List<String>> copy = new TreeMap<>();
    values.forEach((name, list) ->
        copy.merge(
            name.toLowerCase(Locale.ROOT),
            List.copyOf(list),
            (one, other) -> java.util.stream.Stream.concat(one.stream(), other.stream()).toList()));
    values = java.util.Collections.unmodifiableSortedMap(copy);
  }

  /// Headers with one value each.
  public static Headers of(Map<String, String> single) {
    return new Headers(
        single.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> List.of(entry.getValue()))));
  }

  /// The first value of a name, in any case.
  public Optional<String> first(String name) {
    List<String> all = values.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    return all.isEmpty() ? Optional.empty() : Optional.of(all.getFirst());
  }

  /// All values of a name, in any case.
  public List<String> all(String name) {
    return values.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
  }
}

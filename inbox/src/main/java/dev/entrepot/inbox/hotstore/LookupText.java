package dev.entrepot.inbox.hotstore;

import dev.entrepot.spi.event.Lookup;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The look-ups of an entity as one text, `name=value` each, sorted: two are equal when their texts
/// are.
final class LookupText {
  static final char SEPARATOR = '\u001F';

  private LookupText() {}

  static String of(Map<Lookup, List<String>> lookups) {
    TreeSet<String> names = new TreeSet<>();
    lookups.forEach((lookup, values) -> values.forEach(value -> names.add(name(lookup, value))));
    return String.join(String.valueOf(SEPARATOR), names);
  }

  static String name(Lookup lookup, String value) {
    return lookup.name().toLowerCase(Locale.ROOT) + "=" + StoredName.of(value);
  }

  static Set<String> names(String text) {
    return text.isEmpty() ? Set.of() : Set.of(text.split(String.valueOf(SEPARATOR)));
  }

  static Map<Lookup, List<String>> parse(String text) {
    Map<Lookup, List<String>> lookups = new EnumMap<>(Lookup.class);
    for (String name : names(text).stream().sorted().toList()) {
      int end = name.indexOf('=');
      lookups
          .computeIfAbsent(
              Lookup.valueOf(name.substring(0, end).toUpperCase(Locale.ROOT)),
              lookup -> new ArrayList<>())
          .add(name.substring(end + 1));
    }
    return lookups.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> List.copyOf(entry.getValue())));
  }
}

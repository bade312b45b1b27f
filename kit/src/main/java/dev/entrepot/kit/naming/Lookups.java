package dev.entrepot.kit.naming;

import dev.entrepot.spi.event.Lookup;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;

/// Collects an entity's look-ups: normalised, each once, never more than may be kept. Not safe for
/// use by several threads.
public final class Lookups {
  /// The most values in all.
  public static final int MOST = 50;

  private final Map<Lookup, SequencedSet<String>> values = new EnumMap<>(Lookup.class);
  private int size;

  /// Takes a value when there is one and room for it.
  public Lookups add(Lookup lookup, Optional<String> value) {
    value.flatMap(lookup::normalize).ifPresent(text -> put(lookup, Names.fit(text)));
    return this;
  }

  /// Takes all that there is room for.
  public Lookups addAll(Lookup lookup, List<String> all) {
    for (String value : all) {
      add(lookup, Optional.of(value));
    }
    return this;
  }

  public Map<Lookup, List<String>> build() {
    Map<Lookup, List<String>> built = new EnumMap<>(Lookup.class);
    values.forEach((lookup, set) -> built.put(lookup, List.copyOf(new ArrayList<>(set))));
    return built;
  }

  private void put(Lookup lookup, String text) {
    if (size < MOST && values.computeIfAbsent(lookup, l -> new LinkedHashSet<>()).add(text)) {
      size++;
    }
  }
}

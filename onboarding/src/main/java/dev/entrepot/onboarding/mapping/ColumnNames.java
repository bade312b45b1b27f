package dev.entrepot.onboarding.mapping;

import dev.entrepot.onboarding.tabular.HeaderNames;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// What suppliers call our columns, in several languages, from the table `column-names.txt`.
/// Immutable.
final class ColumnNames {
  private static final int SUREST = 1000;
  private static final int PER_NOISE = 200;
  private static final int MAKESHIFT = 300;

  /// Surer than any makeshift, and than no name at all.
  private static final int CONTAINED = SUREST - MAKESHIFT + 20;

  /// By what the column means (a field's column name, `length`, `width`, `height`), the place of
  /// each normalised name.
  private final Map<String, Map<String, Integer>> places = new HashMap<>();

  private ColumnNames() {}

  /// Reads the table; it is small and needed seldom, so it is not kept.
  static ColumnNames load() {
    var names = new ColumnNames();
    try (var reader =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(ColumnNames.class.getResourceAsStream("column-names.txt")),
                StandardCharsets.UTF_8))) {
      reader.lines().filter(line -> line.contains("=")).forEach(names::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return names;
  }

  private void add(String line) {
    int equals = line.indexOf('=');
    var byName = new HashMap<String, Integer>();
    for (String name : line.substring(equals + 1).split("\\|", -1)) {
      int place = byName.size() + (name.strip().startsWith("~") ? MAKESHIFT : 0);
      byName.putIfAbsent(HeaderNames.normalise(name), place);
    }
    places.put(line.substring(0, equals).strip(), byName);
  }

  /// How surely a column of this name is that of a field; a name that only contains the field's own
  /// is taken where otherwise another field's column would have to stand in.
  int sureness(Field field, ColumnName column) {
    int named = sureness(field.column(), column);
    boolean contained =
        switch (field) {
          case SKU, VENDOR_PRODUCT_ID, PRODUCT_NAME -> column.contains(field);
          default -> false;
        };
    return contained ? Math.max(named, CONTAINED) : named;
  }

  /// How surely a column of this name means something, from 1 to 1000; 0: not at all.
  int sureness(String meaning, ColumnName column) {
    Map<String, Integer> byName = places.getOrDefault(meaning, Map.of());
    List<String> forms = column.forms();
    int best = 0;
    for (int noise = 0; noise < forms.size(); noise++) {
      Integer place = byName.get(forms.get(noise));
      if (place != null) {
        best = Math.max(best, SUREST - place - noise * PER_NOISE);
      }
    }
    return best;
  }
}

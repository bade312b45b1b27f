package dev.entrepot.onboarding.mapping;

import dev.entrepot.onboarding.OnboardingException;
import dev.entrepot.onboarding.tabular.HeaderNames;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Which columns of a header are kept as custom fields, and under which names. Immutable.
final class CustomColumns {
  private static final Pattern WORDS = Pattern.compile("[^\\p{L}\\p{M}\\p{Nd}]+");

  private final List<String> names;
  private final int[] columns;

  /// @param used columns the mapping's fields read
  CustomColumns(Mapping mapping, Columns header, Set<Integer> used) {
    var byColumn = new TreeMap<Integer, String>();
    for (Map.Entry<String, String> entry : mapping.custom().entrySet()) {
      byColumn.put(
          header.require(entry.getKey(), "custom field " + entry.getValue()), entry.getValue());
    }
    var taken = new HashSet<String>();
    for (String name : byColumn.values()) {
      if (name.isBlank() || !taken.add(name)) {
        throw new OnboardingException(
            OnboardingException.Code.INVALID,
            "custom fields need names of their own: \"%s\" is given twice or blank"
                .formatted(name));
      }
    }
    if (mapping.unknown() == Mapping.UnknownColumns.KEEP) {
      for (int i = 0; i < header.size(); i++) {
        if (!used.contains(i) && !byColumn.containsKey(i) && !header.name(i).isBlank()) {
          byColumn.put(i, free(nameOf(header.name(i)), taken));
        }
      }
    }
    this.names = List.copyOf(byColumn.values());
    this.columns = byColumn.keySet().stream().mapToInt(Integer::intValue).toArray();
  }

  /// The names of all kept columns.
  List<String> names() {
    return names;
  }

  /// The kept columns of a row.
  Map<String, String> of(List<String> cells) {
    if (columns.length == 0) {
      return Map.of();
    }
    @Nullable String[] values = new @Nullable String[columns.length];
    for (int i = 0; i < columns.length; i++) {
      String cell = FieldSource.cell(cells, columns[i]);
      values[i] = Blanks.isBlank(cell) ? null : cell;
    }
    return new CustomFields(names, values);
  }

  /// A custom field's name for a column: its words in lower case without accents, joined by
  /// underscores, so that an expression can name it.
  static String nameOf(String column) {
    String name =
        WORDS
            .splitAsStream(column)
            .map(HeaderNames::normalise)
            .filter(word -> !word.isEmpty())
            .collect(Collectors.joining("_"));
    return name.isEmpty() ? "column" : name;
  }

  private static String free(String name, Set<String> taken) {
    var candidates = new ArrayList<String>();
    candidates.add(name);
    for (int i = 2; !taken.add(candidates.getLast()); i++) {
      candidates.add(name + "_" + i);
    }
    return candidates.getLast();
  }
}

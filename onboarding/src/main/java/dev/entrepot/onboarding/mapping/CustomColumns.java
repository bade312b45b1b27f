package dev.entrepot.onboarding.mapping;

import dev.entrepot.onboarding.OnboardingException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Which columns of a header are kept as custom fields, and under which names. Immutable.
final class CustomColumns {
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

  /// A custom field's name for a column: lower case, everything but letters and digits an
  /// underscore.
  static String nameOf(String column) {
    var name = new StringBuilder();
    column
        .toLowerCase(Locale.ROOT)
        .codePoints()
        .forEach(c -> {
          if (Character.isLetterOrDigit(c)) {
            name.appendCodePoint(c);
          } else if (!name.isEmpty() && name.charAt(name.length() - 1) != '_') {
            name.append('_');
          }
        });
    while (!name.isEmpty() && name.charAt(name.length() - 1) == '_') {
      name.setLength(name.length() - 1);
    }
    return name.isEmpty() ? "column" : name.toString();
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

package dev.entrepot.console.pages.mending;

import dev.entrepot.console.pages.shell.Words;
import dev.entrepot.onboarding.mapping.Field;
import dev.entrepot.onboarding.rules.Problem;
import dev.entrepot.onboarding.uploads.Uploads.RejectedRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The cells of rejected rows under names that a form and a script can use: `c0`, `c1`, … in the
/// order of the file's header.
final class RowCells {
  private final List<String> header;

  RowCells(List<String> header) {
    this.header = List.copyOf(header);
  }

  /// The names of all cells, in order.
  List<String> names() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < header.size(); i++) {
      names.add("c" + i);
    }
    return names;
  }

  /// What a column is called in the file.
  String label(int column) {
    String label = header.get(column);
    return label.isBlank() ? "Column " + (column + 1) : label;
  }

  /// The columns that are read as numbers.
  static Set<Integer> numeric(List<RejectedRow> rows) {
    Set<Integer> numeric = new HashSet<>();
    for (RejectedRow row : rows) {
      for (Field field : Field.values()) {
        Integer column = row.columnOf().get(field.column());
        if (field.numeric() && column != null) {
          numeric.add(column);
        }
      }
    }
    return numeric;
  }

  /// The texts of a row by name; none of a row that could not be read.
  Map<String, String> values(RejectedRow row) {
    Map<String, String> values = new HashMap<>();
    if (row.readable()) {
      for (int i = 0; i < Math.min(header.size(), row.cells().size()); i++) {
        values.put("c" + i, row.cells().get(i));
      }
    }
    return values;
  }

  /// A whole row again, with changed cells.
  List<String> mended(RejectedRow row, Map<String, String> changes) {
    Map<String, String> values = values(row);
    values.putAll(changes);
    return names().stream().map(name -> values.getOrDefault(name, "")).toList();
  }

  /// What is wrong with which cell.
  ///
  /// @param general what is wrong with none of them in particular
  record Faults(Map<String, List<String>> byCell, List<String> general) {}

  /// @param row gives the columns of our fields
  Faults faults(RejectedRow row, List<Problem> problems) {
    Map<String, List<String>> byCell = new HashMap<>();
    List<String> general = new ArrayList<>();
    for (Problem problem : problems) {
      Field field = problem.field();
      Integer column = field == null ? null : row.columnOf().get(field.column());
      if (column == null || column >= header.size()) {
        general.add(Words.sentence(problem.message()));
      } else {
        byCell
            .computeIfAbsent("c" + column, _ -> new ArrayList<>())
            .add(Words.sentence(problem.message()));
      }
    }
    return new Faults(byCell, general);
  }
}

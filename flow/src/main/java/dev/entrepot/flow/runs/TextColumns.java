package dev.entrepot.flow.runs;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Columns of text, as a statement with `unnest` takes them. For one thread.
final class TextColumns {
  private final List<List<@Nullable String>> columns = new ArrayList<>();

  TextColumns(int columns, int rows) {
    for (int i = 0; i < columns; i++) {
      this.columns.add(new ArrayList<>(rows));
    }
  }

  /// Adds a row, with as many values as there are columns.
  void add(@Nullable String... values) {
    for (int i = 0; i < values.length; i++) {
      columns.get(i).add(values[i]);
    }
  }

  List<@Nullable String> column(int index) {
    return columns.get(index);
  }
}

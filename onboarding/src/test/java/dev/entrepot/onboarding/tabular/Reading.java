package dev.entrepot.onboarding.tabular;

import java.util.ArrayList;
import java.util.List;

/// Reads whole files for tests.
public final class Reading {
  private Reading() {}

  /// All rows of a file.
  public static List<Row> rows(TabularFile file) {
    List<Row> rows = new ArrayList<>();
    try (RowReader reader = file.open()) {
      for (Row row = reader.next(); row != null; row = reader.next()) {
        rows.add(row);
      }
    }
    return rows;
  }

  /// The values of all rows, each of which must be readable.
  public static List<List<String>> cells(TabularFile file) {
    List<List<String>> cells = new ArrayList<>();
    for (Row row : rows(file)) {
      switch (row) {
        case Row.Cells read -> cells.add(read.values());
        case Row.Unreadable unreadable -> throw new AssertionError("unreadable: " + unreadable);
      }
    }
    return cells;
  }
}

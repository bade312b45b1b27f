package dev.entrepot.onboarding.reports;

import java.util.List;
import java.util.Locale;

/// What holds for the rows of every table that is written.
final class Rows {
  private Rows() {}

  static void requireWidth(List<String> cells, int columns) {
    if (cells.size() != columns) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a row of %,d cells was given for a table of %,d columns",
              cells.size(),
              columns));
    }
  }
}

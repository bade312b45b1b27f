package dev.entrepot.onboarding.tabular;

import dev.entrepot.onboarding.tabular.TabularException.Code;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What every header must be, whatever the format.
final class Header {
  private Header() {}

  /// The header without the nameless columns at its end.
  ///
  /// @throws TabularException when it has too many columns, no name at all, or one name twice
  static List<String> checked(List<String> cells, long line, Limits limits) {
    List<String> header = List.copyOf(cells.subList(0, ReportHeader.lastNamed(cells) + 1));
    if (header.isEmpty()) {
      throw new TabularException(
          Code.NO_HEADER,
          line,
          String.format(
              Locale.ROOT,
              "line %,d should name the columns, but is empty; put the names of the columns there",
              line));
    }
    requireWidth(header.size(), line, limits);
    if (!ReportHeader.recognises(header)) {
      requireDistinct(header, line);
    }
    return header;
  }

  static void requireWidth(int columns, long line, Limits limits) {
    if (columns > limits.maxColumns()) {
      throw tooWide(String.format(Locale.ROOT, "%,d", columns), line, limits);
    }
  }

  static TabularException tooWide(String columns, long line, Limits limits) {
    return new TabularException(
        Code.TOO_MANY_COLUMNS,
        line,
        String.format(
            Locale.ROOT,
            "the header on line %,d has %s columns, at most %,d are allowed; remove those that are not needed",
            line,
            columns,
            limits.maxColumns()));
  }

  static TabularException nothing() {
    return new TabularException(
        Code.EMPTY_FILE, "the file has no content; send one with a header and at least one row");
  }

  static TabularException noRows() {
    return new TabularException(
        Code.NO_ROWS, "the file has a header but no rows below it; add at least one row");
  }

  /// Names for the columns of a file that has none.
  static List<String> numbered(int columns) {
    List<String> names = new ArrayList<>(columns);
    for (int column = 1; column <= columns; column++) {
      names.add("Column " + column);
    }
    return names;
  }

  private static void requireDistinct(List<String> header, long line) {
    Map<String, Integer> places = new HashMap<>();
    for (int column = 0; column < header.size(); column++) {
      String name = header.get(column).strip();
      Integer earlier = name.isEmpty() ? null : places.putIfAbsent(name, column + 1);
      if (earlier != null) {
        throw new TabularException(
            Code.DUPLICATE_HEADER,
            line,
            String.format(
                Locale.ROOT,
                "columns %,d and %,d of the header on line %,d are both called \"%s\"; rename or remove one",
                earlier,
                column + 1,
                line,
                name));
      }
    }
  }
}

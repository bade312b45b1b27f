package dev.entrepot.cli.terminal;

import java.util.ArrayList;
import java.util.List;

/// Rows under headings, in columns as wide as their content, cut where the terminal ends. On a
/// terminal that is too narrow the widest text columns give way first, then those that are of use
/// as a whole only, such as ids and times; into a file nothing is cut. What would be too long for a
/// column stands below its row.
public final class Table {

  /// Which side a column's values keep to.
  public enum Align {
    LEFT,
    RIGHT
  }

  /// When a column is cut on a narrow terminal.
  public enum Cut {
    FIRST,
    LAST,
    NEVER
  }

  /// @param heading printed above the values
  public record Column(String heading, Align align, Cut cut) {
    public static Column text(String heading) {
      return new Column(heading, Align.LEFT, Cut.FIRST);
    }

    /// Of texts that are of use as a whole only, such as ids and times.
    public static Column whole(String heading) {
      return new Column(heading, Align.LEFT, Cut.LAST);
    }

    public static Column number(String heading) {
      return new Column(heading, Align.RIGHT, Cut.NEVER);
    }
  }

  /// @param below lines that stand under the row, further in
  private record Row(List<String> values, List<String> below) {}

  private static final int GAP = 2;
  private static final int NARROWEST = 8;
  private static final int MOST_LINES_BELOW = 4;

  private final List<Column> columns;
  private final List<Row> rows = new ArrayList<>();

  public Table(Column... columns) {
    this.columns = List.of(columns);
  }

  /// Adds a row; control characters and line breaks in values become spaces.
  public Table row(String... values) {
    return row(List.of(values), List.of());
  }

  /// The same with texts that stand below the row, each in at most four lines.
  public Table row(List<String> values, List<String> below) {
    if (values.size() != columns.size()) {
      throw new IllegalArgumentException(
          values.size() + " values do not fill " + columns.size() + " columns");
    }
    rows.add(
        new Row(
            values.stream().map(Table::printable).toList(),
            below.stream().map(Table::printable).filter(text -> !text.isBlank()).toList()));
    return this;
  }

  public boolean isEmpty() {
    return rows.isEmpty();
  }

  /// The lines of the table, headings first, none longer than asked.
  public List<String> lines(int width) {
    int[] widths = fit(width);
    List<String> lines = new ArrayList<>();
    lines.add(line(columns.stream().map(Column::heading).toList(), widths));
    for (Row row : rows) {
      lines.add(line(row.values(), widths));
      row.below().forEach(text -> lines.addAll(below(text, width)));
    }
    return lines;
  }

  private static List<String> below(String text, int width) {
    List<String> wrapped = Wrapped.lines(text, Math.max(NARROWEST, width - GAP));
    List<String> lines = new ArrayList<>();
    for (String line : wrapped.subList(0, Math.min(wrapped.size(), MOST_LINES_BELOW))) {
      lines.add(" ".repeat(GAP) + line);
    }
    if (wrapped.size() > MOST_LINES_BELOW) {
      String last = lines.getLast();
      lines.set(MOST_LINES_BELOW - 1, length(last) < width ? last + "…" : cut(last + "…", width));
    }
    return lines;
  }

  /// Prints the table as the terminal wants it.
  public void print(Terminal terminal) {
    lines(terminal.width()).forEach(terminal::print);
  }

  private int[] fit(int width) {
    int[] widths = new int[columns.size()];
    int total = GAP * (columns.size() - 1);
    for (int i = 0; i < widths.length; i++) {
      widths[i] = length(columns.get(i).heading());
      for (Row row : rows) {
        widths[i] = Math.max(widths[i], length(row.values().get(i)));
      }
      total += widths[i];
    }
    for (Cut cut : List.of(Cut.FIRST, Cut.LAST)) {
      int widest = widest(widths, cut);
      while (total > width && widest >= 0) {
        widths[widest]--;
        total--;
        widest = widest(widths, cut);
      }
    }
    return widths;
  }

  /// The widest column that can still be cut, or -1.
  private int widest(int[] widths, Cut cut) {
    int widest = -1;
    int found = NARROWEST;
    for (int i = 0; i < widths.length; i++) {
      if (columns.get(i).cut() == cut && widths[i] > found) {
        widest = i;
        found = widths[i];
      }
    }
    return widest;
  }

  private String line(List<String> values, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      if (i > 0) {
        line.repeat(' ', GAP);
      }
      String value = cut(values.get(i), widths[i]);
      int padding = widths[i] - length(value);
      switch (columns.get(i).align()) {
        case LEFT -> line.append(value).repeat(' ', padding);
        case RIGHT -> line.repeat(' ', padding).append(value);
      }
    }
    return line.toString().stripTrailing();
  }

  private static String cut(String value, int width) {
    if (length(value) <= width) {
      return value;
    }
    return value.substring(0, value.offsetByCodePoints(0, width - 1)) + "…";
  }

  private static int length(String value) {
    return value.codePointCount(0, value.length());
  }

  /// A text without control characters. Values come from suppliers' files: none may move the cursor
  /// or colour the terminal.
  public static String printable(String value) {
    return value
        .codePoints()
        .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? ' ' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}

package dev.entrepot.console.view;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A column of a table.
///
/// @param label the heading; of an `ACTIONS` or `CHOICE` column it is read, not seen
/// @param sort null when the table cannot be sorted by the column
public record Column(String label, Kind kind, @Nullable Sort sort) {
  /// How the cells stand.
  public enum Kind {
    TEXT,
    /// The text that names the row; on a small screen it becomes the card's heading.
    TITLE,
    /// Aligned to the right.
    NUMBER,
    /// As wide as possible.
    WIDE,
    ACTIONS,
    CHOICE;

    /// The name in class names of the stylesheet.
    public String css() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// How the table is sorted by a column.
  ///
  /// @param direction how it is sorted now
  /// @param href the same table sorted by this column, or the other way round
  public record Sort(Direction direction, String href) {}

  /// A direction of sorting.
  public enum Direction {
    NONE,
    ASCENDING,
    DESCENDING;

    /// The value of `aria-sort`, or null when not sorted.
    public @Nullable String aria() {
      return this == NONE ? null : name().toLowerCase(Locale.ROOT);
    }
  }

  /// A column of text.
  public static Column text(String label) {
    return new Column(label, Kind.TEXT, null);
  }

  /// The column that names the row.
  public static Column title(String label) {
    return new Column(label, Kind.TITLE, null);
  }

  /// A column of numbers.
  public static Column number(String label) {
    return new Column(label, Kind.NUMBER, null);
  }

  /// A column of another kind.
  public static Column of(String label, Kind kind) {
    return new Column(label, kind, null);
  }

  /// The same, sortable.
  public Column sorted(Direction direction, String href) {
    return new Column(label, kind, new Sort(direction, href));
  }
}

package dev.entrepot.console.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A table.
///
/// @param id unique in the page; sorting and paging replace the element of this id
/// @param caption what the table holds, read to those who do not see it
/// @param empty shown instead of a table without rows
/// @param renewed where the same table is found again every few seconds, or null to leave it as it
///   is
public record TableView(
    String id,
    String caption,
    List<Column> columns,
    List<Row> rows,
    @Nullable Paging paging,
    Empty empty,
    Narrow narrow,
    @Nullable String renewed) {
  public TableView {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
    for (Row row : rows) {
      if (row.cells().size() != columns.size()) {
        throw new IllegalArgumentException(
            "row '%s' of table '%s' has %d cells for %d columns: give one cell per column"
                .formatted(row.id(), id, row.cells().size(), columns.size()));
      }
    }
  }

  /// A row.
  ///
  /// @param id unique in the table
  /// @param tone marks the whole row, or null
  public record Row(String id, List<Cell> cells, @Nullable Tone tone) {
    public Row {
      cells = List.copyOf(cells);
    }

    /// A row without a mark.
    public static Row of(String id, Cell... cells) {
      return new Row(id, List.of(cells), null);
    }
  }

  /// What becomes of the table on a small screen.
  public enum Narrow {
    /// Each row becomes a card.
    CARDS,
    /// The table scrolls sideways in its own frame.
    SCROLL
  }

  /// A table whose rows become cards on a small screen.
  public static TableView of(
      String id, String caption, List<Column> columns, List<Row> rows, Empty empty) {
    return new TableView(id, caption, columns, rows, null, empty, Narrow.CARDS, null);
  }

  /// The same, being one page of a longer list.
  public TableView paged(Paging place) {
    return new TableView(id, caption, columns, rows, place, empty, narrow, renewed);
  }

  /// The same, scrolling sideways on a small screen.
  public TableView scrolling() {
    return new TableView(id, caption, columns, rows, paging, empty, Narrow.SCROLL, renewed);
  }

  /// The same, renewed by itself while it is looked at.
  ///
  /// @param href the page it is found in again
  public TableView renewed(String href) {
    return new TableView(id, caption, columns, rows, paging, empty, narrow, href);
  }
}

package dev.entrepot.console.view;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The mend grid: rows that failed, with what is wrong with each cell, to be mended in place.
///
/// The script keeps what is mended in the browser until it is sent, across pages of the grid and
/// reloads, under [#key()]. It sends `{"rows":[{"row":12,"values":{"price":"9.90"}}]}` as JSON with
/// the token in `X-CSRF-Token`, only rows that were mended and of them only the changed cells, and
/// expects a JSON answer with `id`.
///
/// @param key unique for what is mended, for example the upload's id
/// @param action the address mended rows are sent to
/// @param page the page opened afterwards; `{id}` stands for the id in the answer
/// @param check the address a mended row is sent to while it is edited, as
///   `{"row":12,"values":{}}`; it answers
///   `{"problems":[{"column":"price","message":"…"}],"general":["…"]}`; null: rows are only checked
///   when they are sent
/// @param rowPage the page of one row; `{row}` stands for its number; null: there is none
/// @param paging where this part of the failed rows stands, or null when these are all
public record GridView(
    String key,
    String caption,
    String action,
    String page,
    @Nullable String check,
    @Nullable String rowPage,
    List<Head> heads,
    List<Row> rows,
    @Nullable Paging paging) {
  public GridView {
    heads = List.copyOf(heads);
    rows = List.copyOf(rows);
  }

  /// The address of a row's own page, or null when there is none.
  public @Nullable String address(Row row) {
    return rowPage == null ? null : rowPage.replace("{row}", Long.toString(row.number()));
  }

  /// A column.
  ///
  /// @param name the name under which the value is sent
  /// @param numeric whether values stand to the right
  public record Head(String name, String label, boolean numeric) {}

  /// A row that failed.
  ///
  /// @param number by which it is named
  /// @param line where it stands in the file, the heading being 1: this is shown
  /// @param values the text as it was in the file, by column name; an absent value was blank
  /// @param problems what is wrong, by column name
  /// @param general what is wrong with the row as a whole
  public record Row(
      long number,
      long line,
      Map<String, String> values,
      Map<String, List<String>> problems,
      List<String> general) {
    public Row {
      values = Map.copyOf(values);
      problems = Map.copyOf(problems);
      general = List.copyOf(general);
    }

    /// The text of a cell.
    public String value(Head head) {
      return values.getOrDefault(head.name(), "");
    }

    /// What is wrong with a cell, or null when nothing is.
    public @Nullable String problem(Head head) {
      List<String> found = problems.getOrDefault(head.name(), List.of());
      return found.isEmpty() ? null : String.join(" ", found);
    }

    /// How many problems the row has.
    public int count() {
      return general.size() + problems.values().stream().mapToInt(List::size).sum();
    }
  }
}

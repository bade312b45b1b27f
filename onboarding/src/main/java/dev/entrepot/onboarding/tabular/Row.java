package dev.entrepot.onboarding.tabular;

import java.util.List;

/// One data row of a file: its cells, or the reason why it has none.
///
/// A row that cannot be read is an outcome like any other; reading goes on behind it. Lines on
/// which nothing stands (in a file of more than one column) are no rows, in whichever form: empty
/// ones, and those with nothing but delimiters and blanks that spreadsheets leave at the end.
public sealed interface Row {
  /// The position among the data rows, from 1; the header is not counted.
  long number();

  /// The line of the file on which the row begins, from 1; in a workbook the row of the sheet. This
  /// is the number people are told: it leads them to the row.
  long line();

  /// A row that was read.
  ///
  /// @param values one value per column of the header, verbatim, "" where the file has none;
  ///   unmodifiable
  record Cells(long number, long line, List<String> values) implements Row {
    public Cells {
      values = values instanceof CellList ? values : List.copyOf(values);
    }

    /// How many characters the cells have together.
    long chars() {
      long chars = 0;
      for (String value : values) {
        chars += value.length();
      }
      return chars;
    }
  }

  /// A row that could not be read.
  ///
  /// @param reason what is wrong, where, and what to do about it
  /// @param raw the text of the row as it stands in the file, cut at 32,768 characters; "" where a
  ///   workbook gives none
  record Unreadable(long number, long line, String reason, String raw) implements Row {}
}

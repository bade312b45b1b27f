package dev.entrepot.onboarding.reports;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Set;

/// Writes a table row by row, as CSV or XLSX. Memory does not grow with the rows. For use by one
/// thread.
///
/// CSV is UTF-8 with a byte order mark (spreadsheets need it), comma, CRLF, quotes where needed,
/// and cells that a spreadsheet would run as formulas get an apostrophe in front. XLSX cells are
/// texts, so nothing is run; leading zeros and long numbers stay as they are.
public interface TableWriter extends AutoCloseable {
  /// The most rows an XLSX sheet holds, the header included.
  int XLSX_ROWS = 1_048_576;

  /// The most characters an XLSX cell holds; longer ones are cut, with a note at the end.
  int XLSX_CELL_CHARS = 32_767;

  /// Adds a row.
  ///
  /// @param cells as many as the header has
  /// @throws IllegalArgumentException when there are more or fewer, or an XLSX sheet is full
  void write(List<String> cells) throws IOException;

  /// Completes the file. The stream given is flushed and left open.
  @Override
  void close() throws IOException;

  /// A CSV table.
  static TableWriter csv(OutputStream out, List<String> header) throws IOException {
    return new CsvTableWriter(out, header);
  }

  /// An XLSX table of texts on one sheet.
  static TableWriter xlsx(OutputStream out, String sheet, List<String> header) throws IOException {
    return xlsx(out, sheet, header, Set.of());
  }

  /// An XLSX table on one sheet.
  ///
  /// @param numericColumns indexes of columns whose plain numbers become numbers, not texts
  static TableWriter xlsx(
      OutputStream out, String sheet, List<String> header, Set<Integer> numericColumns)
      throws IOException {
    return new XlsxTableWriter(out, sheet, header, numericColumns);
  }
}

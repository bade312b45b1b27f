package dev.entrepot.onboarding.tabular;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The data rows of a sheet.
final class XlsxRowReader implements RowReader {
  private final XlsxPackage workbook;
  private final SheetRows rows;
  private final int columns;
  private final long sheetBytes;
  private final long totalBytes;
  private final long maxRows;
  private long number;
  private boolean ended;

  XlsxRowReader(
      XlsxPackage workbook,
      SheetRows rows,
      int columns,
      long sheetBytes,
      long totalBytes,
      long maxRows) {
    this.workbook = workbook;
    this.rows = rows;
    this.columns = columns;
    this.sheetBytes = sheetBytes;
    this.totalBytes = totalBytes;
    this.maxRows = maxRows;
  }

  @Override
  public @Nullable Row next() {
    SheetRows.Parsed parsed = ended ? null : rows.next();
    while (parsed != null && parsed.fault() == null && parsed.cells().blank()) {
      parsed = rows.next();
    }
    if (parsed == null) {
      ended = true;
      return null;
    }
    if (++number > maxRows) {
      throw RowLimit.exceeded(maxRows, parsed.line());
    }
    return row(number, parsed, columns);
  }

  /// A row of a sheet whose header has so many columns.
  static Row row(long number, SheetRows.Parsed parsed, int columns) {
    if (parsed.fault() != null) {
      return new Row.Unreadable(number, parsed.line(), parsed.fault(), RawText.of(parsed.cells()));
    }
    CellList cells = parsed.cells();
    if (cells.size() > columns) {
      return new Row.Unreadable(
          number,
          parsed.line(),
          String.format(
              Locale.ROOT,
              "row %,d has a value in column %,d, the header has %,d column%s",
              parsed.line(),
              cells.size(),
              columns,
              columns == 1 ? "" : "s"),
          RawText.of(cells));
    }
    return new Row.Cells(number, parsed.line(), cells.padded(columns));
  }

  @Override
  public long bytesRead() {
    double share = ended ? 1 : Math.min(1, (double) rows.bytesRead() / sheetBytes);
    return (long) (share * totalBytes);
  }

  @Override
  public long totalBytes() {
    return totalBytes;
  }

  @Override
  public void close() {
    try {
      rows.close();
    } finally {
      workbook.close();
    }
  }
}

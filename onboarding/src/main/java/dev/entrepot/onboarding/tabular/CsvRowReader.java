package dev.entrepot.onboarding.tabular;

import dev.entrepot.onboarding.tabular.CsvRecords.Parsed;
import dev.entrepot.onboarding.tabular.TabularException.Code;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The data rows of a CSV file.
final class CsvRowReader implements RowReader {
  private final FileBytes bytes;
  private final CsvRecords records;
  private final int columns;
  private final long totalBytes;
  private final long maxRows;
  private long number;

  CsvRowReader(FileBytes bytes, CsvRecords records, int columns, long totalBytes, long maxRows) {
    this.bytes = bytes;
    this.records = records;
    this.columns = columns;
    this.totalBytes = totalBytes;
    this.maxRows = maxRows;
  }

  @Override
  public @Nullable Row next() {
    Parsed parsed = nextRecord();
    if (parsed == null) {
      requireUnchanged();
      return null;
    }
    if (++number > maxRows) {
      throw RowLimit.exceeded(maxRows, parsed.line());
    }
    if (parsed.fault() != null) {
      return new Row.Unreadable(number, parsed.line(), parsed.fault(), parsed.raw());
    }
    return shape(parsed);
  }

  private @Nullable Parsed nextRecord() {
    Parsed parsed = records.next();
    while (parsed != null && columns > 1 && blank(parsed)) {
      parsed = records.next();
    }
    return parsed;
  }

  /// Whether nothing stands in it, as in the rows that spreadsheets leave at the end: `;;;;`.
  private static boolean blank(Parsed parsed) {
    return parsed.fault() == null && parsed.cells().blank();
  }

  /// A file that ends elsewhere than it did when it was looked at was cut or written to meanwhile.
  private void requireUnchanged() {
    if (bytes.isPlain() && bytes.packedBytes() != totalBytes) {
      throw new TabularException(
          Code.UNREADABLE,
          String.format(
              Locale.ROOT,
              "the file had %,d bytes when reading began, but %,d were read; it changed meanwhile: send it again",
              totalBytes,
              bytes.packedBytes()));
    }
  }

  private Row shape(Parsed parsed) {
    CellList cells = parsed.cells();
    if (cells.size() == columns) {
      return new Row.Cells(number, parsed.line(), cells);
    }
    if (cells.size() > columns && surplusIsEmpty(cells)) {
      return new Row.Cells(number, parsed.line(), cells.first(columns));
    }
    return new Row.Unreadable(
        number,
        parsed.line(),
        String.format(
            Locale.ROOT,
            "row %,d has %s, the header has %s",
            parsed.line(),
            count(cells.size(), "value"),
            count(columns, "column")),
        records.raw());
  }

  private boolean surplusIsEmpty(CellList cells) {
    for (int column = columns; column < cells.size(); column++) {
      if (!cells.get(column).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  private static String count(int count, String thing) {
    return String.format(Locale.ROOT, "%,d %s%s", count, thing, count == 1 ? "" : "s");
  }

  @Override
  public long bytesRead() {
    return bytes.packedBytes();
  }

  @Override
  public long totalBytes() {
    return totalBytes;
  }

  @Override
  public void close() {
    records.close();
  }
}

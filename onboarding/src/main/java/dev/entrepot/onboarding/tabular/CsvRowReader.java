package dev.entrepot.onboarding.tabular;

import dev.entrepot.onboarding.tabular.CsvRecords.Parsed;
import dev.entrepot.onboarding.tabular.TabularException.Code;
import org.jspecify.annotations.Nullable;

/// The data rows of a CSV file.
final class CsvRowReader implements RowReader {
  private final FileBytes bytes;
  private final CsvRecords records;
  private final int columns;
  private final long totalBytes;
  private final long maxRows;
  private @Nullable Parsed first;
  private long number;

  /// @param first a record that was read ahead and is the first row, or null
  CsvRowReader(
      FileBytes bytes,
      CsvRecords records,
      int columns,
      long totalBytes,
      long maxRows,
      @Nullable Parsed first) {
    this.bytes = bytes;
    this.records = records;
    this.columns = columns;
    this.totalBytes = totalBytes;
    this.maxRows = maxRows;
    this.first = first;
  }

  @Override
  public @Nullable Row next() {
    Parsed parsed = nextRecord();
    if (parsed == null) {
      return null;
    }
    if (++number > maxRows) {
      throw new TabularException(
          Code.TOO_MANY_ROWS,
          parsed.line(),
          "the file has more than %,d rows, the most that is allowed; send it in parts"
              .formatted(maxRows));
    }
    if (parsed.fault() != null) {
      return new Row.Unreadable(number, parsed.line(), parsed.fault(), parsed.raw());
    }
    return shape(parsed);
  }

  private @Nullable Parsed nextRecord() {
    Parsed parsed = first;
    first = null;
    if (parsed == null) {
      parsed = records.next();
    }
    while (parsed != null && parsed.blank() && columns > 1) {
      parsed = records.next();
    }
    return parsed;
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
        "line %,d has %s, the header has %s"
            .formatted(parsed.line(), count(cells.size(), "value"), count(columns, "column")),
        String.join(" | ", cells));
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
    return "%,d %s%s".formatted(count, thing, count == 1 ? "" : "s");
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

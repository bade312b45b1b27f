package dev.entrepot.onboarding.reports;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// A table as XLSX.
final class XlsxTableWriter implements TableWriter {
  /// What a double holds exactly enough to be shown again as it was.
  private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9]\\d{0,8})(\\.\\d{1,6})?");

  private final XlsxSheet sheet;
  private final Set<Integer> numericColumns;
  private final int columns;

  XlsxTableWriter(
      OutputStream out, String sheetName, List<String> header, Set<Integer> numericColumns)
      throws IOException {
    this.sheet = new XlsxSheet(out, sheetName, header, XlsxTableWriter::width);
    this.numericColumns = Set.copyOf(numericColumns);
    this.columns = header.size();
  }

  private static double width(String name) {
    return Math.clamp(name.length() + 4.0, 12, 40);
  }

  @Override
  public void write(List<String> cells) throws IOException {
    Rows.requireWidth(cells, columns);
    sheet.beginRow();
    for (int column = 0; column < columns; column++) {
      String cell = cells.get(column);
      if (numericColumns.contains(column) && NUMBER.matcher(cell).matches()) {
        sheet.number(column, new BigDecimal(cell));
      } else {
        sheet.text(column, cell);
      }
    }
    sheet.endRow();
  }

  @Override
  public void close() throws IOException {
    sheet.close();
  }
}

package dev.entrepot.onboarding.reports;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/// An error report as CSV.
final class CsvReportWriter implements ErrorReport.Writer {
  private final CsvTableWriter table;
  private final int originalColumns;

  CsvReportWriter(OutputStream out, List<String> originalHeader) throws IOException {
    this.table = new CsvTableWriter(out, ErrorReport.header(originalHeader));
    this.originalColumns = originalHeader.size();
  }

  @Override
  public void write(ErrorReport.Line line) throws IOException {
    List<String> cells = new ArrayList<>(line.leading());
    cells.addAll(line.originalCells());
    for (int column = line.originalCells().size(); column < originalColumns; column++) {
      cells.add("");
    }
    cells.add(line.reference());
    table.write(cells);
  }

  @Override
  public void close() throws IOException {
    table.close();
  }
}

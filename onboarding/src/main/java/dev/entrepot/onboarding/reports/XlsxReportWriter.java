package dev.entrepot.onboarding.reports;

import dev.entrepot.onboarding.tabular.ReportHeader;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/// An error report as XLSX.
final class XlsxReportWriter implements ErrorReport.Writer {
  private static final int ERROR_TYPE = ReportHeader.LEADING.indexOf("Error Type");
  private static final int ERROR_MESSAGE = ReportHeader.LEADING.indexOf("Error Message");

  private final XlsxSheet sheet;
  private final int originalColumns;

  XlsxReportWriter(OutputStream out, List<String> originalHeader) throws IOException {
    List<String> header = new ArrayList<>();
    ErrorReport.header(originalHeader)
        .forEach(name -> header.add(FormulaGuard.addWhereAmbiguous(name)));
    this.sheet = new XlsxSheet(out, "Errors", header, XlsxReportWriter::width);
    this.originalColumns = originalHeader.size();
  }

  private static double width(String name) {
    return switch (name) {
      case "Error Message" -> 60;
      case "Product Name", "Description", "Error Type", ReportHeader.REFERENCE -> 30;
      default -> Math.clamp(name.length() + 4.0, 12, 40);
    };
  }

  @Override
  public void write(ErrorReport.Line line) throws IOException {
    int given = line.originalCells().size();
    if (given > originalColumns) {
      Rows.requireWidth(line.originalCells(), originalColumns);
    }
    sheet.beginRow();
    List<String> leading = line.leading();
    for (int column = 0; column < leading.size(); column++) {
      text(column, leading.get(column));
    }
    sheet.mark(ERROR_TYPE);
    int first = leading.size();
    for (int column = 0; column < given; column++) {
      text(first + column, line.originalCells().get(column));
    }
    boolean explained = false;
    for (int bad : line.badColumns()) {
      if (bad >= 0 && bad < originalColumns) {
        sheet.mark(first + bad);
        if (!explained) {
          sheet.comment(first + bad, leading.get(ERROR_MESSAGE));
          explained = true;
        }
      }
    }
    text(first + originalColumns, line.reference());
    sheet.endRow();
  }

  private void text(int column, String cell) {
    sheet.text(column, FormulaGuard.addWhereAmbiguous(cell));
  }

  @Override
  public void close() throws IOException {
    sheet.close();
  }
}

package dev.entrepot.onboarding.reports;

import dev.entrepot.onboarding.tabular.ReportHeader;
import dev.entrepot.onboarding.tabular.Row;
import java.util.ArrayList;
import java.util.List;

/// Takes the rows of an error report that was mended and sent again for what they are: rows of the
/// original file. The apostrophes that the report put before dangerous cells are taken off, exactly
/// those, whether the report was saved as CSV or as XLSX in between.
public final class Resent {
  private static final int FIRST = ReportHeader.LEADING.size();

  private final List<String> originalHeader;

  Resent(List<String> header) {
    if (!ReportHeader.recognises(header)) {
      throw new IllegalArgumentException(
          "the header does not begin with the columns of an error report and end with \"%s\": %s"
              .formatted(ReportHeader.REFERENCE, header));
    }
    this.originalHeader = unguarded(header.subList(FIRST, reference(header)));
  }

  private static int reference(List<String> header) {
    int last = header.size() - 1;
    while (header.get(last).isBlank()) {
      last--;
    }
    return last;
  }

  /// A row of the original file as it stands in the report now.
  ///
  /// @param number its position in the report, from 1
  /// @param line its physical line in the report, from 1
  /// @param cells one cell per column of the original header
  /// @param reference the upload and row it was, as `uploadId:row`; "" for a row that was added
  /// @param reported what stands in the report's own columns
  public record Mended(
      long number, long line, List<String> cells, String reference, Reported reported) {
    public Mended {
      cells = List.copyOf(cells);
    }
  }

  /// What stands in the report's own columns. Somebody who mends a value there instead of in the
  /// original column can be seen by comparing.
  public record Reported(
      String row,
      String vendorProductId,
      String sku,
      String productName,
      String category,
      String errorType,
      String errorMessage,
      String price,
      String stock,
      String brand,
      String description) {}

  /// The header of the original file.
  public List<String> originalHeader() {
    return originalHeader;
  }

  /// One row of the report.
  public Mended row(Row.Cells row) {
    List<String> cells = unguarded(row.values());
    int reference = FIRST + originalHeader.size();
    Reported reported =
        new Reported(
            cells.get(0),
            cells.get(1),
            cells.get(2),
            cells.get(3),
            cells.get(4),
            cells.get(5),
            cells.get(6),
            cells.get(7),
            cells.get(8),
            cells.get(9),
            cells.get(10));
    return new Mended(
        row.number(),
        row.line(),
        cells.subList(FIRST, reference),
        cells.get(reference).strip(),
        reported);
  }

  private static List<String> unguarded(List<String> cells) {
    List<String> values = new ArrayList<>(cells.size());
    for (String cell : cells) {
      values.add(FormulaGuard.remove(cell));
    }
    return List.copyOf(values);
  }
}

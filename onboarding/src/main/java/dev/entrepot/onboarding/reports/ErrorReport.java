package dev.entrepot.onboarding.reports;

import dev.entrepot.onboarding.tabular.ReportHeader;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The file that explains every bad row of an upload, made so that it can be mended and sent again
/// as it is: first what is wrong, then the original columns unchanged, then a reference that ties
/// the row to its origin.
public final class ErrorReport {
  private ErrorReport() {}

  /// One bad row.
  ///
  /// @param row its line in the original file, as a spreadsheet shows it, the header being line 1
  /// @param errorType the code of the first rule it breaks
  /// @param errorMessage everything that is wrong with it
  /// @param originalCells the row as it was sent, one cell per original column; shorter where the
  ///   row could not be read
  /// @param badColumns indexes of the original columns at fault, from 0
  /// @param reference the upload and the row, as `uploadId:row`
  public record Line(
      long row,
      String vendorProductId,
      String sku,
      String productName,
      String category,
      String errorType,
      String errorMessage,
      String price,
      String stock,
      String brand,
      String description,
      List<String> originalCells,
      Set<Integer> badColumns,
      String reference) {
    public Line {
      originalCells = List.copyOf(originalCells);
      badColumns = Set.copyOf(badColumns);
    }

    List<String> leading() {
      return List.of(
          Long.toString(row),
          vendorProductId,
          sku,
          productName,
          category,
          errorType,
          errorMessage,
          price,
          stock,
          brand,
          description);
    }
  }

  /// Takes bad rows one after the other; memory does not grow with them. For use by one thread.
  public interface Writer extends AutoCloseable {
    /// Adds a bad row.
    ///
    /// @throws IllegalArgumentException when it has more cells than the original header, or an XLSX
    ///   sheet is full ([TableWriter#XLSX_ROWS])
    void write(Line line) throws IOException;

    /// Completes the file. The stream given is flushed and left open.
    @Override
    void close() throws IOException;
  }

  /// A report as CSV, safe to open in a spreadsheet; see [TableWriter] for the form.
  public static Writer csv(OutputStream out, List<String> originalHeader) throws IOException {
    return new CsvReportWriter(out, originalHeader);
  }

  /// A report as XLSX with the bad cells marked.
  public static Writer xlsx(OutputStream out, List<String> originalHeader) throws IOException {
    return new XlsxReportWriter(out, originalHeader);
  }

  /// Whether a header is that of a report.
  public static boolean recognises(List<String> header) {
    return ReportHeader.recognises(header);
  }

  /// How to take the rows of a report that was sent again for what they are.
  ///
  /// @param header the header of the file, which must be that of a report
  /// @throws IllegalArgumentException when it is not
  public static Resent read(List<String> header) {
    return new Resent(header);
  }

  /// Whether a report's cell ends in the note that XLSX holds no more of it.
  public static boolean isCut(String cell) {
    return XlsxSheet.isCut(cell);
  }

  static List<String> header(List<String> originalHeader) {
    List<String> header = new ArrayList<>(ReportHeader.LEADING);
    header.addAll(originalHeader);
    header.add(ReportHeader.REFERENCE);
    return header;
  }
}

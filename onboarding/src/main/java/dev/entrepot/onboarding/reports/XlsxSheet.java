package dev.entrepot.onboarding.reports;

import dev.entrepot.onboarding.tabular.SpreadsheetText;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.dhatim.fastexcel.RichText;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/// One sheet of a new workbook, written row by row below a frozen header.
final class XlsxSheet implements AutoCloseable {
  private static final int ROWS_HELD = 200;
  private static final int MAX_COMMENTS = 2_000;
  private static final String CUT_NOTE =
      "… [cut here: XLSX holds no more; the CSV file has all of it]";

  private final Workbook workbook;
  private final Worksheet sheet;
  private int row;
  private int comments;

  XlsxSheet(OutputStream out, String name, List<String> header, ToDoubleFunction<String> widths)
      throws IOException {
    this.workbook = new Workbook(out, "Entrepot", null);
    this.sheet = workbook.newWorksheet(name);
    sheet.freezePane(0, 1);
    for (int column = 0; column < header.size(); column++) {
      text(column, header.get(column));
      sheet.style(0, column).bold().fillColor("E7E6E6").set();
      sheet.width(column, widths.applyAsDouble(header.get(column)));
    }
    sheet.flush();
  }

  /// The workbook, for more sheets once this one is complete.
  Workbook workbook() {
    return workbook;
  }

  void beginRow() {
    if (row + 1 >= TableWriter.XLSX_ROWS) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "an XLSX sheet holds at most %,d rows; use CSV", TableWriter.XLSX_ROWS));
    }
    row++;
  }

  void text(int column, String cell) {
    if (cell.isEmpty()) {
      return;
    }
    String stored = stored(cell);
    if (Character.isWhitespace(stored.charAt(0))
        || Character.isWhitespace(stored.charAt(stored.length() - 1))) {
      sheet.inlineString(row, column, RichText.builder().run(stored).end().build());
    } else {
      sheet.inlineString(row, column, stored);
    }
  }

  private static String stored(String cell) {
    String stored = SpreadsheetText.escape(cell);
    if (stored.length() <= TableWriter.XLSX_CELL_CHARS) {
      return stored;
    }
    int room = TableWriter.XLSX_CELL_CHARS - CUT_NOTE.length();
    String cut = SpreadsheetText.escape(beginning(cell, room));
    if (cut.length() > room) {
      // Every character escaped: a mark is seven characters long.
      cut = SpreadsheetText.escape(beginning(cell, room / 7));
    }
    return cut + CUT_NOTE;
  }

  /// The first characters of a text, no pair of surrogates cut apart.
  private static String beginning(String text, int length) {
    int end = Math.min(text.length(), length);
    boolean splits =
        end > 0 && end < text.length() && Character.isHighSurrogate(text.charAt(end - 1));
    return text.substring(0, splits ? end - 1 : end);
  }

  /// Whether the end of a cell was left out when it was written.
  static boolean isCut(String cell) {
    return cell.endsWith(CUT_NOTE);
  }

  void number(int column, BigDecimal number) {
    sheet.value(row, column, number);
  }

  /// Marks a cell of the current row as faulty.
  void mark(int column) {
    sheet.style(row, column).fillColor("FFC7CE").fontColor("9C0006").set();
  }

  /// Says something about a cell of the current row, as long as there are not too many comments.
  void comment(int column, String text) {
    if (comments < MAX_COMMENTS) {
      comments++;
      sheet.comment(row, column, SpreadsheetText.escape(text));
    }
  }

  void endRow() throws IOException {
    if (row % ROWS_HELD == 0) {
      sheet.flush();
    }
  }

  @Override
  public void close() throws IOException {
    workbook.finish();
  }
}

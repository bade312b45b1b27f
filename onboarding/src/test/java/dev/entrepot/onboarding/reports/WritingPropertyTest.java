package dev.entrepot.onboarding.reports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.onboarding.tabular.Limits;
import dev.entrepot.onboarding.tabular.Reading;
import dev.entrepot.onboarding.tabular.Row;
import dev.entrepot.onboarding.tabular.SpreadsheetText;
import dev.entrepot.onboarding.tabular.TabularFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.jspecify.annotations.Nullable;

/// Whatever cells hold, they come back from the files we write as they were.
class WritingPropertyTest {
  private static @Nullable Path file;

  @BeforeContainer
  static void makeFile() throws IOException {
    file = Files.createTempFile("written", ".table");
  }

  @AfterContainer
  static void deleteFile() throws IOException {
    Files.delete(file());
  }

  private static Path file() {
    return Objects.requireNonNull(file);
  }

  @Property(tries = 80)
  void aReportGivesTheOriginalRowsBack(
      @ForAll("tables") List<List<String>> table, @ForAll boolean workbook) throws IOException {
    List<String> header = names(table.getFirst().size());
    try (OutputStream out = Files.newOutputStream(file());
        ErrorReport.Writer report =
            workbook ? ErrorReport.xlsx(out, header) : ErrorReport.csv(out, header)) {
      for (int row = 0; row < table.size(); row++) {
        report.write(line(row, table.get(row)));
      }
    }
    TabularFile read = TabularFile.inspect(file(), "errors", Limits.ofSupplier());
    assertThat(read.layout().errorReport()).isTrue();
    Resent resent = ErrorReport.read(read.layout().header());
    assertThat(resent.originalHeader()).isEqualTo(header);
    List<Row> rows = Reading.rows(read);
    assertThat(rows).hasSameSizeAs(table);
    for (int row = 0; row < rows.size(); row++) {
      Resent.Mended mended = resent.row((Row.Cells) rows.get(row));
      List<String> cells = table.get(row);
      assertThat(mended.cells()).isEqualTo(cells);
      assertThat(mended.reference()).isEqualTo("upload:" + row);
      assertThat(mended.reported().price()).isEqualTo(cells.getFirst());
      assertThat(mended.reported().errorMessage()).isEqualTo(cells.getLast());
    }
  }

  @Property(tries = 80)
  void anotherReaderOfWorkbooksAgrees(@ForAll("tables") List<List<String>> table)
      throws IOException {
    List<String> header = names(table.getFirst().size());
    try (OutputStream out = Files.newOutputStream(file());
        TableWriter writer = TableWriter.xlsx(out, "Products", header)) {
      for (List<String> row : table) {
        writer.write(row);
      }
    }
    List<List<String>> expected =
        table.stream().filter(row -> !row.stream().allMatch(String::isEmpty)).toList();
    assertThat(readByFastexcel(header.size())).isEqualTo(expected);
    // We read no rows that hold white space alone.
    List<List<String>> rows =
        expected.stream().filter(row -> !row.stream().allMatch(String::isBlank)).toList();
    if (!rows.isEmpty()) {
      assertThat(Reading.cells(TabularFile.inspect(file(), "t.xlsx", Limits.ofSupplier())))
          .isEqualTo(rows);
    }
  }

  private static List<List<String>> readByFastexcel(int columns) throws IOException {
    List<List<String>> seen = new ArrayList<>();
    try (ReadableWorkbook workbook = new ReadableWorkbook(file().toFile());
        Stream<org.dhatim.fastexcel.reader.Row> rows = workbook.getFirstSheet().openStream()) {
      rows.skip(1)
          .forEach(row -> {
            List<String> cells = new ArrayList<>();
            for (int column = 0; column < columns; column++) {
              boolean present = column < row.getCellCount() && row.getCell(column) != null;
              cells.add(present ? SpreadsheetText.unescape(row.getCellText(column)) : "");
            }
            seen.add(cells);
          });
    }
    return seen;
  }

  private static List<String> names(int columns) {
    List<String> names = new ArrayList<>();
    for (int column = 0; column < columns; column++) {
      names.add(column == 0 ? "=SKU" : "Column " + column);
    }
    return names;
  }

  private static ErrorReport.Line line(int row, List<String> cells) {
    return new ErrorReport.Line(
        row + 1L,
        "V-" + row,
        "S-" + row,
        "Name",
        "",
        "INVALID_PRICE",
        cells.getLast(),
        cells.getFirst(),
        "1",
        "",
        "",
        cells,
        Set.of(0),
        "upload:" + row);
  }

  @Provide
  Arbitrary<List<List<String>>> tables() {
    Arbitrary<String> cells =
        Arbitraries.oneOf(
            Arbitraries.strings()
                .withChars("ab'\"=+-@,;\t\r\n _x0041\u0001\u000B<&>")
                .ofMaxLength(10),
            Arbitraries.strings().withCharRange(' ', '\uD7FF').ofMaxLength(5),
            Arbitraries.of("", "0123", "1e5", "-5", "'-5", "😎", "  x  ", "true", "_x000D_"));
    return Arbitraries.integers()
        .between(1, 4)
        .flatMap(columns -> cells.list().ofSize(columns).list().ofMinSize(1).ofMaxSize(6));
  }
}

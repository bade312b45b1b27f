package dev.entrepot.onboarding.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.entrepot.contract.SharedData;
import dev.entrepot.onboarding.tabular.Limits;
import dev.entrepot.onboarding.tabular.Reading;
import dev.entrepot.onboarding.tabular.Row;
import dev.entrepot.onboarding.tabular.TabularFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorReportTest {
  @TempDir private Path folder;

  private static ErrorReport.Line line(long row, List<String> cells, Set<Integer> bad) {
    return new ErrorReport.Line(
        row,
        "V-1",
        "S-1",
        "=cmd|' /C calc'!A0",
        "Kitchen",
        "INVALID_PRICE",
        "price is \"x\"",
        "x",
        "3",
        "",
        "",
        cells,
        bad,
        "u1:" + row);
  }

  private static String part(Path workbook, String name) throws IOException {
    try (ZipFile zip = new ZipFile(workbook.toFile());
        InputStream in = zip.getInputStream(zip.getEntry(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void theCsvIsExactlyThis() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ErrorReport.Writer report = ErrorReport.csv(bytes, List.of("sku", "Price; net"))) {
      report.write(line(7, List.of("@S-1", "1,5"), Set.of(1)));
      report.write(line(8, List.of(), Set.of()));
    }
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            "\uFEFFRow Number,Vendor Product ID,SKU,Product Name,Category,Error Type,Error Message,Price,Stock Quantity,Brand,Description,sku,Price; net,Entrepot Reference\r\n"
                + "7,V-1,S-1,'=cmd|' /C calc'!A0,Kitchen,INVALID_PRICE,\"price is \"\"x\"\"\",x,3,,,'@S-1,\"1,5\",u1:7\r\n"
                + "8,V-1,S-1,'=cmd|' /C calc'!A0,Kitchen,INVALID_PRICE,\"price is \"\"x\"\"\",x,3,,,,,u1:8\r\n");
  }

  @Test
  void theWorkbookMarksBadCells() throws IOException {
    Path file = folder.resolve("errors.xlsx");
    try (OutputStream out = Files.newOutputStream(file);
        ErrorReport.Writer report = ErrorReport.xlsx(out, List.of("sku", "price"))) {
      for (int row = 1; row <= 500; row++) {
        report.write(line(row, List.of("S-" + row, "x"), Set.of(1)));
      }
    }
    assertThat(part(file, "xl/worksheets/sheet1.xml"))
        .contains("state=\"frozen\"")
        .containsPattern("<c r=\"M2\" s=\"[1-9]\\d*\"")
        .containsPattern("<c r=\"L2\" t=\"inlineStr\"");
    assertThat(part(file, "xl/styles.xml")).contains("FFC7CE");
    assertThat(part(file, "xl/comments1.xml")).contains("price is &quot;x&quot;");
    List<List<String>> rows =
        Reading.cells(TabularFile.inspect(file, "errors.xlsx", Limits.ofSupplier()));
    assertThat(rows).hasSize(500);
    assertThat(rows.getLast()).startsWith("500", "V-1").endsWith("S-500", "x", "u1:500");
  }

  @Test
  void aReportIsKnownByItsHeader() {
    List<String> header = ErrorReport.header(List.of("SKU", "Brand"));
    assertThat(ErrorReport.recognises(header)).isTrue();
    List<String> padded = new ArrayList<>(header);
    padded.add(" ");
    assertThat(ErrorReport.recognises(padded)).isTrue();
    assertThat(ErrorReport.read(padded).originalHeader()).containsExactly("SKU", "Brand");
    assertThat(ErrorReport.recognises(header.subList(0, header.size() - 1))).isFalse();
    assertThat(ErrorReport.recognises(header.subList(1, header.size()))).isFalse();
    assertThat(ErrorReport.recognises(List.of())).isFalse();
    assertThat(ErrorReport.recognises(List.of("", ""))).isFalse();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ErrorReport.read(List.of("sku", "name")))
        .withMessageContaining("Entrepot Reference");
  }

  @Test
  void aRowOfTheWrongWidthIsRefused() throws IOException {
    List<String> tooMany = List.of("1", "2", "3");
    List<String> header = List.of("a", "b");
    try (ErrorReport.Writer csv = ErrorReport.csv(new ByteArrayOutputStream(), header);
        ErrorReport.Writer xlsx = ErrorReport.xlsx(new ByteArrayOutputStream(), header)) {
      assertThatIllegalArgumentException().isThrownBy(() -> csv.write(line(1, tooMany, Set.of())));
      assertThatIllegalArgumentException().isThrownBy(() -> xlsx.write(line(1, tooMany, Set.of())));
    }
  }

  @Test
  void aCellTooLongForAWorkbookIsCutWithANote() throws IOException {
    for (String text : List.of("x".repeat(40_000), "\u0001".repeat(10_000), "😎".repeat(20_000))) {
      Path file = folder.resolve("long.xlsx");
      try (OutputStream out = Files.newOutputStream(file);
          TableWriter table = TableWriter.xlsx(out, "Products", List.of("a", "b"))) {
        table.write(List.of("1", text));
      }
      String cell =
          Reading.cells(TabularFile.inspect(file, "long.xlsx", Limits.ofSupplier()))
              .getFirst()
              .getLast();
      assertThat(cell).endsWith("the CSV file has all of it]").startsWith(text.substring(0, 4_000));
      assertThat(cell.charAt(cell.indexOf('…') - 1)).isEqualTo(text.charAt(text.length() - 1));
    }
  }

  @Test
  void chosenColumnsOfAWorkbookBecomeNumbers() throws IOException {
    Path file = folder.resolve("numbers.xlsx");
    List<List<String>> rows =
        List.of(
            List.of("0123", "19.99"),
            List.of("5", "1,5"),
            List.of("5", "4006381333931"),
            List.of("5", "-0.50"));
    try (OutputStream out = Files.newOutputStream(file);
        TableWriter table = TableWriter.xlsx(out, "Products", List.of("sku", "price"), Set.of(1))) {
      for (List<String> row : rows) {
        table.write(row);
      }
    }
    assertThat(part(file, "xl/worksheets/sheet1.xml"))
        .contains("<c r=\"B2\" t=\"n\"><v>19.99</v>")
        .contains("<c r=\"A2\" t=\"inlineStr\">");
    assertThat(Reading.cells(TabularFile.inspect(file, "numbers.xlsx", Limits.ofSupplier())))
        .containsExactly(rows.get(0), rows.get(1), rows.get(2), List.of("5", "-0.5"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void naughtyStringsPassUnharmed(boolean workbook) throws IOException {
    List<String> strings = Files.readAllLines(SharedData.required("naughty").resolve("blns.txt"));
    Path file = folder.resolve("naughty");
    List<String> header = List.of("sku", "text");
    try (OutputStream out = Files.newOutputStream(file);
        ErrorReport.Writer report =
            workbook ? ErrorReport.xlsx(out, header) : ErrorReport.csv(out, header)) {
      for (int row = 0; row < strings.size(); row++) {
        report.write(line(row + 1L, List.of("S-" + row, strings.get(row)), Set.of(1)));
      }
    }
    TabularFile read = TabularFile.inspect(file, "naughty", Limits.ofSupplier());
    Resent resent = ErrorReport.read(read.layout().header());
    List<String> back = new ArrayList<>();
    for (Row row : Reading.rows(read)) {
      back.add(resent.row((Row.Cells) row).cells().getLast());
    }
    assertThat(back).isEqualTo(strings);
  }

  @Test
  void theTemplateNamesItsColumnsAndExplainsThem() throws IOException {
    Template template = Template.standard();
    assertThat(template.header())
        .startsWith("vendor_product_id", "product_name", "category")
        .contains("compare_at_price", "stock_quantity", "image_url");
    ByteArrayOutputStream csv = new ByteArrayOutputStream();
    template.writeCsv(csv);
    assertThat(csv.toString(StandardCharsets.UTF_8))
        .isEqualTo("\uFEFF" + String.join(",", template.header()) + "\r\n");

    Path file = folder.resolve("template.xlsx");
    try (OutputStream out = Files.newOutputStream(file)) {
      template.writeXlsx(out);
    }
    assertThat(part(file, "xl/comments1.xml")).contains("Required. ");
    assertThat(part(file, "xl/worksheets/sheet2.xml")).contains("Enamel mug");
    assertThat(part(file, "xl/worksheets/sheet1.xml")).doesNotContain("Enamel mug");
  }
}

package dev.entrepot.onboarding.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.entrepot.onboarding.tabular.Layout.Format;
import dev.entrepot.onboarding.tabular.TabularException.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What cells of a workbook become.
class XlsxRowsTest {
  private static final String HEADER =
      "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>a</t></is></c><c r=\"B1\""
          + " t=\"inlineStr\"><is><t>b</t></is></c></row>";

  @TempDir private Path folder;

  private TabularFile file(Workbooks workbook) throws IOException {
    Path file = folder.resolve("products.xlsx");
    Files.write(file, workbook.bytes());
    return TabularFile.inspect(file, "products.xlsx", Limits.ofSupplier());
  }

  private static String unreadable(Row row) {
    assertThat(row).isInstanceOf(Row.Unreadable.class);
    return ((Row.Unreadable) row).reason();
  }

  @Test
  void numberCellsAreWrittenWithADecimalCommaWhereTextsAreLeftAlone() throws IOException {
    TabularFile file =
        file(
            new Workbooks()
                .sheet(
                    HEADER
                        + """
                        <row r="2"><c r="A2"><v>12.345</v></c><c r="B2" t="inlineStr"><is><t>1.5 V</t></is></c></row>
                        <row r="3"><c r="A3"><v>1E3</v></c><c r="B3" t="inlineStr"><is><t>12,50</t></is></c></row>
                        """));
    assertThat(Reading.cells(file))
        .containsExactly(List.of("12.345", "1.5 V"), List.of("1000", "12,50"));
    assertThat(Reading.cells(file.withDecimalCommas()))
        .containsExactly(List.of("12,345", "1.5 V"), List.of("1000", "12,50"));
  }

  @Test
  void cellsOfEveryKindBecomeText() throws IOException {
    TabularFile file =
        file(
            new Workbooks()
                .sharedTexts(
                    "<si><t>plain</t></si><si><r><rPr><b/></rPr><t>bo</t></r><r><t"
                        + " xml:space=\"preserve\">ld </t></r><rPh sb=\"0\""
                        + " eb=\"1\"><t>hint</t></rPh></si><si><t>tab_x0009_cr_x000D_mark_x005F_x0041_</t></si><si/>")
                .sheet(
                    """
                    <row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>b</t></is></c></row>
                    <row r="3"><c r="A3" t="s"><v>1</v></c><c r="B3" t="s"><v>2</v></c></row>
                    <row r="4"><c r="A4" t="s"><v>3</v></c><c r="B4"><v>19.989999999999998</v></c></row>
                    <row r="5"><c r="A5" t="b"><v>1</v></c><c r="B5" t="b"><v>0</v></c></row>
                    <row r="6"><c r="A6" t="e"><v>#N/A</v></c><c r="B6" t="str"><f>A1&amp;"x"</f><v>plainx</v></c></row>
                    <row r="7"><c r="B7"><f>1+1</f><v>2</v></c></row>
                    <row r="8"/>
                    <row r="9"><c r="A9" s="1"/><c r="B9"/></row>
                    <row r="10"><c t="inlineStr"><is><r><t>x</t></r><r><t>y</t></r><rPh><t>no</t></rPh></is></c><c><v>1E3</v></c></row>
                    <row r="11"><c r="A11" t="d"><v>2026-02-03</v></c></row>
                    """));
    assertThat(file.layout().format()).isEqualTo(Format.XLSX);
    assertThat(file.layout().header()).containsExactly("plain", "b");
    assertThat(Reading.rows(file))
        .containsExactly(
            new Row.Cells(1, 3, List.of("bold ", "tab\tcr\rmark_x0041_")),
            new Row.Cells(2, 4, List.of("", "19.99")),
            new Row.Cells(3, 5, List.of("true", "false")),
            new Row.Cells(4, 6, List.of("#N/A", "plainx")),
            new Row.Cells(5, 7, List.of("", "2")),
            new Row.Cells(6, 10, List.of("xy", "1000")),
            new Row.Cells(7, 11, List.of("2026-02-03", "")));
  }

  @Test
  void aFormulaWithAnEmptyResultIsToldWithItsText() throws IOException {
    List<Row> rows =
        Reading.rows(
            file(
                new Workbooks()
                    .sheet(
                        HEADER
                            + """
                            <row r="2"><c r="A2"><v>1</v></c><c r="B2"><f>1+2</f><v></v></c></row>
                            <row r="3"><c r="A3"><v>2</v></c><c r="B3" t="str"><f>""</f><v></v></c></row>
                            """)));
    assertThat(unreadable(rows.getFirst()))
        .startsWith("cell B2 holds a formula without its result");
    assertThat(((Row.Unreadable) rows.getFirst()).raw()).contains("=1+2");
    assertThat(rows.get(1)).isEqualTo(new Row.Cells(2, 3, List.of("2", "")));
  }

  @Test
  void rowsOfBlanksAreNoRows() throws IOException {
    assertThat(
            Reading.rows(
                file(
                    new Workbooks()
                        .sheet(
                            HEADER
                                + """
                                <row r="2"><c r="A2" t="inlineStr"><is><t> </t></is></c></row>
                                <row r="3"><c r="A3"><v>1</v></c></row>
                                <row r="4"><c r="B4" t="inlineStr"><is><t></t></is></c></row>
                                """))))
        .containsExactly(new Row.Cells(1, 3, List.of("1", "")));
  }

  @Test
  void datesAreIso() throws IOException {
    String styles =
        "<numFmts><numFmt numFmtId=\"164\" formatCode=\"[$-409]d/m/yy\\ h:mm;@\"/><numFmt"
            + " numFmtId=\"165\" formatCode=\"0.0 &quot;days&quot;\"/></numFmts><cellXfs><xf"
            + " numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/><xf numFmtId=\"20\"/><xf"
            + " numFmtId=\"46\"/><xf numFmtId=\"165\"/></cellXfs>";
    String rows =
        HEADER
            + """
            <row r="2"><c r="A2" s="1"><v>46056</v></c><c r="B2" s="2"><v>46056.4375</v></c></row>
            <row r="3"><c r="A3" s="3"><v>0.4375</v></c><c r="B3" s="4"><v>1.5</v></c></row>
            <row r="4"><c r="A4" s="5"><v>46056</v></c><c r="B4" s="1"><v>-1</v></c></row>
            <row r="5"><c r="A5" s="1"><v>1</v></c><c r="B5" s="1"><v>61</v></c></row>
            """;
    assertThat(Reading.cells(file(new Workbooks().styles(styles).sheet(rows))))
        .containsExactly(
            List.of("2026-02-03", "2026-02-03T10:30:00"),
            List.of("10:30:00", "36:00:00"),
            List.of("46056", "-1"),
            List.of("1900-01-01", "1900-03-01"));
    assertThat(
            Reading.cells(file(new Workbooks().dates1904().styles(styles).sheet(rows))).getFirst())
        .containsExactly("2030-02-04", "2030-02-04T10:30:00");
  }

  @Test
  void theFirstVisibleSheetWithContentIsRead() throws IOException {
    TabularFile file =
        file(
            new Workbooks()
                .sheet("Hidden", "state=\"hidden\"", HEADER + HEADER.replace("1\"", "2\""))
                .sheet("Secret", "state=\"veryHidden\"", HEADER)
                .sheet("Empty", "", "<row r=\"1\"><c r=\"A1\" s=\"0\"/></row>")
                .sheet("Products", "", HEADER + "<row r=\"2\"><c r=\"A2\"><v>1</v></c></row>")
                .sheet("Guide", "", HEADER + "<row r=\"2\"><c r=\"A2\"><v>2</v></c></row>"));
    assertThat(file.layout().sheet()).isEqualTo(new Layout.Sheet(4, "Products"));
    assertThat(file.layout().sheets())
        .extracting(Layout.Sheet::name)
        .containsExactly("Empty", "Products", "Guide");
    assertThat(Reading.cells(file)).containsExactly(List.of("1", ""));
    assertThat(Reading.cells(file.withSheet(5))).containsExactly(List.of("2", ""));
    assertThatExceptionOfType(TabularException.class)
        .isThrownBy(() -> file.withSheet(6))
        .withMessageContaining("no sheet 6");
  }

  /// So that a workbook of many sheets is not unpacked whole for the one that is read.
  @Test
  void ofASheetTheFirstRowsAreLookedAtAndTheRestWhenItIsRead() throws IOException {
    String row = "<row><c><v>1</v></c><c><v>2</v></c></row>";
    TabularFile file =
        file(
            new Workbooks()
                .sheet("Archive", "", HEADER + row.repeat(60) + " ".repeat(30_000_000))
                .sheet("Products", "", HEADER + row));
    assertThat(file.layout().sample()).hasSize(50).containsOnly(List.of("1", "2"));
    assertThat(Reading.cells(file.withSheet(2))).containsExactly(List.of("1", "2"));
    assertThatExceptionOfType(TabularException.class)
        .isThrownBy(file::open)
        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(Code.ZIP_BOMB));
  }

  /// Empty rows are passed over, but not without end.
  @Test
  void aSheetThatBeginsWithNothingForLongIsNotLookedThrough() throws IOException {
    String blank = "<row><c/></row>".repeat(1 << 20) + "<!--" + noise(1 << 18) + "-->";
    TabularFile file =
        file(
            new Workbooks()
                .sheet("Blank", "", blank + blank + HEADER + HEADER)
                .sheet("Products", "", HEADER + "<row><c><v>1</v></c></row>"));
    assertThat(file.layout().sheet()).isEqualTo(new Layout.Sheet(2, "Products"));
  }

  /// What cannot be packed.
  private static String noise(int length) {
    return new Random(1)
        .ints(length, 'a', 'z' + 1)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  @Test
  void rowsThatCannotBeReadAreToldAndPassed() throws IOException {
    List<Row> rows =
        Reading.rows(
            file(
                new Workbooks()
                    .sheet(
                        HEADER
                            + """
                            <row r="2"><c r="A2"><f>B2*2</f></c></row>
                            <row r="3"><c r="A3" t="s"><v>2147483647</v></c></row>
                            <row r="4"><c r="ZZZZZZZ4"><v>1</v></c></row>
                            <row r="5"><c r="A5"><v>1</v></c><c r="XFD5"><v>2</v></c></row>
                            <row r="6"><c r="A6"><v>fine</v></c></row>
                            """)));
    assertThat(unreadable(rows.get(0))).startsWith("cell A2 holds a formula without its result");
    assertThat(unreadable(rows.get(1))).startsWith("cell A3 refers to the text 2147483647");
    assertThat(unreadable(rows.get(2))).isEqualTo("row 4 has a cell that calls itself ZZZZZZZ4");
    assertThat(unreadable(rows.get(3)))
        .isEqualTo("row 5 has a value in column 16,384, the header has 2 columns");
    assertThat(rows.get(4)).isEqualTo(new Row.Cells(5, 6, List.of("fine", "")));
  }

  @Test
  void entitiesAreRefused() throws IOException {
    for (String declaration :
        List.of(
            "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>",
            "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY e \"&a;&a;&a;&a;&a;\">]>")) {
      byte[] xml =
          (declaration
                  + "<worksheet><sheetData>"
                  + HEADER
                  + "<row r=\"2\"><c r=\"A2\""
                  + " t=\"inlineStr\"><is><t>&e;</t></is></c></row></sheetData></worksheet>")
              .getBytes(java.nio.charset.StandardCharsets.UTF_8);
      assertThatExceptionOfType(TabularException.class)
          .isThrownBy(() -> file(new Workbooks().sheetXml("Products", "", out -> out.write(xml))))
          .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(Code.UNREADABLE));
    }
  }

  @Test
  void aSheetThatIsCutIsRefused() {
    assertThatExceptionOfType(TabularException.class)
        .isThrownBy(() ->
            file(
                new Workbooks()
                    .sheetXml(
                        "Products",
                        "",
                        out ->
                            out.write(
                                ("<worksheet><sheetData>" + HEADER + "<row r=\"2\"><c r=\"A2\">")
                                    .getBytes(java.nio.charset.StandardCharsets.UTF_8)))))
        .withMessageContaining("damaged")
        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(Code.UNREADABLE));
  }
}

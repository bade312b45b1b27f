package dev.entrepot.onboarding.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.entrepot.onboarding.tabular.TabularException.Code;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rows that break, and the rows behind them.
class CsvRowsTest {
  @TempDir private Path folder;

  private TabularFile file(String text) throws IOException {
    return file(text, Limits.ofSupplier());
  }

  private TabularFile file(String text, Limits limits) throws IOException {
    Path file = folder.resolve("products.csv");
    Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    return TabularFile.inspect(file, "products.csv", limits);
  }

  /// `line: cells` or `line! reason [raw]`.
  private static List<String> told(TabularFile file) {
    List<String> told = new ArrayList<>();
    for (Row row : Reading.rows(file)) {
      told.add(
          switch (row) {
            case Row.Cells cells -> row.line() + ": " + String.join("|", cells.values());
            case Row.Unreadable bad -> row.line() + "! " + bad.reason() + " [" + bad.raw() + "]";
          });
    }
    return told;
  }

  @Test
  void anUnclosedQuoteCostsOnlyItsOwnLine() throws IOException {
    assertThat(told(file("a,b\n1,\"open\n2,x\n3,y\n")))
        .containsExactly(
            "2! the quote opened on line 2, column 2 is never closed; close it, or double it if it is part of the value [1,\"open]",
            "3: 2|x",
            "4: 3|y");
  }

  @Test
  void anUnclosedQuoteThatMeetsTheNextOneCostsOnlyItsOwnLine() throws IOException {
    assertThat(told(file("a,b\r\n1,\"open\r\n2,\"x\"\r\n3,y\r\n")))
        .containsExactly(
            "2! the quoted value on line 2, column 2 is followed by more text; double each quote that is part of the value [1,\"open]",
            "3: 2|x",
            "4: 3|y");
  }

  @Test
  void readingResumesBehindTheLineOnWhichTheGuiltyQuoteStands() throws IOException {
    assertThat(told(file("a,b\n\"one\ntwo\",\"x\" y\n3,z\n")))
        .containsExactly(
            "2! the quoted value on line 3, column 2 is followed by more text; double each quote that is part of the value [\"one\ntwo\",\"x\" y]",
            "4: 3|z");
  }

  @Test
  void aQuoteInsideAnUnquotedValueIsRefused() throws IOException {
    TabularFile file = file("a\tb\n1\t27\" monitor\n2\tx\n");
    assertThat(told(file))
        .containsExactly(
            "2! the value on line 2, column 2 holds a quote but is not quoted; put it in quotes and double each quote in it [1\t27\" monitor]",
            "3: 2|x");
  }

  @Test
  void tooFewValuesAreRefusedAndTooManyUnlessTheyAreEmpty() throws IOException {
    assertThat(told(file("a,b,c\n1,2\n1,2,3,4\n1,2,3,,\n")))
        .containsExactly(
            "2! row 2 has 2 values, the header has 3 columns [1,2]",
            "3! row 3 has 4 values, the header has 3 columns [1,2,3,4]",
            "4: 1|2|3");
  }

  @Test
  void linesOfDelimitersAloneAreNoRows() throws IOException {
    assertThat(told(file("a;b;c\n1;2;3\n;;\n \t; ;\n\n;;;;;\n4;;\n;;\n")))
        .containsExactly("2: 1|2|3", "7: 4||");
    assertThat(told(file("a,b\n1,2\n\"\",\"\"\n3,4\n,,,\n"))).containsExactly("2: 1|2", "4: 3|4");
  }

  @Test
  void theSampleKnowsWhereItsRowsStand() throws IOException {
    Layout layout = file("a,b\n1,2\n\n3\n5,6\n").layout();
    assertThat(layout.sample()).containsExactly(List.of("1", "2"), List.of("5", "6"));
    assertThat(layout.sampleLines()).containsExactly(2L, 5L);
  }

  @Test
  void blankLinesAreNoRowsUnlessThereIsOneColumn() throws IOException {
    assertThat(told(file("\n\na,b\n\n1,2\n\n\n3,4\n\n"))).containsExactly("5: 1|2", "8: 3|4");
    assertThat(told(file("a\n\n1\n"))).containsExactly("2: ", "3: 1");
  }

  @Test
  void lonelyCarriageReturnsEndLines() throws IOException {
    assertThat(told(file("a,b\r1,\"x\ry\"\r2,\"open\r3,z\r4,\"\"\r")))
        .containsExactly(
            "2: 1|x\ry",
            "4! the quote opened on line 4, column 2 is never closed; close it, or double it if it is part of the value [2,\"open]",
            "5: 3|z",
            "6: 4|");
  }

  @Test
  void whitespaceIsKept() throws IOException {
    assertThat(told(file("a,b\n  1 , \u00A0x\t\n"))).containsExactly("2:   1 | \u00A0x\t");
  }

  @Test
  void aValueThatIsTooLongIsRefusedAlone() throws IOException {
    Limits limits = Limits.ofSupplier().withMaxChars(10, 100);
    assertThat(told(file("a,b\n1,12345678901\n2,\"1234567890\"\n", limits)))
        .containsExactly(
            "2! the value in column 2 has more than 10 characters, the most that is allowed [1,12345678901]",
            "3: 2|1234567890");
  }

  @Test
  void anUnclosedQuoteSwallowsNoMoreThanARowMayHave() throws IOException {
    Limits limits = Limits.ofSupplier().withMaxChars(1_000, 20_000);
    StringBuilder text = new StringBuilder("a,b\n1,\"open\n");
    for (int row = 0; row < 9_000; row++) {
      text.append(row).append(",value\n");
    }
    List<Row> rows = Reading.rows(file(text.toString(), limits));
    assertThat(rows).hasSize(9_001);
    assertThat(rows.getFirst()).isInstanceOf(Row.Unreadable.class);
    assertThat(rows.stream().skip(1)).allMatch(Row.Cells.class::isInstance);
    assertThat(rows.getLast().line()).isEqualTo(9_002);
  }

  @Test
  void aLineThatIsFarTooLongIsPassedOver() throws IOException {
    Limits limits = Limits.ofSupplier().withMaxChars(1_000, 5_000);
    for (String ending : List.of("\n", "\r", "\r\n")) {
      String text = "a,b%s1,%s%s2,x%s".formatted(ending, "y".repeat(400_000), ending, ending);
      List<Row> rows = Reading.rows(file(text, limits));
      assertThat(rows).hasSize(2);
      assertThat(rows.getFirst())
          .isInstanceOfSatisfying(
              Row.Unreadable.class,
              row -> {
                assertThat(row.reason()).contains("more than 5,000 characters");
                assertThat(row.raw()).hasSizeLessThanOrEqualTo(32_768);
              });
      assertThat(rows.getLast()).isEqualTo(new Row.Cells(2, 3, List.of("2", "x")));
    }
  }

  @Test
  void aRowOfVeryManyValuesIsRefusedAlone() throws IOException {
    assertThat(Reading.rows(file("a,b\n" + ",x".repeat(50_000) + "\n2,y\n")))
        .satisfiesExactly(
            row ->
                assertThat(row)
                    .isInstanceOfSatisfying(
                        Row.Unreadable.class,
                        bad -> assertThat(bad.reason()).contains("more than 1,000 values")),
            row -> assertThat(row).isEqualTo(new Row.Cells(2, 3, List.of("2", "y"))));
  }

  @Test
  void aNulCharacterIsRefusedWithItsRow() throws IOException {
    assertThat(told(file("a,b\n1,x\u0000y\n2,z\n")))
        .containsExactly(
            "2! the row holds a NUL character, which no text has; remove it [1,x\u0000y]",
            "3: 2|z");
  }

  @Test
  void eachPassBeginsAtTheFirstRow() throws IOException {
    TabularFile file = file("a,b\n1,2\n3,4\n");
    assertThat(told(file)).isEqualTo(told(file));
    try (RowReader reader = file.open()) {
      reader.next();
      reader.next();
      assertThat(reader.next()).isNull();
      assertThat(reader.next()).isNull();
      assertThat(reader.bytesRead()).isEqualTo(reader.totalBytes()).isEqualTo(12);
    }
  }

  @Test
  void moreRowsThanAllowedEndTheReading() throws IOException {
    StringBuilder text = new StringBuilder("a,b\n");
    for (int row = 1; row <= 101; row++) {
      text.append(row).append(",x\n");
    }
    assertThat(Reading.rows(file(text.toString(), Limits.ofSupplier().withMaxRows(101))))
        .hasSize(101);
    TabularFile file = file(text.toString(), Limits.ofSupplier().withMaxRows(100));
    assertThatExceptionOfType(TabularException.class)
        .isThrownBy(() -> Reading.rows(file))
        .satisfies(refusal -> {
          assertThat(refusal.code()).isEqualTo(Code.TOO_MANY_ROWS);
          assertThat(refusal.line()).isEqualTo(102);
          assertThat(refusal).hasMessageContaining("more than 100 rows");
        });
  }

  @Test
  void aFileThatChangesMeanwhileIsNoticed() throws IOException {
    TabularFile file = file("a,b\n1,2\n3,4\n");
    Files.writeString(folder.resolve("products.csv"), "a,b\n1,2\n");
    assertThatExceptionOfType(TabularException.class)
        .isThrownBy(() -> Reading.rows(file))
        .withMessageContaining("changed meanwhile");
  }

  @Test
  void theHeaderIsKeptVerbatimWithoutNamelessColumnsAtItsEnd() throws IOException {
    Layout layout = file(" SKU ,\"Price, net\",,Name,,\n1,2,,4,,\n").layout();
    assertThat(layout.header()).containsExactly(" SKU ", "Price, net", "", "Name");
    assertThat(layout.sample()).containsExactly(List.of("1", "2", "", "4"));
    assertThat(layout.headerLine()).isEqualTo(1);
    assertThat(layout.estimatedRows()).isEqualTo(1);
  }

  @Test
  void twoColumnsOfOneNameAreRefused() throws IOException {
    assertThatExceptionOfType(TabularException.class)
        .isThrownBy(() -> file("sku,name,sku \n1,2,3\n"))
        .withMessage(
            "columns 1 and 3 of the header on line 1 are both called \"sku\"; rename or remove one")
        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(Code.DUPLICATE_HEADER));
  }

  @Test
  void aHeaderThatCannotBeReadIsRefused() throws IOException {
    assertThatExceptionOfType(TabularException.class)
        .isThrownBy(() -> file("a,\"b\n1,2\n"))
        .withMessageContaining("the quote opened on line 1, column 2 is never closed")
        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(Code.NO_HEADER));
    assertThatExceptionOfType(TabularException.class)
        .isThrownBy(() -> file(",,\n1,2,3\n"))
        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(Code.NO_HEADER));
  }

  @Test
  void anExcelSeparatorDirectiveIsFollowed() throws IOException {
    TabularFile file = file("sep=|\r\nname|price, net\r\nx, y|1\r\n");
    assertThat(file.layout().delimiter()).isEqualTo('|');
    assertThat(file.layout().headerLine()).isEqualTo(2);
    assertThat(told(file)).containsExactly("3: x, y|1");
  }
}

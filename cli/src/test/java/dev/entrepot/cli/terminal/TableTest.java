package dev.entrepot.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.cli.terminal.Table.Column;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
  private final Table table =
      new Table(Column.text("VENDOR"), Column.text("FILE"), Column.number("ROWS"))
          .row("NORDIC", "spring collection, second part.csv", "1,204")
          .row("LOOM", "a.csv", "7");

  @Test
  void columnsAreAligned() {
    assertThat(table.lines(100))
        .containsExactly(
            "VENDOR  FILE                                 ROWS",
            "NORDIC  spring collection, second part.csv  1,204",
            "LOOM    a.csv                                   7");
  }

  @Test
  void theWidestTextColumnGivesWayAndNumbersStayWhole() {
    assertThat(table.lines(32))
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(32))
        .contains("NORDIC  spring collectio…  1,204");
  }

  @Test
  void whatIsOfUseAsAWholeOnlyGivesWayLast() {
    Table runs =
        new Table(Column.whole("RUN"), Column.text("CLIENT"))
            .row("019a9f00-0000", "a client with a long name");
    assertThat(runs.lines(30)).contains("019a9f00-0000  a client with …");
    assertThat(runs.lines(20)).contains("019a9f00-…  a clien…");
  }

  @Test
  void aCellNeverMovesTheCursor() {
    Table hostile = new Table(Column.text("NAME")).row("\u001b[2Jgone\nx\u202eevil");
    assertThat(hostile.lines(80)).containsExactly("NAME", " [2Jgone x evil");
  }

  @Test
  void cutsBetweenCharactersNotInsideThem() {
    assertThat(new Table(Column.text("N")).row("😀😀😀😀😀😀😀😀😀😀").lines(8))
        .containsExactly("N", "😀😀😀😀😀😀😀…");
  }

  @Test
  void whatIsTooLongForAColumnStandsBelowItsRow() {
    Table calls =
        new Table(Column.text("CALL"), Column.number("STATUS"))
            .row(List.of("read", "200"), List.of("GET https://siesa.example.com/a", ""))
            .row(
                List.of("read", "502"),
                List.of("one two three four five six seven eight nine ten"));
    assertThat(calls.lines(16))
        .containsExactly(
            "CALL  STATUS",
            "read     200",
            "  GET https://si",
            "  esa.example.co",
            "  m/a",
            "read     502",
            "  one two three",
            "  four five six",
            "  seven eight",
            "  nine ten");
    assertThat(calls.lines(Integer.MAX_VALUE)).contains("  GET https://siesa.example.com/a");
  }

  @Test
  void whatStandsBelowIsCutAfterAFewLines() {
    Table table = new Table(Column.text("A")).row(List.of("a"), List.of("word ".repeat(100)));
    assertThat(table.lines(24)).hasSize(6).last().isEqualTo("  word word word word…");
    assertThat(table.lines(24)).allSatisfy(line -> assertThat(line.length()).isLessThan(25));
  }

  @Test
  void aRowFillsEveryColumn() {
    assertThatThrownBy(() -> table.row("only one")).hasMessage("1 values do not fill 3 columns");
  }
}

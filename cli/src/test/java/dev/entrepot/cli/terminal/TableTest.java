package dev.entrepot.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.cli.terminal.Table.Column;
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
  void aRowFillsEveryColumn() {
    assertThatThrownBy(() -> table.row("only one")).hasMessage("1 values do not fill 3 columns");
  }
}

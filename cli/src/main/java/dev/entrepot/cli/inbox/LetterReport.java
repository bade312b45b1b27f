package dev.entrepot.cli.inbox;

import dev.entrepot.cli.session.Values;
import dev.entrepot.cli.terminal.Table;
import dev.entrepot.cli.terminal.Table.Column;
import tools.jackson.databind.JsonNode;

/// What people read of dead letters.
final class LetterReport {
  private LetterReport() {}

  static Table table(JsonNode letters) {
    Table table =
        new Table(
            Column.number("NUMBER"),
            Column.text("GIVEN UP"),
            Column.text("CONNECTION"),
            Column.text("TOPIC"),
            Column.text("KEY"),
            Column.text("HANDLER"),
            Column.text("STATE"),
            Column.text("WHY"));
    for (JsonNode letter : letters) {
      table.row(
          Values.text(letter, "id"),
          Values.time(letter, "died_at"),
          Values.text(letter, "connection"),
          Values.text(letter, "topic"),
          Values.text(letter, "key"),
          Values.text(letter, "handler"),
          Values.text(letter, "state"),
          why(letter));
    }
    return table;
  }

  static String why(JsonNode letter) {
    return Values.text(letter, "code") + ": " + Values.text(letter, "reason");
  }
}

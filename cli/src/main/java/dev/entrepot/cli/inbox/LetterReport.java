package dev.entrepot.cli.inbox;

import dev.entrepot.cli.session.Listing;
import dev.entrepot.cli.session.Values;
import tools.jackson.databind.JsonNode;

/// What people read of dead letters.
final class LetterReport {
  private LetterReport() {}

  static Listing listing() {
    return new Listing()
        .number("NUMBER", letter -> Values.text(letter, "id"))
        .time("GIVEN UP", "died_at")
        .text("CONNECTION", "connection")
        .text("TOPIC", "topic")
        .text("KEY", "key")
        .text("HANDLER", "handler")
        .text("STATE", "state")
        .text("WHY", LetterReport::why);
  }

  static String why(JsonNode letter) {
    return Values.text(letter, "code") + ": " + Values.text(letter, "reason");
  }
}

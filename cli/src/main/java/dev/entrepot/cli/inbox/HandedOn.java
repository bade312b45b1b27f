package dev.entrepot.cli.inbox;

import dev.entrepot.cli.session.Values;
import tools.jackson.databind.JsonNode;

/// What events and dead letters are about now: as they were mended last, else as they came.
final class HandedOn {
  private HandedOn() {}

  /// @param field `topic` or `key`
  static String of(JsonNode event, String field) {
    JsonNode mended = event.path("handed_on_as");
    return Values.text(mended.isObject() ? mended : event, field);
  }
}

package dev.entrepot.cli.inbox;

import dev.entrepot.cli.session.Listing;
import dev.entrepot.cli.session.Values;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// What people read of dead letters.
final class LetterReport {
  private LetterReport() {}

  static Listing listing() {
    return new Listing()
        .number("NUMBER", letter -> Values.text(letter, "id"))
        .time("GIVEN UP", "died_at")
        .text("TENANT", "tenant")
        .text("CONNECTION", "connection")
        .text("TOPIC", letter -> HandedOn.of(letter, "topic"))
        .text("KEY", letter -> HandedOn.of(letter, "key"))
        .text("HANDLER", "handler")
        .text("STATE", "state")
        .text("WHY", LetterReport::why);
  }

  /// Of a group of them.
  static String tenants(JsonNode group) {
    List<String> tenants = new ArrayList<>();
    group.path("tenants").forEach(tenant -> tenants.add(tenant.asString()));
    return String.join(", ", tenants);
  }

  static String why(JsonNode letter) {
    return Values.text(letter, "code") + ": " + Values.text(letter, "reason");
  }
}

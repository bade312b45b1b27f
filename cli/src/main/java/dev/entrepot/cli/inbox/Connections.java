package dev.entrepot.cli.inbox;

import dev.entrepot.cli.api.Api;
import dev.entrepot.cli.api.Query;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Connections as the API has them.
final class Connections {
  private static final List<String> CHANGEABLE =
      List.of(
          "tenant",
          "kind",
          "title",
          "settings",
          "state",
          "most_body_bytes",
          "dead_letters",
          "version");

  private Connections() {}

  static Query one(String name) {
    return Query.of("/inbox/connections").segment(name);
  }

  /// Changes a connection; fails when somebody else changes it at the same time.
  static JsonNode change(Api api, String name, Consumer<ObjectNode> edit) {
    JsonNode present = api.get(one(name));
    ObjectNode wanted = Api.object();
    CHANGEABLE.forEach(field -> wanted.set(field, present.path(field)));
    edit.accept(wanted);
    return api.put(one(name), wanted);
  }
}

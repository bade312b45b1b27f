package dev.entrepot.cli.inbox;

import dev.entrepot.cli.api.Api;
import dev.entrepot.cli.api.Query;
import dev.entrepot.cli.api.Resource;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Connections as the API has them.
final class Connections {
  private static final Resource RESOURCE =
      new Resource(
          List.of(
              "tenant",
              "kind",
              "title",
              "settings",
              "state",
              "most_body_bytes",
              "dead_letters",
              "version"));

  private Connections() {}

  static Query one(String name) {
    return Query.of("/inbox/connections").segment(name);
  }

  /// Changes a connection; fails when somebody else changes it at the same time.
  static JsonNode change(Api api, String name, Consumer<ObjectNode> edit) {
    return RESOURCE.change(api, one(name), edit);
  }
}

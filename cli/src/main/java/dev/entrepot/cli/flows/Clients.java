package dev.entrepot.cli.flows;

import dev.entrepot.cli.api.Api;
import dev.entrepot.cli.api.Query;
import dev.entrepot.cli.session.Values;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Clients as the API has them.
final class Clients {
  private Clients() {}

  static Query one(String id) {
    return Query.of("/flows/clients").segment(id);
  }

  /// Changes a client; fails when somebody else changes it at the same time.
  static JsonNode change(Api api, String id, Consumer<ObjectNode> edit) {
    JsonNode present = api.get(one(id));
    ObjectNode config = (ObjectNode) present.path("config").deepCopy();
    edit.accept(config);
    ObjectNode wanted = Api.object();
    wanted.set("config", config);
    wanted.put("revision", Values.number(present, "revision"));
    return api.put(one(id), wanted);
  }
}

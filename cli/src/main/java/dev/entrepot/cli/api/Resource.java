package dev.entrepot.cli.api;

import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What things of one sort consist of in requests that change them: such a request holds all of it.
///
/// @param fields those that are sent, in the API's spelling; absent ones as null
public record Resource(List<String> fields) {
  public Resource {
    fields = List.copyOf(fields);
  }

  /// Changes a thing: reads it, edits what was read, and puts it back.
  ///
  /// @param one the thing's address
  /// @throws ApiException CONFLICT when somebody else changed it in between
  public JsonNode change(Api api, Query one, Consumer<ObjectNode> edit) {
    JsonNode present = api.get(one);
    ObjectNode wanted = Api.object();
    fields.forEach(field -> wanted.set(field, present.path(field)));
    edit.accept(wanted);
    return api.put(one, wanted);
  }
}

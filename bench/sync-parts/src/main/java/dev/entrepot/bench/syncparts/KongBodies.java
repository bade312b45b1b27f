package dev.entrepot.bench.syncparts;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The bodies of Kong's bulk calls and their answers. Safe for use by many threads.
public final class KongBodies {
  /// How many a call takes at most.
  public static final int LIMIT = 100;

  private final JsonMapper json;

  public KongBodies(JsonMapper json) {
    this.json = json;
  }

  /// Of `POST /products/bulk`.
  public byte[] products(List<Item> items) {
    StringBuilder body = new StringBuilder("{\"products\":[");
    for (Item item : items) {
      body.append(body.charAt(body.length() - 1) == '[' ? "" : ",").append(item.body());
    }
    return body.append("]}").toString().getBytes(StandardCharsets.UTF_8);
  }

  /// Of `POST /rfid/tags`.
  public byte[] tags(List<TagItem> tags) {
    ObjectNode body = json.createObjectNode();
    var list = body.putArray("tags");
    for (TagItem tag : tags) {
      list.addObject().put("tag_id", tag.tag()).put("product_id", tag.key());
    }
    return json.writeValueAsBytes(body);
  }

  /// Why items were rejected, by their keys; an item that is not told of was rejected, too.
  ///
  /// @param keys of the items of the call
  public Map<String, String> rejections(List<String> keys, byte[] answer) {
    Map<String, String> rejections = new HashMap<>();
    keys.forEach(key -> rejections.put(key, "the answer does not tell of it"));
    for (JsonNode result : json.readTree(answer).path("results")) {
      String key = result.path("product_id").asString("");
      if (result.path("status").asString("").equals("rejected")) {
        rejections.put(key, result.path("error").path("message").asString("rejected"));
      } else {
        rejections.remove(key);
      }
    }
    return rejections;
  }
}

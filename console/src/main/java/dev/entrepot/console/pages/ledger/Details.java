package dev.entrepot.console.pages.ledger;

import dev.entrepot.console.pages.shell.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What activities tell, written for people.
final class Details {
  private static final int LONGEST = 120;

  private Details() {}

  /// `vendor.rotate_webhook_secret` as `Vendor: rotate webhook secret`.
  static String deed(String action) {
    int dot = action.indexOf('.');
    if (dot < 0) {
      return Words.of(action);
    }
    String verb = action.substring(dot + 1).replace('_', ' ');
    return Words.of(action.substring(0, dot)) + ": " + verb;
  }

  /// A JSON object as `name: value` pairs; a change as `name: before → after`.
  static String text(String json) {
    JsonNode details;
    try {
      details = JsonMapper.shared().readTree(json);
    } catch (JacksonException e) {
      return json;
    }
    List<String> said = new ArrayList<>();
    for (Map.Entry<String, JsonNode> detail : details.properties()) {
      said.add(name(detail.getKey()) + ": " + value(detail.getValue()));
    }
    return String.join(", ", said);
  }

  /// `fileRows` as `file rows`.
  private static String name(String key) {
    return key.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
  }

  private static String value(JsonNode value) {
    if (value.isObject() && value.has("from") && value.has("to")) {
      return shown(value.get("from")) + " → " + shown(value.get("to"));
    }
    return shown(value);
  }

  private static String shown(JsonNode value) {
    String text = value.isString() ? value.stringValue() : value.toString();
    if (text.isEmpty()) {
      return "–";
    }
    return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
  }
}

package dev.entrepot.inbox.lanes;

import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// What handlers did, as JSON in the store.
final class CodesJson {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final TypeReference<TreeMap<String, String>> TEXTS = new TypeReference<>() {};

  private CodesJson() {}

  /// One character per handler.
  static String write(Map<String, Character> codes) {
    return JSON.writeValueAsString(new TreeMap<>(codes));
  }

  static Map<String, Character> read(String json) {
    Map<String, Character> codes = new TreeMap<>();
    JSON.readValue(json, TEXTS).forEach((handler, code) -> codes.put(handler, code.charAt(0)));
    return codes;
  }

  /// A vector per handler.
  static String writeVectors(Map<String, String> vectors) {
    return JSON.writeValueAsString(new TreeMap<>(vectors));
  }

  static Map<String, String> readVectors(String json) {
    return JSON.readValue(json, TEXTS);
  }
}

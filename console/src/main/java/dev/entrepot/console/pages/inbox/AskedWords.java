package dev.entrepot.console.pages.inbox;

import dev.entrepot.console.pages.shell.Words;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a replay was asked for, in words for people.
final class AskedWords {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private AskedWords() {}

  /// @param asked as it is kept: a JSON object
  static String of(String asked) {
    List<String> words = new ArrayList<>();
    for (var wish : JSON.readTree(asked).properties()) {
      words.add(Words.of(wish.getKey()) + ": " + value(wish.getValue()));
    }
    return String.join("; ", words);
  }

  private static String value(JsonNode value) {
    if (value.isArray()) {
      List<String> some = new ArrayList<>();
      value.forEach(one -> some.add(one.asString()));
      return String.join(", ", some);
    }
    return value.asString();
  }
}

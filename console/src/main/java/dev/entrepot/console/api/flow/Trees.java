package dev.entrepot.console.api.flow;

import dev.entrepot.console.server.ProblemException;
import dev.entrepot.flow.config.ConfigProblems;
import dev.entrepot.flow.config.ConfigTree;
import dev.entrepot.spi.record.Fields;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Configuration and records as requests carry them.
final class Trees {
  private Trees() {}

  /// A JSON value.
  static ConfigTree of(JsonNode node, String what) {
    return of(node.toString(), what);
  }

  /// A text in YAML or JSON.
  static ConfigTree of(String text, String what) {
    var problems = new ConfigProblems();
    ConfigTree tree = ConfigTree.read(text, problems);
    problems.requireNone(what);
    return tree;
  }

  /// A value, or the text that holds it; one of them.
  ///
  /// @throws ProblemException INVALID when there are both or none
  static ConfigTree either(@Nullable JsonNode node, @Nullable String text, String name) {
    boolean hasNode = node != null && !node.isNull();
    if (hasNode == (text != null)) {
      throw ProblemException.invalid(
          name, "give %s as JSON, or its YAML in text; one of the two".formatted(name));
    }
    return text == null && node != null
        ? of(node, "the " + name)
        : of(String.valueOf(text), "the " + name);
  }

  /// A record.
  ///
  /// @throws ProblemException INVALID when it is no JSON object
  static Fields record(JsonNode node) {
    if (!(of(node, "the record").value() instanceof Map<?, ?> values)) {
      throw ProblemException.invalid("records", "a record is a JSON object of names and values");
    }
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    values.forEach((name, value) -> fields.put(String.valueOf(name), value));
    return new Fields(fields);
  }
}

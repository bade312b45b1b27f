package dev.entrepot.onboarding.uploads;

import dev.entrepot.onboarding.mapping.Field;
import dev.entrepot.onboarding.rules.Problem;
import dev.entrepot.storage.StorableText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Problems as they are kept with a dead letter.
final class ProblemJson {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private ProblemJson() {}

  static String write(List<Problem> problems) {
    List<Map<String, String>> entries = new ArrayList<>(problems.size());
    for (Problem problem : problems) {
      Map<String, String> entry = new LinkedHashMap<>();
      entry.put("code", problem.code());
      Field field = problem.field();
      put(entry, "field", field == null ? null : field.column());
      entry.put("message", StorableText.repair(problem.message()));
      put(entry, "value", problem.value());
      put(entry, "suggestion", problem.suggestion());
      entries.add(entry);
    }
    return JSON.writeValueAsString(entries);
  }

  private static void put(Map<String, String> entry, String name, @Nullable String value) {
    if (value != null) {
      entry.put(name, StorableText.repair(value));
    }
  }

  static List<Problem> read(String json) {
    List<Problem> problems = new ArrayList<>();
    for (JsonNode entry : JSON.readTree(json)) {
      String field = text(entry, "field");
      problems.add(
          new Problem(
              entry.path("code").asString(),
              field == null ? null : Field.ofColumn(field).orElse(null),
              entry.path("message").asString(),
              text(entry, "value"),
              text(entry, "suggestion")));
    }
    return List.copyOf(problems);
  }

  private static @Nullable String text(JsonNode entry, String name) {
    JsonNode value = entry.get(name);
    return value == null || value.isNull() ? null : value.asString();
  }
}

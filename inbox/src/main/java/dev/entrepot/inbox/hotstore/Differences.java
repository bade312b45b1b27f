package dev.entrepot.inbox.hotstore;

import dev.entrepot.inbox.hotstore.Foreseen.Difference;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/// What differs between two documents, field by field.
final class Differences {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();
  private static final int LONGEST_VALUE = 200;
  private static final int DEEPEST = 20;

  private final List<Difference> found = new ArrayList<>();

  private Differences() {}

  /// @return nothing when there is no document before or after
  static List<Difference> of(Fold.Step step) {
    Head before = step.before();
    String from = before == null ? null : before.document();
    String to = step.after().document();
    return step.effect() == Effect.UPDATED && from != null && to != null
        ? between(from, to)
        : List.of();
  }

  /// Documents that are no JSON differ as a whole.
  static List<Difference> between(String from, String to) {
    if (from.equals(to)) {
      return List.of();
    }
    Differences differences = new Differences();
    try {
      differences.compare("", JSON.readTree(from), JSON.readTree(to), 0);
    } catch (JacksonException e) {
      return List.of(new Difference("", cut(from), cut(to)));
    }
    return differences.found;
  }

  private void compare(String path, @Nullable JsonNode from, @Nullable JsonNode to, int depth) {
    if (found.size() >= Foreseen.MOST_DIFFERENCES || (from != null && from.equals(to))) {
      return;
    }
    if (from != null && to != null && depth < DEEPEST) {
      if (from.isObject() && to.isObject()) {
        Set<String> names = new LinkedHashSet<>(from.propertyNames());
        names.addAll(to.propertyNames());
        for (String name : names) {
          String member = path.isEmpty() ? name : path + "." + name;
          compare(member, from.get(name), to.get(name), depth + 1);
        }
        return;
      }
      if (from.isArray() && to.isArray()) {
        for (int i = 0; i < Math.max(from.size(), to.size()); i++) {
          compare(path + "[" + i + "]", from.get(i), to.get(i), depth + 1);
        }
        return;
      }
    }
    found.add(new Difference(path, text(from), text(to)));
  }

  private static @Nullable String text(@Nullable JsonNode node) {
    return node == null ? null : cut(node.toString());
  }

  private static String cut(String text) {
    return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "…";
  }
}

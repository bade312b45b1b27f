package dev.entrepot.cli.session;

import dev.entrepot.cli.terminal.Table;
import dev.entrepot.cli.terminal.Wrapped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// An answer for people: each field on a line of its own, and what is within a field below it,
/// further in. Long values go on in the next line.
final class Fields {
  private static final int INDENT = 2;
  private static final int WIDEST_NAMES = 30;
  private static final int NARROWEST_VALUES = 20;

  private final int width;
  private final List<String> lines = new ArrayList<>();

  private Fields(int width) {
    this.width = width;
  }

  /// @param width how wide a line may be
  static List<String> lines(JsonNode answer, int width) {
    Fields fields = new Fields(width);
    fields.object(answer, 0);
    return fields.lines;
  }

  private void object(JsonNode object, int indent) {
    int names =
        object.properties().stream()
            .filter(field -> isLine(field.getValue()))
            .mapToInt(field -> field.getKey().length())
            .filter(length -> length <= WIDEST_NAMES)
            .max()
            .orElse(0);
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      String name = Table.printable(field.getKey().replace('_', ' '));
      JsonNode value = field.getValue();
      if (isLine(value)) {
        line(name, names, text(value), indent);
      } else {
        lines.add(" ".repeat(indent) + name);
        if (value.isArray()) {
          items(value, indent + INDENT);
        } else {
          object(value, indent + INDENT);
        }
      }
    }
  }

  /// Each item begins with a dash.
  private void items(JsonNode array, int indent) {
    for (JsonNode item : array) {
      int first = lines.size();
      if (isLine(item)) {
        line("", 0, text(item), indent);
      } else if (item.isArray()) {
        items(item, indent + INDENT);
      } else {
        object(item, indent + INDENT);
      }
      String line = lines.get(first);
      String rest = line.substring(Math.min(line.length(), indent + INDENT));
      lines.set(first, " ".repeat(indent) + "- " + rest);
    }
  }

  private void line(String name, int names, String value, int indent) {
    int before = indent + Math.max(names, name.length()) + INDENT;
    String start = " ".repeat(indent) + name;
    for (String part : Wrapped.lines(value, Math.max(NARROWEST_VALUES, width - before))) {
      lines.add((start + " ".repeat(before - start.length()) + part).stripTrailing());
      start = "";
    }
  }

  /// Whether it has nothing within it that wants lines of its own.
  private static boolean isLine(JsonNode value) {
    return value.isArray()
        ? value.valueStream().noneMatch(JsonNode::isContainer)
        : !value.isObject() || value.isEmpty();
  }

  private static String text(JsonNode value) {
    return Table.printable(
        value.isArray()
            ? String.join(", ", value.valueStream().map(Values::shown).toList())
            : value.isObject() ? "" : Values.shown(value));
  }
}

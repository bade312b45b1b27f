package dev.entrepot.connectors.webhook;

import dev.entrepot.spi.event.Body;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// The body of a sample, with values where a connection's settings say that they stand.
final class SampleBody {
  private final Map<String, Object> members = new LinkedHashMap<>();

  /// Puts a text where a setting says, when that is in the body.
  void put(Map<String, String> values, String setting, String text) {
    if (Place.parse(values.getOrDefault(setting, "")) instanceof Place.Pointer(String at, _)) {
      put(at, text);
    }
  }

  /// @param pointer a JSON Pointer; what stands in its way gives way
  void put(String pointer, String text) {
    String[] names = pointer.substring(1).split("/", -1);
    Map<String, Object> within = members;
    for (int i = 0; i < names.length - 1; i++) {
      within = inner(within, plain(names[i]));
    }
    within.put(plain(names[names.length - 1]), text);
  }

  private static Map<String, Object> inner(Map<String, Object> within, String name) {
    if (within.get(name) instanceof Members there) {
      return there.all();
    }
    Members made = new Members(new LinkedHashMap<>());
    within.put(name, made);
    return made.all();
  }

  private static String plain(String name) {
    return name.replace("~1", "/").replace("~0", "~");
  }

  Body body() {
    return Body.of(new Members(members).json());
  }

  private record Members(Map<String, Object> all) {
    String json() {
      return all.entrySet().stream()
          .map(member -> quoted(member.getKey()) + ":" + json(member.getValue()))
          .collect(Collectors.joining(",", "{", "}"));
    }

    private static String json(Object value) {
      return value instanceof Members inner ? inner.json() : quoted(String.valueOf(value));
    }

    private static String quoted(String text) {
      StringBuilder quoted = new StringBuilder("\"");
      text.codePoints()
          .forEach(c -> {
            if (c == '"' || c == '\\') {
              quoted.append('\\').appendCodePoint(c);
            } else if (c < ' ') {
              quoted.append("\\u%04x".formatted(c));
            } else {
              quoted.appendCodePoint(c);
            }
          });
      return quoted.append('"').toString();
    }
  }
}

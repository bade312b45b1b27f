package dev.entrepot.flow.clients;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Values as DynamoDB types them: `{"S": "acme"}`, `{"N": "12"}`, `{"BOOL": true}`, `{"NULL":
/// true}`, `{"M": {…}}`, `{"L": […]}`, `{"SS": […]}`.
final class DynamoValues {
  private static final Set<String> TYPES = Set.of("S", "N", "BOOL", "NULL", "M", "L", "SS", "NS");

  private DynamoValues() {}

  /// An object without types; one that has none stays as it is.
  static @Nullable Object plain(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> map when typed(map) -> untyped(map);
      case Map<?, ?> map -> {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        map.forEach((name, one) -> plain.put((String) name, plain(one)));
        yield plain;
      }
      case List<?> list -> {
        List<@Nullable Object> plain = new ArrayList<>();
        list.forEach(one -> plain.add(plain(one)));
        yield plain;
      }
      case null, default -> value;
    };
  }

  private static boolean typed(Map<?, ?> map) {
    return map.size() == 1 && TYPES.contains((String) map.keySet().iterator().next());
  }

  private static @Nullable Object untyped(Map<?, ?> map) {
    Map.Entry<?, ?> entry = map.entrySet().iterator().next();
    Object value = entry.getValue();
    return switch ((String) entry.getKey()) {
      case "NULL" -> null;
      case "N" -> number(value);
      default -> plain(value);
    };
  }

  private static @Nullable Object number(@Nullable Object value) {
    if (!(value instanceof String text)) {
      return value;
    }
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      return text;
    }
  }
}

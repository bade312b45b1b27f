package dev.entrepot.flow.runs;

import dev.entrepot.spi.record.Fields;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// Fields as JSON text and back, and how two of them differ. Numbers stay exact; that 1 and 1.0 are
/// written differently is no difference, nor is the order of fields.
final class Content {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final int LONGEST_PLAIN = 100;
  private static final int FIELDS_EXPECTED = 8;
  private static final int SHORTEST_LARGE = 19;

  private Content() {}

  static String text(Fields fields) {
    StringBuilder text = new StringBuilder(256);
    write(text, fields.values());
    return text.toString();
  }

  /// Any value that fields may hold.
  static void write(StringBuilder text, @Nullable Object value) {
    switch (value) {
      case null -> text.append("null");
      case String string -> quote(text, string);
      case BigDecimal number -> number(text, number);
      case Map<?, ?> map -> {
        char separator = '{';
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          text.append(separator);
          quote(text, (String) entry.getKey());
          text.append(':');
          write(text, entry.getValue());
          separator = ',';
        }
        text.append(separator == '{' ? "{}" : "}");
      }
      case List<?> list -> {
        char separator = '[';
        for (Object element : list) {
          text.append(separator);
          write(text, element);
          separator = ',';
        }
        text.append(separator == '[' ? "[]" : "]");
      }
      default -> text.append(value);
    }
  }

  private static void number(StringBuilder text, BigDecimal number) {
    boolean plain = Math.abs((long) number.scale()) < LONGEST_PLAIN;
    text.append(plain ? number.toPlainString() : number.toString());
  }

  static void quote(StringBuilder text, String string) {
    text.append('"');
    int plain = plain(string);
    text.append(string, 0, plain);
    for (int i = plain; i < string.length(); i++) {
      char c = string.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (c < 0x20 || (Character.isSurrogate(c) && !paired(string, i))) {
        text.append("\\u").append(hex(c >> 12)).append(hex(c >> 8)).append(hex(c >> 4));
        text.append(hex(c));
      } else {
        text.append(c);
      }
    }
    text.append('"');
  }

  /// How many characters it begins with that are written as they are.
  private static int plain(String string) {
    int i = 0;
    while (i < string.length() && plain(string.charAt(i))) {
      i++;
    }
    return i;
  }

  private static boolean plain(char c) {
    return c >= 0x20 && c != '"' && c != '\\' && !Character.isSurrogate(c);
  }

  private static boolean paired(String string, int index) {
    char c = string.charAt(index);
    return Character.isHighSurrogate(c)
        ? index + 1 < string.length() && Character.isLowSurrogate(string.charAt(index + 1))
        : index > 0 && Character.isHighSurrogate(string.charAt(index - 1));
  }

  private static char hex(int bits) {
    return Character.forDigit(bits & 0xf, 16);
  }

  /// What [#text] wrote.
  static Fields fields(String text) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalStateException("the content of a record is no JSON object");
      }
      return object(parser);
    }
  }

  private static Fields object(JsonParser parser) {
    Fields.Builder fields = Fields.builder(FIELDS_EXPECTED);
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      parser.nextToken();
      fields.put(name, value(parser));
    }
    return fields.build();
  }

  private static @Nullable Object value(JsonParser parser) {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser).values();
      case START_ARRAY -> {
        List<@Nullable Object> values = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          values.add(value(parser));
        }
        yield values;
      }
      case VALUE_STRING -> parser.getString();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NUMBER_INT -> whole(parser.getString());
      case VALUE_NUMBER_FLOAT -> new BigDecimal(parser.getString());
      default -> null;
    };
  }

  private static Object whole(String digits) {
    if (digits.length() < SHORTEST_LARGE) {
      return Long.valueOf(digits);
    }
    BigInteger number = new BigInteger(digits);
    return number.bitLength() < Long.SIZE ? (Object) number.longValue() : new BigDecimal(number);
  }

  /// The names of the fields that differ; an absent one is as one that is null.
  static Set<String> differing(Fields before, Fields after) {
    Set<String> names = new LinkedHashSet<>();
    after
        .values()
        .forEach((name, value) -> {
          if (!same(before.value(name), value)) {
            names.add(name);
          }
        });
    before
        .values()
        .forEach((name, value) -> {
          if (value != null && !after.values().containsKey(name)) {
            names.add(name);
          }
        });
    return names;
  }

  /// Whether something holds all that was asked for, and perhaps more.
  static boolean holds(Fields found, Fields asked) {
    return asked.values().entrySet().stream()
        .allMatch(field -> same(found.value(field.getKey()), field.getValue()));
  }

  static boolean same(@Nullable Object one, @Nullable Object other) {
    if (one instanceof Number && other instanceof Number) {
      return decimal(one).compareTo(decimal(other)) == 0;
    }
    if (one instanceof List<?> list && other instanceof List<?> others) {
      if (list.size() != others.size()) {
        return false;
      }
      for (int i = 0; i < list.size(); i++) {
        if (!same(list.get(i), others.get(i))) {
          return false;
        }
      }
      return true;
    }
    if (one instanceof Map<?, ?> map && other instanceof Map<?, ?> others) {
      return map.keySet().equals(others.keySet())
          && map.entrySet().stream().allMatch(e -> same(e.getValue(), others.get(e.getKey())));
    }
    return Objects.equals(one, other);
  }

  private static BigDecimal decimal(Object number) {
    return number instanceof BigDecimal decimal ? decimal : BigDecimal.valueOf((Long) number);
  }
}

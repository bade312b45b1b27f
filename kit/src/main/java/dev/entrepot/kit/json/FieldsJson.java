package dev.entrepot.kit.json;

import static java.nio.charset.StandardCharsets.UTF_16BE;

import dev.entrepot.spi.event.Body;
import dev.entrepot.spi.event.EventException;
import dev.entrepot.spi.event.EventException.Code;
import dev.entrepot.spi.record.Fields;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Records as JSON, both ways, without a tree in between. Safe for use by many threads.
///
/// Numbers are exact: whole ones that fit are `Long`, all others `BigDecimal` with the digits they
/// were written with. One of more than 1,000 digits, or as many powers of ten, is given as text as
/// it was written, since computing with it could take for ever; it is the record's own oddity. A
/// name that occurs twice counts as it stood first.
public final class FieldsJson {
  private static final int LONGEST_NUMBER = 1_000;
  private static final int FIELDS_EXPECTED = 12;

  private FieldsJson() {}

  /// The whole body as one object.
  ///
  /// @throws EventException MALFORMED with line and column; MISSING_FIELD when it is no object
  public static Fields read(Body body) {
    try (JsonParser parser = Json.parser(body.bytes())) {
      try {
        JsonToken first = parser.nextToken();
        if (first == null) {
          throw Json.malformed("the body is empty", 1, 1, null);
        }
        if (first != JsonToken.START_OBJECT) {
          throw new EventException(Code.MISSING_FIELD, "the body is no JSON object");
        }
        Fields values = object(parser);
        if (parser.nextToken() != null) {
          throw Json.malformed("something follows the end of the document", parser, null);
        }
        return values;
      } catch (JacksonException e) {
        throw Json.malformed(String.valueOf(e.getOriginalMessage()), parser, e);
      }
    }
  }

  /// One object, in UTF-8, without blanks.
  public static Body write(Fields fields) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(1_024);
    try (JsonGenerator generator = Json.generator(out)) {
      write(generator, fields.values());
    }
    return Body.of(out.toByteArray());
  }

  /// An object with one member, a list of objects: what bulk calls carry.
  public static Body write(String name, List<Fields> list) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(256 * (list.size() + 1));
    try (JsonGenerator generator = Json.generator(out)) {
      generator.writeStartObject();
      generator.writeName(name);
      generator.writeStartArray();
      for (Fields fields : list) {
        write(generator, fields.values());
      }
      generator.writeEndArray();
      generator.writeEndObject();
    }
    return Body.of(out.toByteArray());
  }

  private static Fields object(JsonParser parser) {
    Fields.Builder fields = Fields.builder(FIELDS_EXPECTED);
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      parser.nextToken();
      fields.putIfAbsent(name, value(parser));
    }
    return fields.build();
  }

  private static List<@Nullable Object> array(JsonParser parser) {
    List<@Nullable Object> values = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      values.add(value(parser));
    }
    return values;
  }

  private static @Nullable Object value(JsonParser parser) {
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> object(parser).values();
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> parser.getString();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser);
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      case NOT_AVAILABLE, END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT ->
          throw new IllegalStateException("no value begins with " + token);
    };
  }

  private static Object number(JsonParser parser) {
    if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT && parser.getStringLength() < 19) {
      return parser.getLongValue();
    }
    String literal = parser.getString();
    if (literal.length() > LONGEST_NUMBER) {
      return literal;
    }
    try {
      BigDecimal number = new BigDecimal(literal);
      if (Math.abs((long) number.scale()) > LONGEST_NUMBER) {
        return literal;
      }
      return number.scale() == 0 && number.unscaledValue().bitLength() < Long.SIZE
          ? (Object) number.longValueExact()
          : number;
    } catch (NumberFormatException e) {
      // An exponent beyond all numbers.
      return literal;
    }
  }

  private static void write(JsonGenerator generator, Map<?, ?> values) {
    generator.writeStartObject();
    values.forEach((name, value) -> {
      generator.writeName(whole((String) name));
      write(generator, value);
    });
    generator.writeEndObject();
  }

  /// Halves of characters cannot be written in UTF-8; the replacement character stands for them.
  private static String whole(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return new String(text.getBytes(UTF_16BE), UTF_16BE);
      }
    }
    return text;
  }

  private static void write(JsonGenerator generator, @Nullable Object value) {
    switch (value) {
      case null -> generator.writeNull();
      case String text -> generator.writeString(whole(text));
      case Boolean truth -> generator.writeBoolean(truth);
      case Long number -> generator.writeNumber(number);
      case BigDecimal number -> generator.writeNumber(number.toString());
      case Map<?, ?> map -> write(generator, map);
      case List<?> list -> {
        generator.writeStartArray();
        list.forEach(one -> write(generator, one));
        generator.writeEndArray();
      }
      default -> throw new IllegalArgumentException("no JSON for " + value.getClass().getName());
    }
  }
}

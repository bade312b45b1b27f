package dev.entrepot.kit.json;

import dev.entrepot.kit.naming.Names;
import dev.entrepot.spi.event.Body;
import dev.entrepot.spi.event.EventException;
import dev.entrepot.spi.event.EventException.Code;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;

/// Reads JSON as RFC 8259 has it, in UTF-8 and nothing else. Safe for use by many threads.
public final class Json {
  /// The deepest nesting that is read.
  public static final int DEEPEST = 1_000;

  // Texts, names and numbers may be as long as the body, which was bounded before. Numbers are
  // never converted here, so that long ones cost nothing.
  private static final int LONGEST = 64 << 20;

  // Deliveries are accepted on virtual threads, which are new for each: buffers are shared.
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .recyclerPool(JsonRecyclerPools.newConcurrentDequePool())
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxNumberLength(LONGEST)
                  .maxStringLength(LONGEST)
                  .maxNameLength(LONGEST)
                  .build())
          .build();

  // What the parser says of places besides is for those who wrote the program.
  private static final Pattern ELSEWHERE =
      Pattern.compile(" ?\\(start marker at \\[Source: [^]]*]\\)|\\[Source: [^]]*]");

  private Json() {}

  /// The whole body as one value.
  ///
  /// @throws EventException MALFORMED with line and column
  public static JsonValue read(Body body) {
    byte[] bytes = body.bytes();
    try (JsonParser parser = parser(bytes)) {
      try {
        if (parser.nextToken() == null) {
          throw malformed("the body is empty", 1, 1, null);
        }
        JsonValue value = value(parser, bytes);
        if (parser.nextToken() != null) {
          throw malformed("something follows the end of the document", parser, null);
        }
        return value;
      } catch (JacksonException e) {
        throw malformed(String.valueOf(e.getOriginalMessage()), parser, e);
      }
    }
  }

  /// The whole body as one object.
  ///
  /// @throws EventException MALFORMED with line and column; MISSING_FIELD when it is no object
  public static JsonObject readObject(Body body) {
    if (read(body) instanceof JsonObject object) {
      return object;
    }
    throw new EventException(
        Code.MISSING_FIELD, "the body is JSON, but no object; nothing can be read from it");
  }

  static JsonGenerator generator(OutputStream out) {
    return FACTORY.createGenerator(ObjectWriteContext.empty(), out);
  }

  /// @throws EventException MALFORMED when the bytes are not UTF-8 at first sight
  static JsonParser parser(byte[] bytes) {
    // UTF-16 and UTF-32 begin with a mark, or have a NUL in their first two characters.
    if (bytes.length >= 2) {
      int first = bytes[0] & 0xff;
      int second = bytes[1] & 0xff;
      if (first == 0 || second == 0 || ((first ^ second) == 1 && Math.max(first, second) == 0xff)) {
        throw malformed("the body is not in UTF-8 but looks like UTF-16 or UTF-32", 1, 1, null);
      }
    }
    return FACTORY.createParser(ObjectReadContext.empty(), bytes);
  }

  private static JsonValue value(JsonParser parser, byte[] bytes) {
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> object(parser, bytes);
      case START_ARRAY -> array(parser, bytes);
      case VALUE_STRING -> new JsonValue.Text(parser.getString());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new JsonValue.Numeral(parser.getString());
      case VALUE_TRUE -> JsonValue.Literal.TRUE;
      case VALUE_FALSE -> JsonValue.Literal.FALSE;
      case VALUE_NULL -> JsonValue.Literal.NULL;
      case NOT_AVAILABLE, END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT ->
          throw new IllegalStateException("no value begins with " + token);
    };
  }

  private static JsonObject object(JsonParser parser, byte[] bytes) {
    int start = (int) parser.currentTokenLocation().getByteOffset();
    SequencedMap<String, JsonValue> members = new LinkedHashMap<>();
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      parser.nextToken();
      JsonValue value = value(parser, bytes);
      members.putIfAbsent(name, value);
    }
    int end = (int) parser.currentLocation().getByteOffset();
    return new JsonObject(members, bytes, start, end);
  }

  private static JsonValue.Array array(JsonParser parser, byte[] bytes) {
    List<JsonValue> values = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      values.add(value(parser, bytes));
    }
    return new JsonValue.Array(values);
  }

  static EventException malformed(
      String what, JsonParser parser, @Nullable JacksonException cause) {
    TokenStreamLocation where = cause == null ? null : cause.getLocation();
    if (where == null || where.getLineNr() < 1) {
      where = parser.currentLocation();
    }
    return malformed(what, where.getLineNr(), where.getColumnNr(), cause);
  }

  static EventException malformed(
      String what, int line, int column, @Nullable JacksonException cause) {
    String message =
        "the body is not JSON at line %d, column %d: %s"
            .formatted(
                Math.max(1, line),
                Math.max(1, column),
                Names.words(ELSEWHERE.matcher(what).replaceAll("")));
    return cause == null
        ? new EventException(Code.MALFORMED, message)
        : new EventException(Code.MALFORMED, message, cause);
  }
}

package dev.entrepot.kit.json;

import dev.entrepot.kit.naming.Names;
import dev.entrepot.spi.event.EventException;
import dev.entrepot.spi.event.EventException.Code;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;

/// An object of a JSON document. A member that occurs twice counts as it stood first; one that is
/// null counts as absent in all but [#members].
public final class JsonObject implements JsonValue {
  // Numbers of money and counts are far shorter; this bounds the cost of reading one.
  private static final int LONGEST_NUMBER = 64;

  private final SequencedMap<String, JsonValue> members;
  private final byte[] document;
  private final int start;
  private final int end;

  JsonObject(SequencedMap<String, JsonValue> members, byte[] document, int start, int end) {
    this.members = members;
    this.document = document;
    this.start = start;
    this.end = end;
  }

  /// All, in their order.
  public Map<String, JsonValue> members() {
    return java.util.Collections.unmodifiableMap(members);
  }

  /// The object as it was written, to the last blank and digit.
  public String raw() {
    return new String(document, start, end - start, StandardCharsets.UTF_8);
  }

  public boolean has(String name) {
    JsonValue value = members.get(name);
    return value != null && value != Literal.NULL;
  }

  /// A member's text, or its number as it was written.
  public Optional<String> text(String name) {
    return value(name).flatMap(JsonValue::asText);
  }

  /// As [#text], without texts that are blank.
  public Optional<String> filled(String name) {
    return text(name).filter(text -> !text.isBlank());
  }

  public Optional<JsonObject> object(String name) {
    return value(name)
        .flatMap(
            value -> value instanceof JsonObject object ? Optional.of(object) : Optional.empty());
  }

  /// The objects in a member that is an array; none when it is absent or something else.
  public List<JsonObject> objects(String name) {
    return array(name).stream()
        .filter(JsonObject.class::isInstance)
        .map(JsonObject.class::cast)
        .toList();
  }

  /// The texts and numbers in a member that is an array; none when it is absent or something else.
  public List<String> texts(String name) {
    return array(name).stream().flatMap(value -> value.asText().stream()).toList();
  }

  /// A member's number, exactly; also when it was written as text, as money often is.
  ///
  /// @throws EventException MISSING_FIELD when it is there and no number
  public Optional<BigDecimal> decimal(String name) {
    return filled(name).map(text -> read(name, text, JsonObject::exact));
  }

  /// A member's number, which must be whole and not negative to count.
  public int count(String name) {
    return text(name)
        .filter(text -> text.length() <= 9 && text.chars().allMatch(c -> c >= '0' && c <= '9'))
        .filter(text -> !text.isEmpty())
        .map(Integer::parseInt)
        .orElse(0);
  }

  /// A member read into something else.
  ///
  /// @param reader gives nothing when the text is not right
  /// @throws EventException MISSING_FIELD when it is there and not right
  public <T> Optional<T> parsed(String name, Function<String, Optional<T>> reader) {
    return filled(name).map(text -> read(name, text, reader));
  }

  /// @throws EventException MISSING_FIELD when it is absent, blank, or neither text nor number
  public String required(String name) {
    return filled(name)
        .orElseThrow(() ->
            new EventException(
                Code.MISSING_FIELD,
                "field \"" + name + "\" is needed, but absent, blank or neither text nor number"));
  }

  private Optional<JsonValue> value(String name) {
    return Optional.ofNullable(members.get(name));
  }

  private List<JsonValue> array(String name) {
    return members.get(name) instanceof Array(List<JsonValue> values) ? values : List.of();
  }

  private static <T> T read(String name, String text, Function<String, Optional<T>> reader) {
    return reader
        .apply(text)
        .orElseThrow(() ->
            new EventException(
                Code.MISSING_FIELD,
                "field \"" + name + "\" cannot be read: \"" + Names.words(text) + "\""));
  }

  private static Optional<BigDecimal> exact(String text) {
    if (text.length() > LONGEST_NUMBER) {
      return Optional.empty();
    }
    try {
      BigDecimal decimal = new BigDecimal(text.strip());
      return Math.abs((long) decimal.scale()) > LONGEST_NUMBER
          ? Optional.empty()
          : Optional.of(decimal);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}

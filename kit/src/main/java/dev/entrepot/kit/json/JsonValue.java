package dev.entrepot.kit.json;

import java.util.List;
import java.util.Optional;

/// A value of a JSON document. Numbers are kept as they were written, so that none is too large or
/// too precise to be read.
public sealed interface JsonValue permits JsonObject, JsonValue.Array, JsonValue.Scalar {

  /// A list of values.
  record Array(List<JsonValue> values) implements JsonValue {
    public Array {
      values = List.copyOf(values);
    }
  }

  /// All that has no parts.
  sealed interface Scalar extends JsonValue {}

  /// Text, its escapes resolved; may hold any character, even NUL and halves of characters.
  record Text(String text) implements Scalar {}

  /// A number.
  ///
  /// @param literal as it was written
  record Numeral(String literal) implements Scalar {}

  /// `true`, `false` or `null`.
  enum Literal implements Scalar {
    TRUE,
    FALSE,
    NULL
  }

  /// Text as it is, numbers as they were written; of all else nothing.
  default Optional<String> asText() {
    return switch (this) {
      case Text(String text) -> Optional.of(text);
      case Numeral(String literal) -> Optional.of(literal);
      case Array _, JsonObject _, Literal _ -> Optional.empty();
    };
  }
}

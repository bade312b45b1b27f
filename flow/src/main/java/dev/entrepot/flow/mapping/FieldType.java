package dev.entrepot.flow.mapping;

import dev.entrepot.spi.record.FieldSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What a field of a mapping holds.
public enum FieldType {
  STRING("string"),
  /// A number without decimals.
  INTEGER("integer"),
  /// A number, with a comma or a point before its decimals.
  DECIMAL("decimal"),
  /// `true`, `1`, `yes`, `si`, `s` and their opposites.
  BOOLEAN("boolean"),
  /// A day, or a day and time, as ISO 8601 once it is read.
  DATE("date");

  private final String word;

  FieldType(String word) {
    this.word = word;
  }

  /// As mappings write it.
  public String word() {
    return word;
  }

  static Optional<FieldType> of(String word) {
    return Arrays.stream(values()).filter(type -> type.word.equals(word)).findFirst();
  }

  static List<String> words() {
    return Arrays.stream(values()).map(FieldType::word).toList();
  }

  /// Whether a field of the destination can take it.
  boolean fits(FieldSpec.Type type) {
    return switch (type) {
      case TEXT -> true;
      case WHOLE -> this == INTEGER;
      case DECIMAL -> this == INTEGER || this == DECIMAL;
      case TRUTH -> this == BOOLEAN;
      case DATE -> this == DATE;
    };
  }
}

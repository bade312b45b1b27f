package dev.entrepot.flow.mapping;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// How one field of the product comes to be. Its value is read from the source, replaced by the
/// expression's result when there is one, by the fallback when there is none, transformed, read as
/// the type, and checked.
///
/// @param canonical our name of it
/// @param from the source's name of it, parts within parts with points; null: not read
/// @param to the destination's name of it; null: not sent
/// @param required whether a record without it is rejected
/// @param validation a regular expression that the whole text has to fit, or `ean13`; null: none
/// @param fallback the value when the source has none; null: none
/// @param expression CEL over `source` and `value`; null: none
public record FieldRule(
    String canonical,
    @Nullable String from,
    @Nullable String to,
    FieldType type,
    boolean required,
    @Nullable String validation,
    @Nullable String fallback,
    @Nullable String expression,
    List<Transform> transforms) {
  public FieldRule {
    transforms = List.copyOf(transforms);
  }

  /// Whether it can have a value at all.
  boolean hasSource() {
    return from != null || fallback != null || expression != null;
  }

  boolean custom() {
    return canonical.startsWith(CanonicalField.CUSTOM);
  }
}

package dev.entrepot.flow.mapping;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A change of a text before it is read as the field's type.
public enum Transform {
  /// Space at both ends goes; done with every text anyway.
  TRIM,
  UPPER,
  LOWER,
  /// Several spaces in a row become one.
  COLLAPSE,
  /// Only the digits remain.
  DIGITS,
  /// A place in a warehouse, as the mapping's `location_format` says; `A-01-05` becomes `A0105`
  /// when it says nothing.
  LOCATION,
  /// A date, as the mapping's `date_format` says.
  DATE;

  /// As mappings write it.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Transform> of(String word) {
    return Arrays.stream(values()).filter(transform -> transform.word().equals(word)).findFirst();
  }

  static List<String> words() {
    return Arrays.stream(values()).map(Transform::word).toList();
  }
}

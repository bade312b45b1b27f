package dev.entrepot.onboarding.rules;

import dev.entrepot.onboarding.mapping.Mapping.DecimalStyle;
import org.jspecify.annotations.Nullable;

/// How values appear in messages.
final class Words {
  private static final int QUOTED = 60;
  private static final int KEPT = 500;

  private Words() {}

  /// The value in quotation marks, cut when it is long.
  static String quoted(String value) {
    return '"' + cut(value, QUOTED) + '"';
  }

  /// The value as a problem keeps it.
  static @Nullable String kept(@Nullable String value) {
    return value == null ? null : cut(value, KEPT);
  }

  /// A plain number as it is written in the file.
  static String inStyle(String plain, DecimalStyle style) {
    return switch (style) {
      case POINT -> plain;
      case COMMA -> plain.replace('.', ',');
    };
  }

  private static String cut(String value, int codePoints) {
    if (value.length() <= codePoints || value.codePointCount(0, value.length()) <= codePoints) {
      return value;
    }
    return value.substring(0, value.offsetByCodePoints(0, codePoints)) + "…";
  }
}

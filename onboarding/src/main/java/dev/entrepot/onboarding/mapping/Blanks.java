package dev.entrepot.onboarding.mapping;

import org.jspecify.annotations.Nullable;

/// What counts as nothing in a cell: white space of every kind, byte order marks and characters of
/// no width.
final class Blanks {
  private Blanks() {}

  static boolean isBlank(@Nullable String text) {
    if (text == null) {
      return true;
    }
    for (int i = 0; i < text.length(); i++) {
      if (!isBlank(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /// The text without blanks at its ends; the same object when there are none.
  static String trim(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isBlank(text.charAt(from))) {
      from++;
    }
    while (to > from && isBlank(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  private static boolean isBlank(char c) {
    if (c <= ' ') {
      return true;
    }
    if (c < 0x80) {
      return c == 0x7f;
    }
    return Character.isSpaceChar(c)
        || Character.isWhitespace(c)
        || c == '\u0085'
        || (c >= '\u200b' && c <= '\u200d')
        || c == '\u2060'
        || c == '\ufeff';
  }
}

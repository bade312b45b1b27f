package dev.entrepot.onboarding.uploads;

/// Text as the database can hold it.
final class StoredText {
  private StoredText() {}

  /// The text, with the characters no PostgreSQL text can hold (U+0000 and halves of surrogate
  /// pairs) replaced by visible stand-ins. Only for showing what was refused: rows with such
  /// characters are never accepted.
  static String of(String text) {
    if (isStorable(text)) {
      return text;
    }
    StringBuilder storable = new StringBuilder(text.length());
    text.codePoints()
        .forEach(c -> {
          if (c == 0) {
            storable.append('\u2400');
          } else if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
            storable.append('\uFFFD');
          } else {
            storable.appendCodePoint(c);
          }
        });
    return storable.toString();
  }

  static boolean isStorable(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        return false;
      }
      if (Character.isSurrogate(c)) {
        if (!Character.isHighSurrogate(c)
            || i + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return false;
        }
        i++;
      }
    }
    return true;
  }
}

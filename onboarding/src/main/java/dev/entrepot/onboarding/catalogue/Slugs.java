package dev.entrepot.onboarding.catalogue;

import java.text.Normalizer;

/// Names as they appear in addresses: lower-case ASCII letters and digits with single hyphens
/// between words. Accents are folded; letters of the Latin, Greek and Cyrillic scripts are written
/// in Latin. Safe for use by many threads, and made to be called for every row of a file.
public final class Slugs {
  /// The longest slug, in characters.
  public static final int MAX_LENGTH = 80;

  private static final String FALLBACK = "product";

  /// Letters below this are looked up in a table; it covers Latin, Greek and Cyrillic.
  private static final int TABLE_END = 0x2000;

  /// The first of the characters that combine with the one before.
  private static final char FIRST_MARK = 0x300;

  private static final String SEPARATOR = "-";
  private static final String NOTHING = "";

  // Never changed after it was made.
  private static final String[] TABLE = makeTable();

  private Slugs() {}

  /// The slug of a name.
  ///
  /// @return 1 to [#MAX_LENGTH] characters that match `[a-z0-9]+(-[a-z0-9]+)*`; `product` when the
  ///   name has no letter or digit that can be written so, such as one in Chinese
  public static String slug(String name) {
    String composed = composed(name);
    Draft draft = new Draft(Math.min(composed.length(), MAX_LENGTH) + 8);
    for (int i = 0; i < composed.length() && draft.text.length() <= MAX_LENGTH; i++) {
      char c = composed.charAt(i);
      if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
        draft.letter(c);
      } else if (c >= 'A' && c <= 'Z') {
        draft.letter((char) (c + ('a' - 'A')));
      } else if (c < TABLE_END) {
        draft.written(TABLE[c]);
      } else {
        int codePoint = composed.codePointAt(i);
        draft.written(written(codePoint));
        i += Character.charCount(codePoint) - 1;
      }
    }
    return draft.cut();
  }

  // Letters whose accents follow them as characters of their own, as some systems write them.
  private static String composed(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) >= FIRST_MARK) {
        return Normalizer.normalize(name, Normalizer.Form.NFC);
      }
    }
    return name;
  }

  /// A slug in the making.
  private static final class Draft {
    private final StringBuilder text;
    private boolean hyphenDue;

    Draft(int capacity) {
      text = new StringBuilder(capacity);
    }

    void letter(char letter) {
      if (hyphenDue) {
        text.append('-');
        hyphenDue = false;
      }
      text.append(letter);
    }

    void written(String written) {
      for (int i = 0; i < written.length(); i++) {
        char c = written.charAt(i);
        if (c == '-') {
          hyphenDue = !text.isEmpty();
        } else {
          letter(c);
        }
      }
    }

    // At a word's end, unless that would lose half of it.
    String cut() {
      if (text.isEmpty()) {
        return FALLBACK;
      }
      if (text.length() <= MAX_LENGTH) {
        return text.toString();
      }
      int end = text.lastIndexOf("-", MAX_LENGTH);
      return text.substring(0, end < MAX_LENGTH / 2 ? MAX_LENGTH : end);
    }
  }

  private static String[] makeTable() {
    String[] table = new String[TABLE_END];
    for (int c = 0; c < TABLE_END; c++) {
      table[c] = written(c);
    }
    return table;
  }

  /// How a character is written in lower-case ASCII: letters and digits, [#SEPARATOR] between
  /// words, [#NOTHING] when it belongs to its neighbours.
  private static String written(int codePoint) {
    String letters = Transliteration.of(Character.toLowerCase(codePoint));
    if (letters != null) {
      return letters;
    }
    int type = Character.getType(codePoint);
    if (type == Character.NON_SPACING_MARK
        || type == Character.FORMAT
        || codePoint == '\''
        || codePoint == 0x2019) {
      return NOTHING;
    }
    String decomposed =
        codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE
            ? NOTHING
            : Normalizer.normalize(Character.toString(codePoint), Normalizer.Form.NFKD);
    if (decomposed.codePointCount(0, decomposed.length()) == 1
        && decomposed.codePointAt(0) == codePoint) {
      int digit = Character.digit(codePoint, 10);
      return digit < 0 ? SEPARATOR : Integer.toString(digit);
    }
    StringBuilder written = new StringBuilder();
    decomposed.codePoints().forEach(part -> written.append(ofPart(part)));
    return written.isEmpty() ? SEPARATOR : written.toString();
  }

  private static String ofPart(int part) {
    int lower = Character.toLowerCase(part);
    if ((lower >= 'a' && lower <= 'z') || (lower >= '0' && lower <= '9')) {
      return Character.toString(lower);
    }
    String letters = Transliteration.of(lower);
    if (letters != null) {
      return letters;
    }
    return Character.getType(part) == Character.NON_SPACING_MARK ? NOTHING : SEPARATOR;
  }
}

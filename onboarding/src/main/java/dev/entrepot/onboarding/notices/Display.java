package dev.entrepot.onboarding.notices;

import java.util.Locale;

/// Text of suppliers on its way into mail: nothing in it may start a line, a header or a tag, or
/// turn the direction of what follows.
final class Display {
  private static final char REPLACEMENT = '\uFFFD';

  private Display() {}

  /// As one line of at most `length` characters. Tabs and ends of lines become spaces; other
  /// control characters, those that change the writing direction, halves of characters and code
  /// points that are none become U+FFFD.
  static String line(String text, int length) {
    StringBuilder line = new StringBuilder(Math.min(text.length(), length));
    int i = 0;
    while (i < text.length()) {
      int codePoint = text.codePointAt(i);
      i += Character.charCount(codePoint);
      if (line.length() >= length) {
        line.setLength(cutBefore(line, length - 1));
        return line.append('…').toString();
      }
      line.appendCodePoint(harmless(codePoint));
    }
    return line.toString().strip();
  }

  private static int cutBefore(StringBuilder line, int end) {
    return Character.isLowSurrogate(line.charAt(end)) ? end - 1 : end;
  }

  private static int harmless(int codePoint) {
    if (codePoint == '\t' || codePoint == '\n' || codePoint == '\r' || codePoint == 0x85) {
      return ' ';
    }
    boolean direction =
        codePoint == 0x061C
            || codePoint == 0x200E
            || codePoint == 0x200F
            || (codePoint >= 0x202A && codePoint <= 0x202E)
            || (codePoint >= 0x2066 && codePoint <= 0x2069);
    boolean none = (codePoint & 0xFFFE) == 0xFFFE || (codePoint >= 0xFDD0 && codePoint <= 0xFDEF);
    return switch (Character.getType(codePoint)) {
      case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> ' ';
      case Character.CONTROL, Character.SURROGATE -> REPLACEMENT;
      default -> direction || none ? REPLACEMENT : codePoint;
    };
  }

  /// As HTML text or a quoted attribute's value.
  static String html(String text) {
    StringBuilder html = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> html.append("&amp;");
        case '<' -> html.append("&lt;");
        case '>' -> html.append("&gt;");
        case '"' -> html.append("&quot;");
        case '\'' -> html.append("&#39;");
        default -> html.append(c);
      }
    }
    return html.toString();
  }

  /// A count with separated thousands.
  static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /// A share of a whole, with one decimal; all and nothing only when it is all and nothing.
  static String percent(long part, long whole) {
    if (whole == 0 || part == whole) {
      return "100.0%";
    }
    if (part == 0) {
      return "0.0%";
    }
    double percent = Math.clamp(100.0 * part / whole, 0.1, 99.9);
    return String.format(Locale.ROOT, "%.1f%%", percent);
  }
}

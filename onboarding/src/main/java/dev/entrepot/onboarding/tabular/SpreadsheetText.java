package dev.entrepot.onboarding.tabular;

/// Text as OOXML stores it in cells (ECMA-376 Part 1, 22.9.2.19, `ST_Xstring`): characters that XML
/// cannot hold are written as `_xHHHH_`, and an underscore that would begin such a mark by chance
/// as `_x005F_`.
public final class SpreadsheetText {
  private static final int MARK_LENGTH = 7;

  private SpreadsheetText() {}

  /// The text as it is to be stored.
  public static String escape(String text) {
    int place = firstToEscape(text, 0);
    if (place < 0) {
      return text;
    }
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    int done = 0;
    while (place >= 0) {
      escaped.append(text, done, place).append("_x%04X_".formatted((int) text.charAt(place)));
      done = place + 1;
      place = firstToEscape(text, done);
    }
    return escaped.append(text, done, text.length()).toString();
  }

  /// The text as it was before it was stored.
  public static String unescape(String stored) {
    int place = nextMark(stored, 0);
    if (place < 0) {
      return stored;
    }
    StringBuilder text = new StringBuilder(stored.length());
    int done = 0;
    while (place >= 0) {
      text.append(stored, done, place)
          .append((char) Integer.parseInt(stored, place + 2, place + 6, 16));
      done = place + MARK_LENGTH;
      place = nextMark(stored, done);
    }
    return text.append(stored, done, stored.length()).toString();
  }

  private static int firstToEscape(String text, int from) {
    for (int place = from; place < text.length(); place++) {
      if (isUnfit(text, place) || (text.charAt(place) == '_' && wouldBeMark(text, place))) {
        return place;
      }
    }
    return -1;
  }

  /// Whether XML cannot hold the character, or (a carriage return) not keep it.
  private static boolean isUnfit(String text, int place) {
    char character = text.charAt(place);
    return (character < ' ' && character != '\t' && character != '\n')
        || character >= '\uFFFE'
        || (Character.isSurrogate(character) && isAlone(text, place));
  }

  /// Whether an underscore begins a mark, also one that is closed by the mark of the next
  /// character.
  private static boolean wouldBeMark(String text, int place) {
    int last = place + MARK_LENGTH - 1;
    return last < text.length()
        && beginsMark(text, place)
        && (text.charAt(last) == '_' || isUnfit(text, last));
  }

  private static boolean isAlone(String text, int place) {
    char character = text.charAt(place);
    return Character.isHighSurrogate(character)
        ? place + 1 == text.length() || !Character.isLowSurrogate(text.charAt(place + 1))
        : place == 0 || !Character.isHighSurrogate(text.charAt(place - 1));
  }

  private static int nextMark(String text, int from) {
    int place = text.indexOf("_x", from);
    while (place >= 0 && !isMark(text, place)) {
      place = text.indexOf("_x", place + 1);
    }
    return place;
  }

  private static boolean isMark(String text, int place) {
    int last = place + MARK_LENGTH - 1;
    return last < text.length() && beginsMark(text, place) && text.charAt(last) == '_';
  }

  private static boolean beginsMark(String text, int place) {
    if (text.charAt(place + 1) != 'x') {
      return false;
    }
    for (int digit = place + 2; digit < place + 6; digit++) {
      char character = text.charAt(digit);
      if (character > 'f' || Character.digit(character, 16) < 0) {
        return false;
      }
    }
    return true;
  }
}

package dev.entrepot.storage;

import java.util.Locale;

/// What PostgreSQL can keep as text: anything but U+0000 and unpaired surrogates. [Sql] and
/// [CopyIn] refuse such text as [StorageException.Code#BAD_VALUE]; ask here first where one bad
/// value must not fail its neighbours.
public final class StorableText {

  private static final char REPLACEMENT = '\uFFFD';

  private StorableText() {}

  /// Whether the text can be stored as it is.
  public static boolean accepts(CharSequence text) {
    return firstFlaw(text) < 0;
  }

  /// The text with U+FFFD in place of every character that cannot be stored; the same instance when
  /// there is none.
  public static String repair(String text) {
    int flaw = firstFlaw(text);
    if (flaw < 0) {
      return text;
    }
    char[] chars = text.toCharArray();
    for (int i = flaw; i < chars.length; i++) {
      char c = chars[i];
      if (Character.isHighSurrogate(c)
          && i + 1 < chars.length
          && Character.isLowSurrogate(chars[i + 1])) {
        i++;
      } else if (c == 0 || Character.isSurrogate(c)) {
        chars[i] = REPLACEMENT;
      }
    }
    return new String(chars);
  }

  /// @param what names the value in the message, such as `column "sku"`
  static void require(CharSequence text, String what) {
    int flaw = firstFlaw(text);
    if (flaw >= 0) {
      throw refusal(text.charAt(flaw), flaw, what);
    }
  }

  static StorageException refusal(char flaw, int index, String what) {
    return new StorageException(
        StorageException.Code.BAD_VALUE,
        flaw == 0
            ? "the text for " + what + " contains U+0000 at index " + index + ", not storable"
            : String.format(
                Locale.ROOT,
                "the text for %s contains the unpaired surrogate U+%04X at index %d, not storable",
                what,
                (int) flaw,
                index));
  }

  /// The index of the first character that cannot be stored, or -1.
  private static int firstFlaw(CharSequence text) {
    int length = text.length();
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c == 0) {
        return i;
      }
      if (Character.isSurrogate(c)) {
        if (Character.isHighSurrogate(c)
            && i + 1 < length
            && Character.isLowSurrogate(text.charAt(i + 1))) {
          i++;
        } else {
          return i;
        }
      }
    }
    return -1;
  }
}

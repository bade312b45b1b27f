package dev.entrepot.kit.naming;

import dev.entrepot.kit.signature.HashAlgorithm;
import dev.entrepot.spi.event.Identity;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/// Makes senders' texts fit to be external ids, topics, keys and ids: bounded in length, without
/// control characters and halves of characters. What fits stays as it is; of other texts the
/// readable beginning is kept and a digest of the whole appended, so that different texts stay
/// different.
public final class Names {
  private static final int KEPT = 100;
  private static final int DIGEST_BYTES = 16;

  private Names() {}

  /// @param text not empty
  public static String fit(String text) {
    if (text.length() <= Identity.LONGEST && clean(text)) {
      return text;
    }
    StringBuilder kept = new StringBuilder(KEPT + 2 * DIGEST_BYTES + 1);
    text.codePoints().limit(KEPT).map(c -> isOdd(c) ? '?' : c).forEach(kept::appendCodePoint);
    return kept.append('~').append(digest(text.getBytes(StandardCharsets.UTF_8))).toString();
  }

  /// Several texts as one, with slashes between them, fit as a whole.
  public static String join(String first, String... others) {
    StringBuilder all = new StringBuilder(first);
    for (String other : others) {
      all.append('/').append(other);
    }
    return fit(all.toString());
  }

  /// 32 hexadecimal digits of the SHA-256 over all parts.
  public static String digest(byte[]... parts) {
    return HexFormat.of()
        .formatHex(Arrays.copyOf(HashAlgorithm.SHA256.digest(parts), DIGEST_BYTES));
  }

  /// Words of a sender for people: control characters become blanks, and only the beginning of long
  /// ones is kept.
  public static String words(String text) {
    StringBuilder words = new StringBuilder();
    text.strip()
        .codePoints()
        .limit(Identity.LONGEST)
        .map(c -> isOdd(c) ? ' ' : c)
        .forEach(words::appendCodePoint);
    return words.toString();
  }

  private static boolean clean(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c >= 0x7f) {
        return text.codePoints().noneMatch(Names::isOdd);
      }
    }
    return true;
  }

  private static boolean isOdd(int codePoint) {
    return Character.isISOControl(codePoint)
        || (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE);
  }
}

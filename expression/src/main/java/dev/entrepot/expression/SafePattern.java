package dev.entrepot.expression;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/// A regular expression whose time grows with the text alone, whatever it says (RE2), and whose
/// size is bounded. It knows neither back references nor look-around. Immutable; safe for use by
/// many threads.
public final class SafePattern {
  private static final int LONGEST = 200;
  private static final int MOST_REPEATS = 1000;
  private static final java.util.regex.Pattern COUNT =
      java.util.regex.Pattern.compile("\\{([0-9]{1,9})(?:,([0-9]{0,9}))?}");

  private final Pattern pattern;

  private SafePattern(Pattern pattern) {
    this.pattern = pattern;
  }

  /// @throws ExpressionException saying what is wrong
  public static SafePattern compile(String pattern) {
    if (pattern.length() > LONGEST || repeats(pattern) > MOST_REPEATS) {
      throw new ExpressionException(
          "the pattern \"%s\" is too large: write a shorter one".formatted(pattern));
    }
    try {
      return new SafePattern(Pattern.compile(pattern));
    } catch (PatternSyntaxException e) {
      throw new ExpressionException(
          "the pattern \"%s\" is wrong: %s".formatted(pattern, e.getMessage()), e);
    }
  }

  /// Whether it fits a text from its first to its last character.
  public boolean fits(String text) {
    return pattern.matches(text);
  }

  /// The product of all counted repeats: an upper bound of how far the pattern unfolds.
  private static long repeats(String pattern) {
    long product = 1;
    var counts = COUNT.matcher(pattern);
    while (counts.find()) {
      long least = Long.parseLong(counts.group(1));
      String most = counts.group(2);
      long count = most == null || most.isEmpty() ? least : Math.max(least, Long.parseLong(most));
      product = Math.min(product * Math.max(1, count), Integer.MAX_VALUE);
    }
    return product;
  }
}

package dev.entrepot.flow.mapping;

import java.math.BigDecimal;
import java.util.Optional;

/// Numbers as ERPs write them: with a comma or a point before the decimals, perhaps with the other
/// of the two between thousands.
final class Numbers {
  private static final int LONGEST = 60;

  private Numbers() {}

  static Optional<BigDecimal> read(String text) {
    String plain = plain(text);
    int start = plain.startsWith("-") || plain.startsWith("+") ? 1 : 0;
    boolean digits = false;
    for (int at = start; at < plain.length(); at++) {
      char one = plain.charAt(at);
      if (one >= '0' && one <= '9') {
        digits = true;
      } else if (one != '.') {
        return Optional.empty();
      }
    }
    if (!digits || plain.length() > LONGEST || plain.indexOf('.') != plain.lastIndexOf('.')) {
      return Optional.empty();
    }
    return Optional.of(new BigDecimal(plain));
  }

  /// A whole number as a `Long`, so that 12, 12.0 and 12.00 are the same value.
  static Object normal(BigDecimal number) {
    BigDecimal plain = number.stripTrailingZeros();
    return plain.scale() <= 0 && plain.precision() - plain.scale() < 19
        ? (Object) plain.longValue()
        : plain;
  }

  /// With a point before the decimals, and nothing between thousands. What is not grouped in threes
  /// remains as it is, and is no number then.
  private static String plain(String text) {
    int comma = text.lastIndexOf(',');
    if (comma < 0) {
      return several(text, '.') ? ungrouped(text, '.') : text;
    }
    int point = text.lastIndexOf('.');
    if (point < 0) {
      return several(text, ',') ? ungrouped(text, ',') : text.replace(',', '.');
    }
    char grouping = comma < point ? ',' : '.';
    int decimals = Math.max(comma, point);
    String whole = ungrouped(text.substring(0, decimals), grouping);
    return whole + "." + text.substring(decimals + 1);
  }

  private static boolean several(String text, char separator) {
    return text.indexOf(separator) != text.lastIndexOf(separator);
  }

  private static String ungrouped(String text, char grouping) {
    int first = text.indexOf(grouping);
    int sign = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
    if (first - sign < 1 || first - sign > 3) {
      return text;
    }
    for (int at = first; at < text.length(); at += 4) {
      if (text.charAt(at) != grouping || !threeDigits(text, at + 1, grouping)) {
        return text;
      }
    }
    return text.replace(String.valueOf(grouping), "");
  }

  private static boolean threeDigits(String text, int from, char grouping) {
    int end = from + 3;
    if (end > text.length() || (end < text.length() && text.charAt(end) != grouping)) {
      return false;
    }
    return text.substring(from, end).chars().allMatch(one -> one >= '0' && one <= '9');
  }
}

package dev.entrepot.onboarding.rules;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// Numbers in plain form, as a mapping leaves them: an optional minus sign, digits, and, when there
/// are decimals, a point and digits. Made for the hot path: no exceptions, no garbage but the
/// number.
final class PlainNumber {
  private static final int LONGEST = 40;
  private static final int FITS_LONG = 18;

  private PlainNumber() {}

  /// @return null when the text is not in plain form
  static @Nullable BigDecimal parse(String text) {
    int length = text.length();
    int start = length > 0 && text.charAt(0) == '-' ? 1 : 0;
    if (length == start || length > LONGEST) {
      return null;
    }
    int point = -1;
    long digits = 0;
    for (int i = start; i < length; i++) {
      char c = text.charAt(i);
      if (c == '.' && point < 0) {
        point = i;
      } else if (c >= '0' && c <= '9') {
        digits = digits * 10 + (c - '0');
      } else {
        return null;
      }
    }
    if (point == start || point == length - 1) {
      return null;
    }
    if (length > FITS_LONG) {
      return new BigDecimal(text);
    }
    return BigDecimal.valueOf(start == 0 ? digits : -digits, point < 0 ? 0 : length - 1 - point);
  }
}

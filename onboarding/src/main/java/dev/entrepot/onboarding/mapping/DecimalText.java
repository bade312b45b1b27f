package dev.entrepot.onboarding.mapping;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Numbers as people write them, read strictly: ASCII digits, at most one decimal separator with
/// digits on both sides, thousands grouped by threes or not at all. Exponents, plus signs, other
/// scripts' digits, `NaN` and malformed groups (`1,2,3`) are not numbers.
public final class DecimalText {
  private static final int LONGEST = 40;
  private static final Pattern SCIENTIFIC =
      Pattern.compile("[0-9]{1,20}(?:[.,][0-9]{1,20})?[eE][+-]?[0-9]{1,3}");

  private DecimalText() {}

  /// The number in plain form: an optional minus sign, digits, and, when it has decimals, a point
  /// and digits. Blanks around it are left out.
  ///
  /// Besides the style's own grouping sign, spaces and apostrophes group thousands in both styles.
  ///
  /// @return null when the text is not a number in that style; the text itself when it is plain
  ///   already
  public static @Nullable String canonical(String text, Mapping.DecimalStyle style) {
    return switch (style) {
      case POINT -> isPlain(text) ? text : read(Blanks.trim(text), '.', ',');
      case COMMA -> read(Blanks.trim(text), ',', '.');
    };
  }

  /// The number somebody most likely meant by a text that is none: decimals after the other sign,
  /// currency signs, a plus sign, an exponent, digits of another script.
  ///
  /// @return in plain form; null when there is no telling
  public static @Nullable String guess(String text) {
    if (text.length() > LONGEST) {
      return null;
    }
    String ascii = Blanks.trim(asciiDigits(text));
    String number = Conversions.apply(Mapping.Conversion.STRIP_CURRENCY, ascii);
    if (number.startsWith("+")) {
      number = number.substring(1);
    }
    for (Mapping.DecimalStyle style : Mapping.DecimalStyle.values()) {
      String plain = canonical(number, style);
      if (plain != null) {
        return Blanks.trim(plain);
      }
    }
    return isScientific(number) ? written(number.replace(',', '.')) : null;
  }

  /// Whether the text is a number with an exponent, as spreadsheets show long ones: `4.0064E+12`.
  public static boolean isScientific(String text) {
    return text.length() <= LONGEST && SCIENTIFIC.matcher(text).matches();
  }

  private static @Nullable String written(String scientific) {
    BigDecimal number = new BigDecimal(scientific).stripTrailingZeros();
    if (number.precision() - number.scale() > LONGEST / 2 || number.scale() > LONGEST / 2) {
      return null;
    }
    return number.toPlainString();
  }

  private static String asciiDigits(String text) {
    var ascii = new StringBuilder(text.length());
    text.codePoints()
        .forEach(c -> {
          if (Character.isDigit(c)) {
            ascii.append(Character.digit(c, 10));
          } else {
            ascii.appendCodePoint(c);
          }
        });
    return ascii.toString();
  }

  /// Whether the text is a number in plain form, without a sign.
  private static boolean isPlain(String text) {
    int length = text.length();
    if (length == 0 || length > LONGEST) {
      return false;
    }
    int point = -1;
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c == '.' && point < 0) {
        point = i;
      } else if (!isDigit(c)) {
        return false;
      }
    }
    return point != 0 && point != length - 1;
  }

  private static @Nullable String read(String text, char decimal, char grouping) {
    int length = text.length();
    if (length == 0 || length > LONGEST) {
      return null;
    }
    var plain = new StringBuilder(length);
    int at = 0;
    if (text.charAt(0) == '-') {
      plain.append('-');
      at = 1;
    }
    at = readWhole(text, at, grouping, plain);
    if (at < 0) {
      return null;
    }
    if (at == length) {
      return plain.toString();
    }
    if (text.charAt(at) != decimal || at + 1 == length) {
      return null;
    }
    plain.append('.');
    for (int i = at + 1; i < length; i++) {
      if (!isDigit(text.charAt(i))) {
        return null;
      }
      plain.append(text.charAt(i));
    }
    return plain.toString();
  }

  /// Reads the digits before the decimal separator.
  ///
  /// @return where they end; -1 when there are none or their groups are malformed
  private static int readWhole(String text, int from, char grouping, StringBuilder plain) {
    int at = digits(text, from, plain);
    int first = at - from;
    if (first == 0) {
      return -1;
    }
    if (at == text.length() || !groups(text.charAt(at), grouping)) {
      return at;
    }
    char separator = text.charAt(at);
    if (first > 3) {
      return -1;
    }
    while (at < text.length() && text.charAt(at) == separator) {
      int start = at + 1;
      at = digits(text, start, plain);
      if (at - start != 3) {
        return -1;
      }
    }
    return at;
  }

  private static int digits(String text, int from, StringBuilder plain) {
    int at = from;
    while (at < text.length() && isDigit(text.charAt(at))) {
      plain.append(text.charAt(at++));
    }
    return at;
  }

  private static boolean groups(char c, char grouping) {
    return c == grouping
        || c == ' '
        || c == '\u00a0'
        || c == '\u202f'
        || c == '\''
        || c == '\u2019';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}

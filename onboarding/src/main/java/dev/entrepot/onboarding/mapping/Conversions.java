package dev.entrepot.onboarding.mapping;

import dev.entrepot.onboarding.mapping.Mapping.Conversion;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What the conversions of a mapping do to a value.
final class Conversions {
  private static final Set<String> CURRENCY_WORDS =
      Stream.concat(
              Currency.availableCurrencies().map(Currency::getCurrencyCode),
              Stream.of(
                  "KR", "KR.", "ZŁ", "KČ", "FT", "FR", "FR.", "SFR.", "RS", "RS.", "LEI", "ЛВ",
                  "ЛВ.", "РУБ", "РУБ.", "EURO", "EUROS", "DM", "RM", "R", "US", "CA", "AU", "NZ",
                  "HK", "A", "C", "TL", "ДИН"))
          .collect(Collectors.toUnmodifiableSet());

  private Conversions() {}

  /// Applies a conversion that works on text; those that scale numbers give the text back.
  static String apply(Conversion conversion, String value) {
    return switch (conversion) {
      case TRIM -> Blanks.trim(value);
      case UPPER_CASE -> value.toUpperCase(Locale.ROOT);
      case LOWER_CASE -> value.toLowerCase(Locale.ROOT);
      case STRIP_HTML -> HtmlText.plain(value);
      case FIRST_OF_LIST -> firstOfList(value);
      case LAST_OF_PATH -> lastOfPath(value);
      case STRIP_CURRENCY -> stripCurrency(value);
      case DIGITS_ONLY -> digitsOnly(value);
      case GRAMS_TO_KILOGRAMS, POUNDS_TO_KILOGRAMS, OUNCES_TO_KILOGRAMS, CENTS_TO_UNITS -> value;
    };
  }

  /// What a conversion that scales numbers multiplies by.
  static BigDecimal factor(Conversion conversion) {
    return switch (conversion) {
      case GRAMS_TO_KILOGRAMS -> new BigDecimal("0.001");
      case POUNDS_TO_KILOGRAMS -> new BigDecimal("0.45359237");
      case OUNCES_TO_KILOGRAMS -> new BigDecimal("0.028349523125");
      case CENTS_TO_UNITS -> new BigDecimal("0.01");
      case TRIM,
          UPPER_CASE,
          LOWER_CASE,
          STRIP_HTML,
          FIRST_OF_LIST,
          LAST_OF_PATH,
          STRIP_CURRENCY,
          DIGITS_ONLY ->
          BigDecimal.ONE;
    };
  }

  private static String firstOfList(String value) {
    int from = 0;
    for (int i = 0; i <= value.length(); i++) {
      if (i == value.length() || ",;|".indexOf(value.charAt(i)) >= 0) {
        String entry = Blanks.trim(value.substring(from, i));
        if (!entry.isEmpty()) {
          return entry;
        }
        from = i + 1;
      }
    }
    return "";
  }

  private static String lastOfPath(String value) {
    int to = value.length();
    for (int i = value.length() - 1; i >= -1; i--) {
      if (i < 0 || ">»|".indexOf(value.charAt(i)) >= 0) {
        String part = Blanks.trim(value.substring(i + 1, to));
        if (!part.isEmpty()) {
          return part;
        }
        to = i;
      }
    }
    return "";
  }

  private static String stripCurrency(String value) {
    int first = 0;
    int last = value.length() - 1;
    while (first <= last && !isDigit(value.charAt(first))) {
      first++;
    }
    while (last > first && !isDigit(value.charAt(last))) {
      last--;
    }
    if (first > last) {
      return value;
    }
    String before = Blanks.trim(value.substring(0, first));
    boolean negative = before.startsWith("-") || before.endsWith("-");
    if (negative) {
      before =
          before.startsWith("-") ? before.substring(1) : before.substring(0, before.length() - 1);
    }
    if (!isCurrency(before) || !isCurrency(value.substring(last + 1))) {
      return value;
    }
    String number = value.substring(first, last + 1);
    return negative ? "-" + number : number;
  }

  private static boolean isCurrency(String text) {
    var word = new StringBuilder();
    text.codePoints()
        .filter(c -> Character.getType(c) != Character.CURRENCY_SYMBOL)
        .forEach(word::appendCodePoint);
    String rest = Blanks.trim(word.toString()).toUpperCase(Locale.ROOT);
    return rest.isEmpty() || CURRENCY_WORDS.contains(rest);
  }

  private static String digitsOnly(String value) {
    var digits = new StringBuilder(value.length());
    for (int i = 0; i < value.length(); i++) {
      if (isDigit(value.charAt(i))) {
        digits.append(value.charAt(i));
      }
    }
    return digits.toString();
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}

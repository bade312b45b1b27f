package dev.entrepot.onboarding.rules;

import dev.entrepot.onboarding.catalogue.RateTable;
import dev.entrepot.onboarding.mapping.DecimalText;
import dev.entrepot.onboarding.mapping.Field;
import dev.entrepot.onboarding.mapping.MappedRow;
import dev.entrepot.onboarding.mapping.Mapping.DecimalStyle;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/// The rules about prices, stock and weight.
final class NumberChecks {
  private static final BigDecimal LOWEST_PRICE = new BigDecimal("0.01");
  private static final BigDecimal HIGHEST_PRICE = new BigDecimal("999999.99");
  private static final int PRICE_DECIMALS = 2;
  private static final int HIGHEST_STOCK = 1_000_000;
  private static final BigDecimal HEAVIEST = new BigDecimal("1000000");

  private NumberChecks() {}

  /// @return the price; null when it is missing (which is not said here) or wrong
  /// @param conversion to the catalogue's currency, in which the price must be in range, too; null:
  ///   it is in that currency already
  static @Nullable BigDecimal price(
      MappedRow row, RateTable.@Nullable Conversion conversion, Findings findings) {
    String text = row.value(Field.PRICE);
    return text == null
        ? null
        : amount(new Amount(Field.PRICE, text, RuleCode.INVALID_PRICE, row), conversion, findings);
  }

  /// @param price null when it is missing or wrong: the two are not compared then
  /// @param conversion as for the price
  static @Nullable BigDecimal compareAtPrice(
      MappedRow row,
      @Nullable BigDecimal price,
      RateTable.@Nullable Conversion conversion,
      Findings findings) {
    String text = row.value(Field.COMPARE_AT_PRICE);
    if (text == null) {
      return null;
    }
    RuleCode code = RuleCode.INVALID_COMPARE_AT_PRICE;
    BigDecimal amount =
        amount(new Amount(Field.COMPARE_AT_PRICE, text, code, row), conversion, findings);
    if (amount != null && price != null && amount.compareTo(price) < 0) {
      findings.add(
          code,
          Field.COMPARE_AT_PRICE,
          "compare_at_price %s is below the price %s: it is the price before a reduction; leave it blank when there is none"
              .formatted(
                  Words.inStyle(text, row.decimal()),
                  Words.inStyle(price.toPlainString(), row.decimal())),
          text,
          null);
      return null;
    }
    return amount;
  }

  /// An amount of money as a row has it.
  private record Amount(Field field, String text, RuleCode code, MappedRow row) {
    DecimalStyle decimal() {
      return row.decimal();
    }

    String written(String number) {
      return Words.inStyle(number, row.decimal());
    }
  }

  private static @Nullable BigDecimal amount(
      Amount given, RateTable.@Nullable Conversion conversion, Findings findings) {
    Field field = given.field();
    String text = given.text();
    BigDecimal amount = PlainNumber.parse(text);
    if (amount == null) {
      notNumber(field, text, given.code(), given.decimal(), "19.99", findings);
      return null;
    }
    if (amount.compareTo(LOWEST_PRICE) < 0) {
      outOfRange(given, "too low: the lowest is " + given.written("0.01"), findings);
      return null;
    }
    if (conversion == null && amount.compareTo(HIGHEST_PRICE) > 0) {
      outOfRange(given, "too high: the highest is " + given.written("999999.99"), findings);
      return null;
    }
    if (amount.scale() > PRICE_DECIMALS) {
      tooManyDecimals(field, text, amount, given.code(), given.decimal(), findings);
      return null;
    }
    return conversion == null || fitsConverted(given, amount, conversion, findings) ? amount : null;
  }

  private static void outOfRange(Amount given, String how, Findings findings) {
    findings.add(
        given.code(),
        given.field(),
        "%s %s is %s".formatted(given.field().column(), given.written(given.text()), how),
        given.text(),
        null);
  }

  /// Whether an amount is in range as the catalogue will hold it.
  private static boolean fitsConverted(
      Amount given, BigDecimal amount, RateTable.Conversion conversion, Findings findings) {
    BigDecimal converted = conversion.convert(amount);
    boolean low = converted.compareTo(LOWEST_PRICE) < 0;
    if (!low && converted.compareTo(HIGHEST_PRICE) <= 0) {
      return true;
    }
    String target = conversion.target().getCurrencyCode();
    findings.add(
        given.code(),
        given.field(),
        "%s %s %s comes to %s %s at the rate in force, which is too %s: the %s is %s %s"
            .formatted(
                given.field().column(),
                given.written(given.text()),
                conversion.source().getCurrencyCode(),
                given.written(converted.toPlainString()),
                target,
                low ? "low" : "high",
                low ? "lowest" : "highest",
                given.written(low ? "0.01" : "999999.99"),
                target),
        given.text(),
        null);
    return false;
  }

  private static void tooManyDecimals(
      Field field,
      String text,
      BigDecimal amount,
      RuleCode code,
      DecimalStyle style,
      Findings findings) {
    BigDecimal rounded = amount.setScale(PRICE_DECIMALS, RoundingMode.HALF_UP).max(LOWEST_PRICE);
    if (amount.compareTo(HIGHEST_PRICE) <= 0) {
      rounded = rounded.min(HIGHEST_PRICE);
    }
    String suggestion = Words.inStyle(rounded.toPlainString(), style);
    findings.add(
        code,
        field,
        "%s %s has %d decimals: at most 2 are allowed, like %s"
            .formatted(field.column(), Words.inStyle(text, style), amount.scale(), suggestion),
        text,
        suggestion);
  }

  /// @return the stock; 0 when it is missing (which is not said here) or wrong
  static int stock(MappedRow row, Findings findings) {
    String text = row.value(Field.STOCK_QUANTITY);
    if (text == null) {
      return 0;
    }
    int whole = whole(text);
    if (whole >= 0 && whole <= HIGHEST_STOCK) {
      return whole;
    }
    wrongStock(text, row.decimal(), findings);
    return 0;
  }

  private static void wrongStock(String text, DecimalStyle style, Findings findings) {
    RuleCode code = RuleCode.INVALID_STOCK;
    BigDecimal number = PlainNumber.parse(text);
    if (number == null) {
      notNumber(Field.STOCK_QUANTITY, text, code, style, "25", findings);
      return;
    }
    String written = Words.inStyle(text, style);
    if (text.startsWith("-")) {
      findings.add(
          code,
          Field.STOCK_QUANTITY,
          "stock_quantity %s has a minus sign: the least is 0".formatted(written),
          text,
          "0");
    } else if (number.compareTo(BigDecimal.valueOf(HIGHEST_STOCK)) > 0) {
      findings.add(
          code,
          Field.STOCK_QUANTITY,
          "stock_quantity %s is too high: the most is 1000000".formatted(written),
          text,
          null);
    } else {
      BigDecimal floor = number.setScale(0, RoundingMode.DOWN);
      boolean same = floor.compareTo(number) == 0;
      findings.add(
          code,
          Field.STOCK_QUANTITY,
          "stock_quantity %s is not a whole number: "
              .formatted(written)
              .concat(
                  same
                      ? "write it without decimals, like " + floor.toPlainString()
                      : "give whole units, %s or %s, or count in a smaller unit, such as grams instead of kilograms"
                          .formatted(
                              floor.toPlainString(), floor.add(BigDecimal.ONE).toPlainString())),
          text,
          same ? floor.toPlainString() : null);
    }
  }

  /// A whole number without sign and decimals; one or two decimals of nothing (`10.0`) are let
  /// through, three are not, for they may be thousands.
  ///
  /// @return -1 when it is none, a number above any limit when it is too long
  private static int whole(String text) {
    int length = text.length();
    if (text.endsWith(".0")) {
      length -= 2;
    } else if (text.endsWith(".00")) {
      length -= 3;
    }
    if (length == 0) {
      return -1;
    }
    int number = 0;
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      number = Math.min(number * 10 + (c - '0'), HIGHEST_STOCK + 1);
    }
    return number;
  }

  /// @return the weight; null when it is absent or wrong
  static @Nullable BigDecimal weight(MappedRow row, Findings findings) {
    String text = row.value(Field.WEIGHT_KG);
    if (text == null) {
      return null;
    }
    RuleCode code = RuleCode.INVALID_WEIGHT;
    BigDecimal weight = PlainNumber.parse(text);
    if (weight == null) {
      notNumber(Field.WEIGHT_KG, text, code, row.decimal(), "0.25", findings);
      return null;
    }
    if (text.startsWith("-") || weight.compareTo(HEAVIEST) > 0) {
      findings.add(
          code,
          Field.WEIGHT_KG,
          "weight_kg %s is out of range: it is in kilograms, from 0 to 1000000"
              .formatted(Words.inStyle(text, row.decimal())),
          text,
          null);
      return null;
    }
    return weight;
  }

  private static void notNumber(
      Field field,
      String text,
      RuleCode code,
      DecimalStyle style,
      String example,
      Findings findings) {
    String guess = DecimalText.guess(text);
    String suggestion = guess == null ? null : Words.inStyle(guess, style);
    findings.add(
        code,
        field,
        "%s %s is not a number: write it like %s"
            .formatted(
                field.column(),
                Words.quoted(text),
                suggestion == null ? Words.inStyle(example, style) : suggestion),
        text,
        suggestion);
  }
}

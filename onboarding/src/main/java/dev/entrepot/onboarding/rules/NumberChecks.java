package dev.entrepot.onboarding.rules;

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
  static @Nullable BigDecimal price(MappedRow row, Findings findings) {
    String text = row.value(Field.PRICE);
    return text == null ? null : amount(Field.PRICE, text, RuleCode.INVALID_PRICE, row, findings);
  }

  /// @param price null when it is missing or wrong: the two are not compared then
  static @Nullable BigDecimal compareAtPrice(
      MappedRow row, @Nullable BigDecimal price, Findings findings) {
    String text = row.value(Field.COMPARE_AT_PRICE);
    if (text == null) {
      return null;
    }
    RuleCode code = RuleCode.INVALID_COMPARE_AT_PRICE;
    BigDecimal amount = amount(Field.COMPARE_AT_PRICE, text, code, row, findings);
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

  private static @Nullable BigDecimal amount(
      Field field, String text, RuleCode code, MappedRow row, Findings findings) {
    BigDecimal amount = PlainNumber.parse(text);
    if (amount == null) {
      notNumber(field, text, code, row.decimal(), "19.99", findings);
      return null;
    }
    if (amount.compareTo(LOWEST_PRICE) < 0) {
      findings.add(
          code,
          field,
          "%s %s is too low: the lowest is %s"
              .formatted(
                  field.column(),
                  Words.inStyle(text, row.decimal()),
                  Words.inStyle("0.01", row.decimal())),
          text,
          null);
      return null;
    }
    if (amount.compareTo(HIGHEST_PRICE) > 0) {
      findings.add(
          code,
          field,
          "%s %s is too high: the highest is %s"
              .formatted(
                  field.column(),
                  Words.inStyle(text, row.decimal()),
                  Words.inStyle("999999.99", row.decimal())),
          text,
          null);
      return null;
    }
    if (amount.scale() > PRICE_DECIMALS) {
      tooManyDecimals(field, text, amount, code, row.decimal(), findings);
      return null;
    }
    return amount;
  }

  private static void tooManyDecimals(
      Field field,
      String text,
      BigDecimal amount,
      RuleCode code,
      DecimalStyle style,
      Findings findings) {
    BigDecimal rounded =
        amount.setScale(PRICE_DECIMALS, RoundingMode.HALF_UP).max(LOWEST_PRICE).min(HIGHEST_PRICE);
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
          "stock_quantity %s is not a whole number: write it without decimals, like %s"
              .formatted(written, floor.toPlainString()),
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

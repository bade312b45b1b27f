package dev.entrepot.onboarding.mapping;

import java.util.OptionalInt;
import org.apache.commons.validator.routines.checkdigit.CheckDigit;
import org.apache.commons.validator.routines.checkdigit.CheckDigitException;
import org.apache.commons.validator.routines.checkdigit.ModulusTenCheckDigit;

/// Check digits of GS1 article numbers (EAN, UPC, GTIN) of every length.
public final class CheckDigits {
  /// Weights 1 and 3 in turn, from the right.
  private static final CheckDigit GS1 = new ModulusTenCheckDigit(new int[] {1, 3}, true);

  private CheckDigits() {}

  /// Whether the last digit fits the others. Zeros alone do not count as a number.
  public static boolean valid(String digits) {
    return GS1.isValid(digits);
  }

  /// The digit that would fit the others in place of the last one.
  ///
  /// @return empty when there is none, because the others are all zero or are no digits
  public static OptionalInt fitting(String digits) {
    try {
      return OptionalInt.of(
          Integer.parseInt(GS1.calculate(digits.substring(0, digits.length() - 1))));
    } catch (CheckDigitException e) {
      return OptionalInt.empty();
    }
  }
}

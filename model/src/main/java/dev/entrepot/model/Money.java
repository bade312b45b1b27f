package dev.entrepot.model;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;

/// An amount in a currency. Amounts are exact decimals; nothing here rounds unless asked to.
public record Money(BigDecimal amount, Currency currency) {

  /// This amount in another currency.
  ///
  /// @param rate how many units of `target` one unit of this currency is worth; positive
  /// @return the amount rounded half up to the target's usual number of decimals
  public Money convert(BigDecimal rate, Currency target) {
    if (rate.signum() <= 0) {
      throw new IllegalArgumentException(
          "the rate from " + currency + " to " + target + " is not positive: " + rate);
    }
    int decimals = Math.max(0, target.getDefaultFractionDigits());
    return new Money(amount.multiply(rate).setScale(decimals, RoundingMode.HALF_UP), target);
  }

  @Override
  public String toString() {
    return amount.toPlainString() + " " + currency.getCurrencyCode();
  }
}

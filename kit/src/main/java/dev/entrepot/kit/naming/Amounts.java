package dev.entrepot.kit.naming;

import dev.entrepot.model.Money;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.Locale;
import java.util.Optional;

/// Money as senders write it.
public final class Amounts {
  private Amounts() {}

  /// @param currency its ISO 4217 code, in any case
  /// @return empty when either is not said, or there is no such currency
  public static Optional<Money> of(Optional<BigDecimal> amount, Optional<String> currency) {
    return amount.flatMap(a -> currency.flatMap(Amounts::currency).map(c -> new Money(a, c)));
  }

  /// The currency of an ISO 4217 code, in any case; empty when there is none.
  public static Optional<Currency> currency(String code) {
    try {
      return Optional.of(Currency.getInstance(code.strip().toUpperCase(Locale.ROOT)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}

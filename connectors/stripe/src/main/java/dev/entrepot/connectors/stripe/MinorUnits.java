package dev.entrepot.connectors.stripe;

import dev.entrepot.kit.naming.Amounts;
import dev.entrepot.model.Money;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Amounts as Stripe writes them: whole numbers of the currency's smallest unit, by [Stripe's own
/// list](https://docs.stripe.com/currencies), which is not that of ISO 4217: ISK and UGX have two
/// decimals here though no coins, MGA has none.
final class MinorUnits {
  private static final Set<String> NO_DECIMALS =
      Set.of(
          "BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF",
          "XOF", "XPF");
  private static final Set<String> THREE_DECIMALS = Set.of("BHD", "JOD", "KWD", "OMR", "TND");

  private MinorUnits() {}

  static Optional<Money> money(Optional<BigDecimal> amount, Optional<String> currency) {
    return amount.flatMap(minor ->
        currency
            .flatMap(Amounts::currency)
            .map(unit -> new Money(minor.movePointLeft(decimals(unit)), unit)));
  }

  static int decimals(Currency currency) {
    String code = currency.getCurrencyCode().toUpperCase(Locale.ROOT);
    if (NO_DECIMALS.contains(code)) {
      return 0;
    }
    return THREE_DECIMALS.contains(code) ? 3 : 2;
  }
}

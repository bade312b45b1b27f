package dev.entrepot.spi.event;

import java.util.Locale;
import java.util.Optional;

/// By what else than its id an entity can be found.
public enum Lookup {
  CUSTOMER_ID,
  /// Trimmed, in lower case.
  CUSTOMER_EMAIL,
  /// As people know it, such as `#1001`.
  ORDER_NUMBER,
  ORDER_ID,
  CHECKOUT_TOKEN,
  SUBSCRIPTION_ID,
  CHARGE_ID,
  SKU;

  /// A value as it is kept and looked for: without blanks around it, e-mail addresses in lower
  /// case.
  ///
  /// @return empty when nothing is left of it
  public Optional<String> normalize(String value) {
    String stripped = value.strip();
    if (stripped.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(this == CUSTOMER_EMAIL ? stripped.toLowerCase(Locale.ROOT) : stripped);
  }
}

package dev.entrepot.spi.event;

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
  SKU
}

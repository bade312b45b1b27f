package dev.entrepot.spi.event;

/// What the hot store keeps the latest state of.
public enum EntityType {
  ORDER,
  CUSTOMER,
  /// A checkout that was begun: an abandoned cart until it is completed.
  CHECKOUT,
  PRODUCT,
  FULFILLMENT,
  SUBSCRIPTION,
  CHARGE,
  /// An attempt to pay: a payment intent, a transaction.
  PAYMENT,
  INVOICE,
  DISPUTE,
  REFUND,
  RETURN
}

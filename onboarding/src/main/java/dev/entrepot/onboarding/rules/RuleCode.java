package dev.entrepot.onboarding.rules;

/// The built-in rules, in the order in which they are tried; the first that fails is a row's error
/// type.
public enum RuleCode {
  /// The row could not be parsed at all.
  UNREADABLE_ROW,
  /// A value was changed in both places where an error file has it, and not to the same.
  CONTRADICTING_EDITS,
  MISSING_REQUIRED_FIELDS,
  INVALID_PRICE,
  INVALID_STOCK,
  FIELD_LENGTH_EXCEEDED,
  INVALID_CATEGORY,
  DUPLICATE_SKU,
  DUPLICATE_VENDOR_PRODUCT_ID,
  INVALID_COMPARE_AT_PRICE,
  INVALID_WEIGHT,
  INVALID_DIMENSIONS,
  INVALID_IMAGE_URL,
  INVALID_EAN,
  INVALID_EMAIL,
  INVALID_PHONE,
  /// No exchange rate leads from the vendor's currency to the catalogue's.
  MISSING_EXCHANGE_RATE,
  /// The row passed every rule, but the database cannot hold one of its values.
  NOT_STORABLE,
  /// A warning: the price moved by more than the vendor's share, or a likely duplicate.
  VALUE_TOO_FAR
}

package dev.entrepot.onboarding.vendors;

/// What it means when a file brings a key the catalogue knows already.
public enum KnownKeyPolicy {
  /// The row is a duplicate and is rejected.
  REJECT,
  /// The vendor's own product is updated; only another vendor's SKU is a duplicate.
  UPDATE
}

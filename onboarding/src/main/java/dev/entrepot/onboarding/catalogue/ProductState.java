package dev.entrepot.onboarding.catalogue;

/// Where a product stands.
public enum ProductState {
  PUBLISHED,
  /// Accepted, to be published at a set time.
  SCHEDULED,
  ARCHIVED
}

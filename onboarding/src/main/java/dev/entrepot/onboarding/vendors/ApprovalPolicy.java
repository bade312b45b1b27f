package dev.entrepot.onboarding.vendors;

/// Whether accepted rows go straight to the catalogue.
public enum ApprovalPolicy {
  AUTOMATIC,
  /// Accepted rows wait until an operator approves them.
  REQUIRED
}

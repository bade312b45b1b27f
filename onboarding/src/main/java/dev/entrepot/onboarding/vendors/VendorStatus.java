package dev.entrepot.onboarding.vendors;

/// Whether a vendor may upload. Only an active one may.
public enum VendorStatus {
  ACTIVE,
  SUSPENDED,
  INACTIVE,
  PENDING_APPROVAL
}

package dev.entrepot.console.pages.vendors;

import dev.entrepot.console.view.Badge;
import dev.entrepot.console.view.Tone;
import dev.entrepot.onboarding.vendors.VendorStatus;

/// How a vendor's status is written for people.
final class VendorWords {
  private VendorWords() {}

  static Badge badge(VendorStatus status) {
    return switch (status) {
      case ACTIVE -> Badge.of(Tone.GOOD, name(status));
      case PENDING_APPROVAL -> Badge.of(Tone.WAIT, name(status));
      case SUSPENDED -> Badge.of(Tone.WARN, name(status));
      case INACTIVE -> Badge.of(Tone.QUIET, name(status));
    };
  }

  static String name(VendorStatus status) {
    return switch (status) {
      case ACTIVE -> "Active";
      case PENDING_APPROVAL -> "Not yet approved";
      case SUSPENDED -> "Suspended";
      case INACTIVE -> "Inactive";
    };
  }
}

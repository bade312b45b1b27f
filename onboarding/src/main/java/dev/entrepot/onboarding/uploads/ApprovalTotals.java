package dev.entrepot.onboarding.uploads;

import java.util.List;

/// What became of the rows of an upload that waited for approval, up to now.
///
/// @param approved in the catalogue
/// @param refused approved, but a key of them was taken while they waited
/// @param waiting not decided on yet
/// @param reasons why rows were declined
public record ApprovalTotals(
    long approved, long declined, long refused, long waiting, List<Reason> reasons) {

  /// What an operator gave as reason, and for how many rows.
  public record Reason(String text, long rows) {}

  public ApprovalTotals {
    reasons = List.copyOf(reasons);
  }

  /// How many were decided on.
  public long decided() {
    return approved + declined + refused;
  }
}

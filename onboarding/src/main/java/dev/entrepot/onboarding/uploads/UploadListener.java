package dev.entrepot.onboarding.uploads;

import dev.entrepot.onboarding.vendors.Vendor;
import java.sql.Connection;

/// Hears of uploads that are finished, and of what is decided on their rows afterwards.
public interface UploadListener {
  /// Called in the transaction that finishes the upload: what it writes is committed with it, or
  /// not at all.
  ///
  /// @param upload as it is now
  void uploadFinished(Connection transaction, Vendor vendor, Upload upload);

  /// Called in a transaction that decides on rows which waited for approval; of a decision in
  /// several transactions in the first and the last.
  ///
  /// @param upload as it is now
  /// @param totals everything decided on it so far
  void rowsDecided(Connection transaction, Vendor vendor, Upload upload, ApprovalTotals totals);
}

package dev.entrepot.onboarding.uploads;

import dev.entrepot.onboarding.vendors.Vendor;
import java.sql.Connection;

/// Hears of uploads that are finished.
@FunctionalInterface
public interface UploadListener {
  /// Called in the transaction that finishes the upload: what it writes is committed with it, or
  /// not at all.
  ///
  /// @param upload as it is now
  void uploadFinished(Connection transaction, Vendor vendor, Upload upload);
}

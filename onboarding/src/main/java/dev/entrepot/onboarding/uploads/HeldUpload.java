package dev.entrepot.onboarding.uploads;

import dev.entrepot.storage.Database;
import dev.entrepot.storage.Lease;
import dev.entrepot.storage.Leases;
import java.sql.Connection;
import java.util.UUID;

/// An upload in the hands of the one who reads it. What is written of it is written here, so that a
/// reader that lost its lease, or whose upload was ended, changes nothing.
record HeldUpload(Database database, Leases leases, UploadStore uploads, UUID id, Lease lease) {
  interface Step {
    void run(Connection transaction);
  }

  /// One transaction.
  ///
  /// @throws UploadEndedException when the upload is finished already
  /// @throws dev.entrepot.storage.StorageException LEASE_LOST when somebody else reads it now
  void settle(Step step) {
    database.write(transaction -> {
      leases.require(transaction, lease);
      uploads.requireUnfinished(transaction, id);
      step.run(transaction);
      return id;
    });
  }
}

package dev.entrepot.onboarding.uploads;

import dev.entrepot.ledger.ActivityLog;
import dev.entrepot.model.Actor;
import dev.entrepot.onboarding.OnboardingException;
import dev.entrepot.onboarding.vendors.Vendor;
import dev.entrepot.storage.Database;
import java.sql.Connection;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/// Ends uploads that wait or are being read. What was applied stands; rows that were not read are
/// not received; rows that wait for approval are declined.
final class Cancelling {
  private static final String REASON = "the upload was cancelled";
  private static final Duration TO_THE_END = Duration.ofDays(1);

  private final Database database;
  private final UploadStore uploads;
  private final ActivityLog activities;
  private final ApprovalDesk approvals;
  private final UploadListener listener;

  Cancelling(
      Database database,
      UploadStore uploads,
      ActivityLog activities,
      ApprovalDesk approvals,
      UploadListener listener) {
    this.database = database;
    this.uploads = uploads;
    this.activities = activities;
    this.approvals = approvals;
    this.listener = listener;
  }

  void cancel(Actor actor, UploadRow upload, Vendor vendor) {
    try {
      database.write(transaction -> {
        end(transaction, actor, upload.id(), vendor);
        return upload;
      });
    } catch (UploadEndedException e) {
      if (!halfCancelled(upload.id())) {
        throw new OnboardingException(
            OnboardingException.Code.CONFLICT,
            "upload " + upload.id() + " is finished already; look at its verdict",
            e);
      }
    }
    approvals.decline(actor, upload, vendor, null, REASON, TO_THE_END);
  }

  /// Whether it was cancelled, and rows of it wait still: whoever cancelled it died meanwhile.
  private boolean halfCancelled(UUID id) {
    return database
        .read(connection -> uploads.find(connection, id))
        .filter(upload -> upload.cancelled() && upload.books().pending() > 0)
        .isPresent();
  }

  private void end(Connection transaction, Actor actor, UUID id, Vendor vendor) {
    uploads.requireUnfinished(transaction, id);
    long read = uploads.find(transaction, id).orElseThrow().books().received();
    uploads.finish(
        transaction,
        id,
        Upload.State.FAILED,
        new Upload.Failure(
            Upload.CANCELLED,
            read == 0
                ? "the upload was cancelled before a row was applied; send the file again if it is wanted after all"
                : "the upload was cancelled behind row %d: what was applied before stands, the rest was not read; send the file again to have it read"
                    .formatted(read),
            null));
    activities.record(transaction, actor, "upload.cancel", "upload/" + id, Map.of("rows", read));
    listener.uploadFinished(transaction, vendor, uploads.find(transaction, id).orElseThrow());
  }
}

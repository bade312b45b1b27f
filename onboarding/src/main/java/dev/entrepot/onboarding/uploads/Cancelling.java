package dev.entrepot.onboarding.uploads;

import dev.entrepot.ledger.ActivityLog;
import dev.entrepot.model.Actor;
import dev.entrepot.onboarding.OnboardingException;
import dev.entrepot.onboarding.vendors.Vendor;
import dev.entrepot.onboarding.vendors.Vendors;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.StorageException;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Ends uploads that wait or are being read. What was applied stands; rows that were not read are
/// not received; rows that wait for approval are declined, some thousands in a transaction. What is
/// left of them when a request's time is up, or the program ends, is declined by the next request,
/// or when the program starts.
final class Cancelling {
  private static final String REASON = "the upload was cancelled";
  private static final Logger LOG = LoggerFactory.getLogger(Cancelling.class);
  private static final Actor SELF = Actor.system("uploads");
  private static final Duration TO_THE_END = Duration.ofDays(1);

  private final Database database;
  private final Vendors vendors;
  private final UploadStore uploads;
  private final ActivityLog activities;
  private final ApprovalDesk approvals;
  private final UploadListener listener;

  Cancelling(
      Database database,
      Vendors vendors,
      UploadStore uploads,
      ActivityLog activities,
      ApprovalDesk approvals,
      UploadListener listener) {
    this.database = database;
    this.vendors = vendors;
    this.uploads = uploads;
    this.activities = activities;
    this.approvals = approvals;
    this.listener = listener;
  }

  void cancel(Actor actor, UploadRow upload, Vendor vendor, Duration atMost) {
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
    approvals.decline(actor, upload, vendor, null, REASON, atMost);
  }

  /// Declines what an earlier life of the program left waiting of cancelled uploads.
  void goOn() {
    try {
      for (UUID id : database.read(Cancelling::broken)) {
        UploadRow upload = database.read(connection -> uploads.row(connection, id)).orElseThrow();
        Vendor vendor = vendors.find(upload.vendor()).orElseThrow();
        approvals.decline(SELF, upload, vendor, null, REASON, TO_THE_END);
      }
    } catch (StorageException e) {
      LOG.atLevel(StorageException.levelOf(e))
          .log("rows of cancelled uploads wait until the next start: {}", e.toString());
    }
  }

  private static List<UUID> broken(Connection connection) {
    return Sql.of(
            """
            select u.id from batch b join upload u on u.id = b.id
            where b.pending > 0 and u.failure_code = ? and u.finished_at is not null order by u.id
            """)
        .with(Upload.CANCELLED)
        .list(connection, row -> row.uuid("id"));
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

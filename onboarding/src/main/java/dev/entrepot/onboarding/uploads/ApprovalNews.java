package dev.entrepot.onboarding.uploads;

import dev.entrepot.ledger.ActivityLog;
import dev.entrepot.model.Actor;
import dev.entrepot.onboarding.vendors.Vendor;
import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Takes down what operators decide on waiting rows, and tells the supplier: both in the
/// transaction of the decision.
final class ApprovalNews {
  private static final String APPROVE = "upload.approve";
  private static final String DECLINE = "upload.decline";
  private static final int MOST_DECISIONS = 10_000;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final ActivityLog activities;
  private final UploadStore uploads;
  private final UploadListener listener;

  ApprovalNews(ActivityLog activities, UploadStore uploads, UploadListener listener) {
    this.activities = activities;
    this.uploads = uploads;
    this.listener = listener;
  }

  /// @param refused how many of the rows could no longer be applied
  void approved(Connection transaction, Actor actor, UUID upload, int rows, int refused) {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("rows", rows);
    if (refused > 0) {
      details.put("refused", refused);
    }
    activities.record(transaction, actor, APPROVE, subject(upload), details);
  }

  void declined(Connection transaction, Actor actor, UUID upload, int rows, String reason) {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("rows", rows);
    details.put("reason", reason);
    activities.record(transaction, actor, DECLINE, subject(upload), details);
  }

  /// Settles the upload's state, for declined rows are rejected ones, and tells what became of the
  /// rows that waited. A decision on many rows takes several steps, each a transaction: it is told
  /// in the first, so that it is told whatever dies, and in the one that leaves no row waiting.
  void tell(Connection transaction, Vendor vendor, UUID id, int step) {
    uploads.restate(transaction, id);
    if (step == 0 || !waits(transaction, id)) {
      announce(transaction, vendor, id);
    }
  }

  /// Nothing is left to decide: tells of steps that were not told of yet.
  ///
  /// @param steps how many there were
  void end(Connection transaction, Vendor vendor, UUID id, int steps) {
    if (steps > 1 && waits(transaction, id)) {
      announce(transaction, vendor, id);
    }
  }

  private static boolean waits(Connection transaction, UUID id) {
    return Sql.of("select pending > 0 as waits from batch where id = ?")
        .with(id)
        .one(transaction, row -> row.bool("waits"));
  }

  private void announce(Connection transaction, Vendor vendor, UUID id) {
    Upload upload = uploads.find(transaction, id).orElseThrow();
    listener.rowsDecided(transaction, vendor, upload, totals(transaction, upload));
  }

  private ApprovalTotals totals(Connection transaction, Upload upload) {
    long approved = 0;
    long declined = 0;
    long refused = 0;
    Map<String, Long> reasons = new LinkedHashMap<>();
    for (ActivityLog.Activity activity :
        activities.newest(transaction, subject(upload.id()), MOST_DECISIONS).reversed()) {
      @Nullable JsonNode details =
          activity.action().equals(APPROVE) || activity.action().equals(DECLINE)
              ? JSON.readTree(activity.details())
              : null;
      if (details == null) {
        continue;
      }
      long rows = details.path("rows").asLong();
      if (activity.action().equals(APPROVE)) {
        long late = details.path("refused").asLong(0);
        approved += rows - late;
        refused += late;
      } else {
        declined += rows;
        reasons.merge(details.path("reason").asString(""), rows, Long::sum);
      }
    }
    List<ApprovalTotals.Reason> given = new ArrayList<>();
    reasons.forEach((text, rows) -> given.add(new ApprovalTotals.Reason(text, rows)));
    return new ApprovalTotals(approved, declined, refused, upload.books().pending(), given);
  }

  private static String subject(UUID upload) {
    return "upload/" + upload;
  }
}

package dev.entrepot.onboarding.uploads;

import dev.entrepot.model.Page;
import dev.entrepot.onboarding.Cursor;
import dev.entrepot.onboarding.catalogue.Product;
import dev.entrepot.onboarding.vendors.Vendor;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Row;
import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The rows of an upload that wait for approval, each with what it would change by now.
final class PendingRows {
  private final Database database;
  private final Preparation preparation;

  PendingRows(Database database, Preparation preparation) {
    this.database = database;
    this.preparation = preparation;
  }

  private record Proposal(
      long record,
      long line,
      CandidateJson.Waiting waiting,
      @Nullable UUID newer,
      String state,
      @Nullable String reason) {
    static Proposal of(Row row) {
      return new Proposal(
          row.int8("record"),
          row.int8("line"),
          CandidateJson.read(row.json("product")),
          row.uuidOrNull("newer"),
          row.text("state"),
          row.textOrNull("reason"));
    }
  }

  Page<Uploads.PendingRow> page(
      UploadRow upload, Vendor vendor, @Nullable String cursor, int size) {
    long after = cursor == null ? 0 : new Cursor(cursor).int8();
    return database.read(connection -> {
      List<Proposal> found =
          Sql.of(
                  """
                  select * from proposal where batch_id = ? and record > ? and state = 'pending'
                  order by record limit ?
                  """)
              .with(upload.id(), after, size + 1)
              .list(connection, Proposal::of);
      boolean more = found.size() > size;
      List<Proposal> shown = more ? found.subList(0, size) : found;
      return new Page<>(
          shown.isEmpty() ? List.of() : compared(connection, upload, vendor, shown),
          more ? Long.toString(shown.getLast().record()) : null);
    });
  }

  private List<Uploads.PendingRow> compared(
      Connection connection, UploadRow upload, Vendor vendor, List<Proposal> proposals) {
    RunPlan plan = preparation.comparison(upload, vendor);
    KnownProducts known =
        KnownProducts.of(
            connection,
            vendor.code(),
            proposals.stream().map(proposal -> proposal.waiting().candidate()).toList());
    LaterUploads later = LaterUploads.find(connection, upload.id(), known.ids());
    return proposals.stream().map(proposal -> compared(proposal, plan, known, later)).toList();
  }

  private static Uploads.PendingRow compared(
      Proposal proposal, RunPlan plan, KnownProducts known, LaterUploads later) {
    Candidate candidate = proposal.waiting().candidate();
    Product found = known.target(candidate.sku(), candidate.vendorProductId());
    boolean taken = found != null && !found.vendor().equals(plan.vendor().code());
    // What another vendor has is nothing for the eyes of this one.
    Product target = taken ? null : found;
    UUID newer = target == null ? null : later.of(target);
    return new Uploads.PendingRow(
        proposal.record(),
        proposal.line(),
        CandidateValues.of(candidate),
        plan.currency(),
        target == null ? null : target.id(),
        taken,
        target == null
            ? List.of()
            : FieldChanges.between(target, candidate, plan.withMapped(proposal.waiting().mapped())),
        proposal.newer() == null ? newer : proposal.newer(),
        proposal.state(),
        proposal.reason());
  }
}

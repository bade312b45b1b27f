package dev.entrepot.onboarding.uploads;

import dev.entrepot.ledger.ActivityLog;
import dev.entrepot.ledger.DeadLetters;
import dev.entrepot.model.Actor;
import dev.entrepot.model.Page;
import dev.entrepot.onboarding.Cursor;
import dev.entrepot.onboarding.OnboardingException;
import dev.entrepot.onboarding.mapping.Mapping;
import dev.entrepot.onboarding.mapping.Mappings;
import dev.entrepot.onboarding.rules.Problem;
import dev.entrepot.onboarding.vendors.Vendor;
import dev.entrepot.onboarding.vendors.Vendors;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Row;
import dev.entrepot.storage.Sql;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The face of uploads over its parts.
final class UploadService implements Uploads {
  private static final Duration POLL = Duration.ofMillis(50);

  /// What the service hands its work to.
  record Parts(
      Database database,
      Vendors vendors,
      Mappings mappings,
      FileStore files,
      FileNodes nodes,
      UploadStore uploads,
      DeadLetters deadLetters,
      ActivityLog activities,
      Intake intake,
      Preparation preparation,
      RejectedRows rejectedRows,
      RowPlaces places,
      Mending mending,
      PendingRows pendingRows,
      ApprovalDesk approvals,
      Cancelling cancelling,
      UploadWorker worker) {}

  private final Parts parts;

  UploadService(Parts parts) {
    this.parts = parts;
  }

  @Override
  public void announce(String vendor, Limits limits, long bytes) {
    parts.intake().announce(vendor, limits, bytes);
  }

  @Override
  public Receipt submit(Actor actor, Submission submission, InputStream bytes) throws IOException {
    return queued(parts.intake().submit(actor, submission, bytes));
  }

  private Receipt queued(Receipt receipt) {
    parts.worker().wake();
    return receipt;
  }

  @Override
  public Optional<Upload> find(UUID id) {
    return parts.database().read(connection -> parts.uploads().find(connection, id));
  }

  @Override
  public Optional<Progress> progress(UUID id) {
    return parts.database().read(connection -> parts.uploads().progress(connection, id));
  }

  @Override
  public Page<Upload> list(Query query, @Nullable String cursor, int size) {
    return parts
        .database()
        .read(connection -> parts.uploads().list(connection, query, cursor, size));
  }

  @Override
  public Upload await(UUID id, Duration atMost) throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    while (!requiredProgress(id).state().finished() && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
    }
    return required(id);
  }

  private Upload required(UUID id) {
    return find(id).orElseThrow(() -> unknown(id));
  }

  private Progress requiredProgress(UUID id) {
    return progress(id).orElseThrow(() -> unknown(id));
  }

  private UploadRow row(UUID id) {
    return parts
        .database()
        .read(connection -> parts.uploads().row(connection, id))
        .orElseThrow(() -> unknown(id));
  }

  private UploadRow finished(UUID id) {
    UploadRow row = row(id);
    if (!row.state().finished()) {
      throw new OnboardingException(
          OnboardingException.Code.CONFLICT,
          "upload " + id + " is still being read; wait until it is finished");
    }
    return row;
  }

  private static OnboardingException unknown(UUID id) {
    return new OnboardingException(
        OnboardingException.Code.NOT_FOUND, "there is no upload " + id + "; check the id");
  }

  private Vendor vendor(String code) {
    return parts
        .vendors()
        .find(code)
        .orElseThrow(() ->
            new OnboardingException(
                OnboardingException.Code.NOT_FOUND, "there is no vendor \"" + code + "\""));
  }

  @Override
  public Page<RejectedRow> rejected(
      UUID id, @Nullable String code, @Nullable RowState state, @Nullable String cursor, int size) {
    return parts.rejectedRows().page(row(id), code, state, cursor, size);
  }

  @Override
  public Optional<RejectedRow> rejectedRow(UUID id, long number) {
    return parts.rejectedRows().find(row(id), number);
  }

  @Override
  public Map<RowReference, RowPlace> places(Collection<RowReference> rows) {
    return rows.isEmpty() ? Map.of() : parts.places().of(rows);
  }

  @Override
  public List<Upload> successors(UUID id) {
    return parts.database().read(connection -> parts.uploads().successors(connection, id));
  }

  @Override
  public Page<Warning> warnings(UUID id, @Nullable String cursor, int size) {
    String[] from = cursor == null ? new String[] {"0", "0"} : cursor.split("-", 2);
    record Numbered(Warning warning, int number) {}
    List<Numbered> found =
        parts
            .database()
            .read(connection ->
                Sql.of(
                        """
                        select * from upload_warning
                        where batch_id = ? and (record, number) > (?, ?)
                        order by record, number limit ?
                        """)
                    .with(
                        id,
                        new Cursor(from[0]).int8(),
                        new Cursor(from[from.length - 1]).int8(),
                        size + 1)
                    .list(connection, row -> new Numbered(warning(row), row.int4("number"))));
    boolean more = found.size() > size;
    List<Numbered> shown = more ? found.subList(0, size) : found;
    return new Page<>(
        shown.stream().map(Numbered::warning).toList(),
        more ? shown.getLast().warning().number() + "-" + shown.getLast().number() : null);
  }

  private static Warning warning(Row row) {
    return new Warning(
        row.int8("record"),
        row.int8("line"),
        row.text("code"),
        row.textOrNull("field"),
        row.text("message"));
  }

  @Override
  public List<Long> numbersAt(UUID id, List<Long> lines) {
    return parts.mending().numbersAt(row(id).id(), lines);
  }

  @Override
  public Receipt resubmit(Actor actor, UUID id, List<MendedRow> rows) {
    UploadRow row = finished(id);
    return queued(parts.mending().resubmit(actor, required(id), row, rows));
  }

  @Override
  public long dismiss(Actor actor, UUID id, List<Long> rows, String reason) {
    if (reason.isBlank()) {
      throw new OnboardingException(
          OnboardingException.Code.INVALID, "reason", "say why the rows are dismissed");
    }
    finished(id);
    return parts
        .database()
        .write(transaction -> {
          long dismissed = parts.deadLetters().dismiss(transaction, id, rows, actor);
          parts
              .activities()
              .record(
                  transaction,
                  actor,
                  "upload.dismiss",
                  "upload/" + id,
                  Map.of("rows", dismissed, "reason", reason));
          return dismissed;
        });
  }

  @Override
  public List<Problem> check(UUID id, MendedRow row) {
    UploadRow upload = row(id);
    return parts.mending().check(upload, vendor(upload.vendor()), row);
  }

  @Override
  public Receipt rerun(Actor actor, UUID id, @Nullable Mapping mapping, @Nullable Integer sheet) {
    UploadRow row = finished(id);
    // What was read once is meant again; where no sheet served, or by another mapping, another may.
    Integer read = mapping == null && row.checkpoint() > 0 ? row.sheet() : null;
    return queued(
        parts
            .intake()
            .repeat(
                actor,
                required(id),
                new FileStore.Kept(row.contentHash(), row.bytes(), row.store()),
                mapping == null ? null : parts.mappings().toJson(mapping),
                sheet == null ? read : sheet));
  }

  @Override
  public Upload cancel(Actor actor, UUID id, Duration atMost) {
    UploadRow upload = row(id);
    parts.cancelling().cancel(actor, upload, vendor(upload.vendor()), atMost);
    return required(id);
  }

  @Override
  public Sample sample(
      UUID id, int rows, Mapping.@Nullable DecimalStyle decimal, @Nullable Integer sheet) {
    UploadRow upload = row(id);
    parts.nodes().require(upload);
    try {
      SourceFile source = parts.preparation().open(upload, decimal, sheet);
      List<List<String>> sample = source.sample();
      return new Sample(
          source.header(),
          sample.subList(0, Math.min(rows, sample.size())),
          source.layout().sampleLines().subList(0, Math.min(rows, sample.size())),
          source.layout().sheet(),
          source.layout().sheets(),
          parts.mappings().suggest(upload.vendor(), source.header(), sample));
    } catch (FileFailure e) {
      throw new OnboardingException(
          OnboardingException.Code.INVALID, String.valueOf(e.getMessage()));
    }
  }

  @Override
  public Page<PendingRow> pending(UUID id, @Nullable String cursor, int size) {
    UploadRow upload = row(id);
    return parts.pendingRows().page(upload, vendor(upload.vendor()), cursor, size);
  }

  @Override
  public Page<Upload> awaitingApproval(@Nullable String cursor, int size) {
    return parts
        .database()
        .read(connection -> parts.uploads().awaitingApproval(connection, cursor, size));
  }

  @Override
  public Decision approve(
      Actor actor, UUID id, @Nullable List<Long> rows, OlderRows older, Duration atMost) {
    UploadRow upload = finished(id);
    return parts.approvals().approve(actor, upload, vendor(upload.vendor()), rows, older, atMost);
  }

  @Override
  public Decision decline(
      Actor actor, UUID id, @Nullable List<Long> rows, String reason, Duration atMost) {
    UploadRow upload = finished(id);
    return parts.approvals().decline(actor, upload, vendor(upload.vendor()), rows, reason, atMost);
  }

  @Override
  public void writeErrors(UUID id, ReportFormat format, OutputStream out) throws IOException {
    parts.rejectedRows().write(row(id), required(id).openErrors(), format, out);
  }

  @Override
  public void requireOriginal(UUID id) {
    parts.nodes().require(row(id));
  }

  @Override
  public void writeOriginal(UUID id, OutputStream out) throws IOException {
    parts.files().copy(row(id).contentHash(), out);
  }

  @Override
  public Figures figures(@Nullable String vendor, Instant since) {
    return parts.database().read(connection -> FiguresQuery.run(connection, vendor, since));
  }
}

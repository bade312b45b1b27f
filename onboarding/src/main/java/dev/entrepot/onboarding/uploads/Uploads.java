package dev.entrepot.onboarding.uploads;

import dev.entrepot.model.Actor;
import dev.entrepot.model.Books;
import dev.entrepot.model.Page;
import dev.entrepot.onboarding.catalogue.ProductChange;
import dev.entrepot.onboarding.mapping.Mapping;
import dev.entrepot.onboarding.mapping.Mappings;
import dev.entrepot.onboarding.rules.Problem;
import dev.entrepot.onboarding.tabular.Layout;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Uploads, from the first byte to the last verdict. Safe for use by many threads.
public interface Uploads {
  /// A file on its way in.
  ///
  /// @param limits whose limits count
  /// @param mapping used instead of the remembered or suggested one; null: choose
  record Submission(
      String vendor,
      String fileName,
      Upload.Source source,
      Limits limits,
      @Nullable Mapping mapping) {}

  enum Limits {
    SUPPLIER,
    OPERATOR
  }

  /// @param alreadyKnown true when the same bytes came from the same vendor before: `upload` is
  ///   that one
  record Receipt(Upload upload, boolean alreadyKnown) {}

  /// @param text in the file's name, or the beginning of the id
  record Query(
      @Nullable String vendor,
      Upload.@Nullable State state,
      @Nullable String text,
      Mendable mendable) {
    public static final Query ALL = of(null);

    /// All of a vendor, or of all.
    public static Query of(@Nullable String vendor) {
      return new Query(vendor, null, null, Mendable.ANY);
    }
  }

  /// Whether only uploads are meant of which rejected rows are still to be mended.
  enum Mendable {
    ANY,
    OPEN
  }

  /// A rejected row.
  ///
  /// @param number its position among the rows, from 1, the header not counted: by it the row is
  ///   named
  /// @param line where it stands in the file, as a spreadsheet shows it: people are told this. Of a
  ///   mended row, where it stands in the file in which it was rejected first
  /// @param cells the original cells; for a row that could not be parsed, its raw text alone
  /// @param values our fields after mapping, by column name
  /// @param columnOf the source column (index into the header) at fault, by our field's column name
  record RejectedRow(
      long number,
      long line,
      @Nullable String vendorProductId,
      @Nullable String sku,
      String errorType,
      List<Problem> problems,
      List<String> cells,
      boolean readable,
      Map<String, String> values,
      Map<String, Integer> columnOf,
      RowState state,
      @Nullable UUID resolvedBy) {}

  enum RowState {
    OPEN,
    /// Sent again and rejected again: the row there counts.
    RETRIED,
    MENDED,
    DISMISSED
  }

  /// Where a row stands for people.
  ///
  /// @param upload that of the file
  /// @param fileName the file; of a mended row the one in which it was rejected first
  /// @param row as a spreadsheet shows it, the header being row 1; null: not known any more
  record RowPlace(UUID upload, String fileName, @Nullable Long row) {}

  record Warning(long number, long line, String code, @Nullable String field, String message) {}

  /// A row with changed cells.
  ///
  /// @param cells the whole row in the original header's order
  record MendedRow(long number, List<String> cells) {}

  /// A row that waits for approval.
  ///
  /// @param currency of its prices
  /// @param product the vendor's one of the catalogue that it is about; null: it is a new one
  /// @param taken whether another vendor's product has its SKU by now: approved, it is refused
  /// @param changes what it would change of the product
  /// @param newer the upload that was received later and brought the product meanwhile: the row is
  ///   older than what the catalogue holds; null: it is not
  record PendingRow(
      long number,
      long line,
      Map<String, String> values,
      String currency,
      @Nullable Long product,
      boolean taken,
      List<ProductChange.FieldChange> changes,
      @Nullable UUID newer,
      String state,
      @Nullable String reason) {}

  /// What to do with approved rows that are older than what the catalogue holds: an upload that was
  /// received later than theirs brought their products while they waited.
  enum OlderRows {
    WAIT,
    APPLY
  }

  /// What an approval came to.
  ///
  /// @param refused rows that could no longer be applied (a key taken meanwhile)
  /// @param left rows to be decided on that wait still, for the time was up: decide once more
  /// @param older rows to be approved that wait still, for they are older than what the catalogue
  ///   holds
  /// @param newer the uploads that made them so, some of them if there are many
  record Decision(
      long approved, long declined, long refused, long left, long older, List<UUID> newer) {
    public Decision {
      newer = List.copyOf(newer);
    }

    /// Without older rows.
    public Decision(long approved, long declined, long refused, long left) {
      this(approved, declined, refused, left, 0, List.of());
    }
  }

  /// Refuses a file before it comes, when it is known already that it would be refused.
  ///
  /// @param bytes how long it is at least
  /// @throws dev.entrepot.onboarding.OnboardingException NOT_FOUND or VENDOR_REFUSED for the
  ///   vendor, LIMIT_EXCEEDED, STORAGE_FULL
  void announce(String vendor, Limits limits, long bytes);

  /// Reads a file to the end, keeps it durably, and queues it. Nothing is kept when it throws.
  ///
  /// @throws dev.entrepot.onboarding.OnboardingException NOT_FOUND or VENDOR_REFUSED for the
  ///   vendor, LIMIT_EXCEEDED, QUOTA_EXCEEDED, STORAGE_FULL
  /// @throws IOException when the sender's stream breaks
  Receipt submit(Actor actor, Submission submission, InputStream bytes) throws IOException;

  Optional<Upload> find(UUID id);

  /// How far an upload is, for those who ask often.
  ///
  /// @param estimatedRows a guess from the size; null when unknown
  record Progress(
      UUID id,
      Upload.State state,
      Upload.@Nullable Failure failure,
      Books books,
      long bytes,
      @Nullable Long estimatedRows,
      long warnings) {}

  /// Costs the same however many rows were rejected.
  Optional<Progress> progress(UUID id);

  /// Uploads, newest first.
  Page<Upload> list(Query query, @Nullable String cursor, int size);

  /// Waits until the upload is finished or the time is over; gives its state then.
  Upload await(UUID id, java.time.Duration atMost) throws InterruptedException;

  /// Rejected rows in the file's order.
  ///
  /// @param code only those with this error type
  Page<RejectedRow> rejected(
      UUID id, @Nullable String code, @Nullable RowState state, @Nullable String cursor, int size);

  /// One rejected row, whatever became of it since; empty when the row was not rejected.
  Optional<RejectedRow> rejectedRow(UUID id, long number);

  /// The numbers of rejected rows, in the order in which they are asked for.
  ///
  /// @param lines where they stand in the file, as a spreadsheet shows it
  /// @throws dev.entrepot.onboarding.OnboardingException INVALID when at one of them no rejected
  ///   row stands, or several
  List<Long> numbersAt(UUID id, List<Long> lines);

  /// Where rows stand for people; those of unknown uploads are left out. Files are read again for
  /// it up to the rows that were accepted, so it is no question for lists of many.
  Map<RowReference, RowPlace> places(Collection<RowReference> rows);

  /// The uploads made of this one, oldest first: mended rows, repetitions, error files sent again.
  List<Upload> successors(UUID id);

  Page<Warning> warnings(UUID id, @Nullable String cursor, int size);

  /// Sends mended rows again as an upload of their own; the old rows are marked once their
  /// successors are accepted.
  Receipt resubmit(Actor actor, UUID id, List<MendedRow> rows);

  /// Dismisses rejected rows, with a reason. @return how many were open
  long dismiss(Actor actor, UUID id, List<Long> rows, String reason);

  /// Checks one mended row without keeping anything; duplicates against the catalogue included.
  List<Problem> check(UUID id, MendedRow row);

  /// Runs the same file once more, with another mapping (null: the one in force now).
  ///
  /// @param sheet which one of a workbook, from 1; null: the one that was read before, or with a
  ///   mapping the first that has all required columns by it
  /// @throws dev.entrepot.onboarding.OnboardingException CONFLICT while rows of the file wait for
  ///   approval or are being read: they would wait twice
  Receipt rerun(Actor actor, UUID id, @Nullable Mapping mapping, @Nullable Integer sheet);

  /// The same without the choice of a sheet.
  default Receipt rerun(Actor actor, UUID id, @Nullable Mapping mapping) {
    return rerun(actor, id, mapping, null);
  }

  /// Ends an upload that waits or is being read. What was applied stands, rows that were not read
  /// are not received, rows that wait for approval are declined; the file may be sent again.
  ///
  /// @param atMost so long rows that wait are declined; when some are left, cancel once more
  /// @throws dev.entrepot.onboarding.OnboardingException NOT_FOUND, or CONFLICT when it is finished
  Upload cancel(Actor actor, UUID id, Duration atMost);

  /// The file's header, first rows and suggested mapping, for the mapping page.
  ///
  /// @param lines where each of the rows stands in the file
  /// @param sheet the sheet of a workbook that they stand on: the one that was read or would be,
  ///   unless another was asked for; null: it is no workbook
  /// @param sheets the visible sheets of a workbook
  record Sample(
      List<String> header,
      List<List<String>> rows,
      List<Long> lines,
      Layout.@Nullable Sheet sheet,
      List<Layout.Sheet> sheets,
      Mappings.Suggestion suggestion) {}

  /// @param decimal how the number cells of a workbook are written; null: as its texts are
  /// @param sheet another sheet of the workbook, by its number; null: the one that was read or
  ///   would be
  Sample sample(UUID id, int rows, Mapping.@Nullable DecimalStyle decimal, @Nullable Integer sheet);

  Page<PendingRow> pending(UUID id, @Nullable String cursor, int size);

  /// Uploads that have rows waiting for approval, oldest first.
  Page<Upload> awaitingApproval(@Nullable String cursor, int size);

  /// Lets rows into the catalogue, some thousands in a transaction. What is decided stands,
  /// whatever becomes of the rest.
  ///
  /// @param rows which rows; null: all that wait
  /// @param atMost no further transaction is begun after it; the first one always is
  /// @throws dev.entrepot.onboarding.OnboardingException CONFLICT while the file is read, and when
  ///   the upload was cancelled
  Decision approve(
      Actor actor, UUID id, @Nullable List<Long> rows, OlderRows older, Duration atMost);

  /// Keeps rows out of the catalogue, in the same manner.
  Decision decline(Actor actor, UUID id, @Nullable List<Long> rows, String reason, Duration atMost);

  /// The form of a report.
  enum ReportFormat {
    CSV,
    XLSX
  }

  /// Writes the error file of open rejected rows.
  void writeErrors(UUID id, ReportFormat format, OutputStream out) throws IOException;

  /// Looks whether the original file can be written here.
  ///
  /// @throws dev.entrepot.onboarding.OnboardingException CONFLICT when it lies on another node or
  ///   is lost
  void requireOriginal(UUID id);

  /// Writes the original file, byte for byte.
  void writeOriginal(UUID id, OutputStream out) throws IOException;

  /// The figures of a day.
  record Day(java.time.LocalDate day, long received, long accepted, long rejected) {}

  /// How many rows of a day were rejected for one reason before all others.
  record ProblemDay(java.time.LocalDate day, String code, long rows) {}

  /// @param acceptance the share accepted among those accepted or rejected; empty: there are none
  record VendorFigures(
      String vendor,
      long uploads,
      long received,
      long accepted,
      long rejected,
      OptionalDouble acceptance) {}

  /// @param topProblems the most frequent ones, most frequent first
  /// @param problemDays the same by day; days without any are left out
  /// @param openErrors rejected rows that are neither mended nor dismissed, of whatever age
  record Figures(
      List<Day> days,
      List<Upload.ProblemCount> topProblems,
      List<ProblemDay> problemDays,
      List<VendorFigures> vendors,
      long products,
      long waitingForApproval,
      long openErrors,
      long running) {}

  /// Figures since a day, for one vendor or all.
  Figures figures(@Nullable String vendor, Instant since);
}

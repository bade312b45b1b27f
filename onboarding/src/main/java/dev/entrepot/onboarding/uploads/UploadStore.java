package dev.entrepot.onboarding.uploads;

import dev.entrepot.ledger.Ledger;
import dev.entrepot.model.Page;
import dev.entrepot.model.SortableId;
import dev.entrepot.onboarding.Cursor;
import dev.entrepot.storage.Json;
import dev.entrepot.storage.Row;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.StorableText;
import java.sql.Connection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Owns the table `upload`.
final class UploadStore {
  private static final String SELECT =
      """
      select u.*, b.received, b.written, b.unchanged, b.rejected, b.skipped, b.pending,
        (select count(*) from dead_letter d where d.batch_id = u.id and d.state = 'open') open_errors
      from upload u join batch b on b.id = u.id
      """;

  private static final String PROGRESS =
      """
      select u.id, u.state, u.failure_code, u.failure, u.failure_line, u.bytes, u.estimated_rows,
        u.warnings, b.received, b.written, b.unchanged, b.rejected, b.skipped, b.pending
      from upload u join batch b on b.id = u.id where u.id = ?
      """;

  /// A new upload.
  ///
  /// @param mended the rows of the parent that it has again; null: it is not made of mended rows
  /// @param sheet which one of a workbook is to be read; null: the first that serves
  record NewUpload(
      String vendor,
      String fileName,
      FileStore.Kept file,
      Upload.Source source,
      String submittedBy,
      Uploads.Limits limits,
      @Nullable UUID parent,
      @Nullable String mapping,
      @Nullable List<Long> mended,
      @Nullable Integer sheet) {}

  private final Ledger ledger;

  UploadStore(Ledger ledger) {
    this.ledger = ledger;
  }

  /// @throws dev.entrepot.storage.StorageException CONFLICT when the same bytes are there already
  UUID insert(Connection transaction, NewUpload upload) {
    UUID id = SortableId.next();
    ledger.open(transaction, id, "upload", "main", upload.vendor(), upload.fileName());
    Sql.of(
            """
            insert into upload (id, vendor, file_name, content_hash, bytes, source, submitted_by,
              limits, parent, mapping, store, mended, sheet, state)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'received')
            """)
        .with(
            id,
            upload.vendor(),
            upload.fileName(),
            HexFormat.of().parseHex(upload.file().hash()),
            upload.file().bytes(),
            lower(upload.source()),
            upload.submittedBy(),
            lower(upload.limits()),
            upload.parent(),
            upload.mapping() == null ? null : new Json(upload.mapping()),
            upload.file().store(),
            upload.mended() == null ? null : upload.mended().toArray(Long[]::new),
            upload.sheet())
        .updateOne(transaction);
    return id;
  }

  static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static <E extends Enum<E>> E constant(Class<E> type, String name) {
    return Enum.valueOf(type, name.toUpperCase(Locale.ROOT));
  }

  Optional<UploadRow> row(Connection connection, UUID id) {
    return Sql.of("select * from upload where id = ?")
        .with(id)
        .first(
            connection,
            row ->
                new UploadRow(
                    row.uuid("id"),
                    row.text("vendor"),
                    row.text("file_name"),
                    HexFormat.of().formatHex(row.bytes("content_hash")),
                    row.int8("bytes"),
                    row.text("submitted_by"),
                    constant(Uploads.Limits.class, row.text("limits")),
                    constant(Upload.State.class, row.text("state")),
                    row.jsonOrNull("mapping"),
                    texts(row.textArrayOrNull("header")),
                    row.int4OrNull("sheet"),
                    row.int8("checkpoint"),
                    row.uuidOrNull("store")));
  }

  private static List<String> texts(@Nullable List<@Nullable String> values) {
    return values == null
        ? List.of()
        : values.stream().map(value -> Objects.requireNonNullElse(value, "")).toList();
  }

  Optional<Uploads.Progress> progress(Connection connection, UUID id) {
    return Sql.of(PROGRESS)
        .with(id)
        .first(
            connection,
            row ->
                new Uploads.Progress(
                    row.uuid("id"),
                    constant(Upload.State.class, row.text("state")),
                    failure(row),
                    Ledger.books(row),
                    row.int8("bytes"),
                    row.int8OrNull("estimated_rows"),
                    row.int8("warnings")));
  }

  Optional<Upload> find(Connection connection, UUID id) {
    return Sql.of(SELECT + "where u.id = ?")
        .with(id)
        .first(connection, UploadStore::upload)
        .map(upload -> UploadProblems.added(connection, List.of(upload)).getFirst());
  }

  Page<Upload> list(Connection connection, Uploads.Query query, @Nullable String cursor, int size) {
    UUID before = cursor == null ? new UUID(-1L, -1L) : new Cursor(cursor).uuid();
    List<Upload> found =
        Sql.of(
                SELECT
                    + """
                    where u.id < ? and (?::text is null or u.vendor = ?)
                      and (?::text is null or u.state = ?)
                      and (?::text is null or u.file_name ilike ? or u.id::text ilike ?)
                      and (not ? or exists (
                        select from dead_letter d where d.batch_id = u.id and d.state = 'open'))
                    order by u.id desc limit ?
                    """)
            .with(
                before,
                query.vendor(),
                query.vendor(),
                query.state() == null ? null : lower(query.state()),
                query.state() == null ? null : lower(query.state()),
                query.text(),
                query.text() == null ? null : "%" + escapeLike(query.text()) + "%",
                query.text() == null ? null : escapeLike(query.text()) + "%",
                query.mendable() == Uploads.Mendable.OPEN,
                size + 1)
            .list(connection, UploadStore::upload);
    boolean more = found.size() > size;
    List<Upload> shown = more ? found.subList(0, size) : found;
    return new Page<>(
        UploadProblems.added(connection, shown), more ? shown.getLast().id().toString() : null);
  }

  List<Upload> successors(Connection connection, UUID parent) {
    return UploadProblems.added(
        connection,
        Sql.of(
                SELECT
                    + """
                    where u.id in (
                      select id from upload where parent = ?
                      union
                      select l.id from upload f join upload l on l.vendor = f.vendor and l.id > f.id
                      where f.id = ? and exists (
                        select from dead_letter d where d.resolved_batch = l.id and d.batch_id = f.id))
                    order by u.id
                    """)
            .with(parent, parent)
            .list(connection, UploadStore::upload));
  }

  Page<Upload> awaitingApproval(Connection connection, @Nullable String cursor, int size) {
    UUID after = cursor == null ? new UUID(0, 0) : new Cursor(cursor).uuid();
    List<Upload> found =
        Sql.of(
                SELECT
                    + """
                    where u.id > ? and b.pending > 0 and u.finished_at is not null
                    order by u.id limit ?
                    """)
            .with(after, size + 1)
            .list(connection, UploadStore::upload);
    boolean more = found.size() > size;
    List<Upload> shown = more ? found.subList(0, size) : found;
    return new Page<>(
        UploadProblems.added(connection, shown), more ? shown.getLast().id().toString() : null);
  }

  private static String escapeLike(String text) {
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
  }

  private static Upload.@Nullable Failure failure(Row row) {
    String message = row.textOrNull("failure");
    return message == null
        ? null
        : new Upload.Failure(row.text("failure_code"), message, row.int8OrNull("failure_line"));
  }

  private static Upload upload(Row row) {
    return new Upload(
        row.uuid("id"),
        row.text("vendor"),
        row.text("file_name"),
        HexFormat.of().formatHex(row.bytes("content_hash")),
        row.int8("bytes"),
        constant(Upload.Source.class, row.text("source")),
        row.text("submitted_by"),
        row.uuidOrNull("parent"),
        constant(Upload.State.class, row.text("state")),
        failure(row),
        Ledger.books(row),
        row.int8("warnings"),
        row.int8("open_errors"),
        row.int8OrNull("estimated_rows"),
        row.textOrNull("layout"),
        row.uuidOrNull("mapping_id"),
        texts(row.textArrayOrNull("header")),
        List.of(),
        texts(row.textArrayOrNull("notes")),
        row.instant("received_at"),
        row.instantOrNull("started_at"),
        row.instantOrNull("finished_at"));
  }

  /// What is fixed when the reading of a file begins.
  ///
  /// @param sheet the number of the sheet of a workbook that is read; null: it is none
  record Beginning(
      List<String> header,
      @Nullable Integer sheet,
      String layout,
      @Nullable Long estimatedRows,
      String mapping,
      @Nullable UUID mappingId,
      List<String> notes) {}

  /// What an earlier run knew better is kept: it may have counted the rows, and it chose the
  /// mapping.
  void begin(Connection transaction, UUID id, Beginning beginning) {
    Sql.of(
            """
            update upload
            set state = 'parsing', started_at = coalesce(started_at, now()), header = ?, sheet = ?,
                layout = ?,
                estimated_rows = case when checkpoint = 0 then ? else estimated_rows end,
                notes = case when mapping is null then ? else notes end,
                mapping = ?, mapping_id = coalesce(mapping_id, ?), failure_code = null,
                failure = null, failure_line = null
            where id = ? and state in ('received', 'parsing')
            """)
        .with(
            beginning.header().stream().map(StorableText::repair).toArray(String[]::new),
            beginning.sheet(),
            beginning.layout(),
            beginning.estimatedRows(),
            beginning.notes().stream().map(StorableText::repair).toArray(String[]::new),
            new Json(beginning.mapping()),
            beginning.mappingId(),
            id)
        .updateOne(transaction);
  }

  /// Says which kept mapping is the one that the upload was read with.
  void mappedBy(Connection transaction, UUID id, UUID mapping) {
    Sql.of("update upload set mapping_id = ? where id = ?")
        .with(mapping, id)
        .updateOne(transaction);
  }

  /// Says why an upload that is not finished does not go on.
  void hold(Connection transaction, UUID id, @Nullable String code, @Nullable String reason) {
    Sql.of(
            """
            update upload set failure_code = ?, failure = ?
            where id = ? and state in ('received', 'parsing')
            """)
        .with(code, reason, id)
        .update(transaction);
  }

  /// Keeps the upload as it is, unfinished, until the transaction ends.
  ///
  /// @throws UploadEndedException when it is finished already
  void requireUnfinished(Connection transaction, UUID id) {
    if (Sql.of(
            """
            select id from upload where id = ? and state in ('received', 'parsing')
            for no key update
            """)
        .with(id)
        .first(transaction, row -> row.uuid("id"))
        .isEmpty()) {
      throw new UploadEndedException(id);
    }
  }

  /// Counts how often in a row an upload was begun, or gone on with, without settling a chunk.
  ///
  /// @param more 1 for another time; 0 when the last time does not count; -1 takes one back
  /// @throws UploadEndedException when it is finished already
  int attempted(Connection transaction, UUID id, int more) {
    return Sql.of(
            """
            update upload set attempts = greatest(attempts + ?, 0)
            where id = ? and state in ('received', 'parsing') returning attempts
            """)
        .with(more, id)
        .first(transaction, row -> row.int4("attempts"))
        .orElseThrow(() -> new UploadEndedException(id));
  }

  void finish(
      Connection transaction, UUID id, Upload.State state, Upload.@Nullable Failure failure) {
    Sql.of(
            """
            update upload
            set state = ?, failure_code = ?, failure = ?, failure_line = ?, finished_at = now(),
                started_at = coalesce(started_at, now())
            where id = ? and state in ('received', 'parsing')
            """)
        .with(
            lower(state),
            failure == null ? null : failure.code(),
            failure == null ? null : StorableText.repair(failure.message()),
            failure == null ? null : failure.line(),
            id)
        .updateOne(transaction);
    ledger.close(transaction, id);
  }

  /// Settles the state anew after waiting rows were declined or refused. One that failed as a whole
  /// stays so.
  void restate(Connection transaction, UUID id) {
    Sql.of(
            """
            update upload u
            set state = case
              when b.rejected = 0 then 'completed'
              when b.rejected = b.received - b.skipped then 'failed'
              else 'partial' end
            from batch b
            where b.id = u.id and u.id = ? and u.finished_at is not null and u.failure_code is null
            """)
        .with(id)
        .update(transaction);
  }

  /// The first unfinished upload of each vendor by the order in which the database took them in,
  /// whatever the clocks of nodes say: those of one vendor are read one after the other.
  ///
  /// @param store the folder that its file lies in; null: not known
  record Waiting(UUID id, String vendor, String contentHash, @Nullable UUID store) {}

  List<Waiting> waiting(Connection connection) {
    return Sql.of(
            """
            select distinct on (vendor) id, vendor, content_hash, store from upload
            where state in ('received', 'parsing') order by vendor, number
            """)
        .list(
            connection,
            row ->
                new Waiting(
                    row.uuid("id"),
                    row.text("vendor"),
                    HexFormat.of().formatHex(row.bytes("content_hash")),
                    row.uuidOrNull("store")));
  }
}

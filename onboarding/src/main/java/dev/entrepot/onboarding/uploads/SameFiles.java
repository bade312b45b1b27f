package dev.entrepot.onboarding.uploads;

import dev.entrepot.onboarding.OnboardingException;
import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Which uploads have the same bytes or the same rows as another one.
final class SameFiles {
  private SameFiles() {}

  /// The upload that brought the same bytes before and did not fail.
  static Optional<UUID> whole(Connection connection, String vendor, String hash) {
    return Sql.of(
            """
            select id from upload
            where vendor = ? and content_hash = ? and source not in ('mended', 'rerun')
              and state <> 'failed'
            """)
        .with(vendor, HexFormat.of().parseHex(hash))
        .first(connection, row -> row.uuid("id"));
  }

  /// The other uploads of the same bytes, sheet and columns, which have the same rows under the
  /// same numbers. Where the sheet was not kept, it is known by its columns. While one is read, the
  /// others are not.
  static List<UUID> others(
      Connection connection, UploadRow upload, List<String> header, @Nullable Integer sheet) {
    return Sql.of(
            """
            select id from upload
            where vendor = ? and content_hash = ? and id <> ? and header = ?
              and (sheet is null or sheet = coalesce(?, sheet))
            """)
        .with(
            upload.vendor(),
            HexFormat.of().parseHex(upload.contentHash()),
            upload.id(),
            header.toArray(String[]::new),
            sheet)
        .list(connection, row -> row.uuid("id"));
  }

  /// An upload of the same bytes that is being read or has rows waiting for approval.
  static Optional<UUID> undecided(Connection connection, UploadRow upload) {
    return Sql.of(
            """
            select u.id from upload u join batch b on b.id = u.id
            where u.vendor = ? and u.content_hash = ? and (b.pending > 0 or u.finished_at is null)
            order by u.id limit 1
            """)
        .with(upload.vendor(), HexFormat.of().parseHex(upload.contentHash()))
        .first(connection, row -> row.uuid("id"));
  }

  /// Until the transaction ends, nobody else takes in the same file, or mended rows of the same
  /// upload.
  static void lock(Connection transaction, UploadStore.NewUpload upload) {
    String what =
        upload.mended() == null
            ? upload.vendor() + " " + upload.file().hash()
            : String.valueOf(upload.parent());
    boolean locked =
        Sql.of("select pg_advisory_xact_lock(hashtextextended('upload ' || ?, 0))")
            .with(what)
            .first(transaction, _ -> "")
            .isPresent();
    assert locked;
  }

  /// The unfinished upload that has the very same mended rows.
  ///
  /// @throws OnboardingException CONFLICT when some of them are mended already, or are being read
  ///   with other contents
  static Optional<UUID> mended(
      Connection transaction, UUID parent, String hash, List<Long> records) {
    Long[] rows = records.toArray(Long[]::new);
    record Busy(UUID id, boolean same) {}
    Optional<Busy> busy =
        Sql.of(
                """
                select u.id, u.content_hash = ? as same from upload u join batch b on b.id = u.id
                where u.parent = ? and u.source = 'mended' and u.mended && ?
                  and (u.finished_at is null or b.pending > 0)
                order by same desc, u.id limit 1
                """)
            .with(HexFormat.of().parseHex(hash), parent, rows)
            .first(transaction, row -> new Busy(row.uuid("id"), row.bool("same")));
    if (busy.isPresent() && !busy.get().same()) {
      throw new OnboardingException(
          OnboardingException.Code.CONFLICT,
          "rows",
          "upload %s has some of these rows with other contents and is not decided yet; wait for its verdict, then mend what is left"
              .formatted(busy.get().id()));
    }
    Sql.of(
            """
            select record, state from dead_letter
            where batch_id = ? and record = any(?) and state <> 'open' order by record limit 1
            """)
        .with(parent, rows)
        .first(transaction, row -> row.int8("record") + " is " + row.text("state"))
        .filter(_ -> busy.isEmpty())
        .ifPresent(row -> {
          throw new OnboardingException(
              OnboardingException.Code.CONFLICT,
              "rows",
              "row " + row + " already; reload the page");
        });
    return busy.map(Busy::id);
  }
}

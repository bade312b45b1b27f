package dev.entrepot.onboarding.uploads;

import dev.entrepot.onboarding.OnboardingException;
import dev.entrepot.onboarding.vendors.UploadLimits;
import dev.entrepot.onboarding.vendors.Vendor;
import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a supplier may send in 24 hours. Uploads are counted when they come, one after the other.
/// The rows of a file are known only when it was read through: a file that has more than are left
/// fails before a row of it is applied. Files of one vendor are read one after the other, so no two
/// can use the same rest. Mended rows and files that are run again count no more than they did when
/// they were sent; what may be made of them has a bound of its own.
final class Quota {
  private static final int SUCCESSORS_PER_UPLOAD = 100;
  private static final int READ_AGAIN = 10;

  private Quota() {}

  /// An upload that counts.
  ///
  /// @param sent whether it came as a file, and is no successor of another upload
  /// @param free how long until it counts no more
  private record Used(UUID upload, boolean sent, long rows, Duration free) {}

  /// Uploads that were made of others.
  ///
  /// @param free how long until the oldest counts no more
  private record Successors(long uploads, long rows, Duration free) {}

  /// Makes other submissions of the vendor wait until this transaction ends.
  static void lock(Connection transaction, String vendor) {
    Optional<String> locked =
        Sql.of("select pg_advisory_xact_lock(hashtextextended('upload quota ' || ?, 0))")
            .with(vendor)
            .first(transaction, _ -> "");
    assert locked.isPresent();
  }

  /// Whether one more upload may come. Hold the [#lock(Connection, String)].
  ///
  /// @throws OnboardingException QUOTA_EXCEEDED
  static void requireUpload(Connection transaction, Vendor vendor) {
    UploadLimits limits = vendor.limits();
    List<Used> used = used(transaction, vendor.code(), null, 0);
    List<Used> sent = used.stream().filter(Used::sent).toList();
    if (sent.size() >= limits.uploadsPerDay()) {
      throw OnboardingException.quota(
          String.format(
              Locale.ROOT,
              "vendor %s has sent %,d files in the last 24 hours, %,d are allowed; send this one later, or ask for a higher limit",
              vendor.code(),
              sent.size(),
              limits.uploadsPerDay()),
          sent.get(sent.size() - limits.uploadsPerDay()).free());
    }
    long rows = used.stream().mapToLong(Used::rows).sum();
    if (rows >= limits.rowsPerDay()) {
      throw OnboardingException.quota(
          String.format(
              Locale.ROOT,
              "vendor %s has sent %,d rows in the last 24 hours, %,d are allowed; send this file later, or ask for a higher limit",
              vendor.code(),
              rows,
              limits.rowsPerDay()),
          untilBelow(limits.rowsPerDay(), rows, used));
    }
  }

  private static Duration untilBelow(long limit, long rows, List<Used> oldestFirst) {
    long left = rows;
    for (Used used : oldestFirst) {
      left -= used.rows();
      if (left < limit) {
        return used.free();
      }
    }
    throw new IllegalStateException("no row counts, and yet there are " + rows);
  }

  /// What counts now, the oldest first. A file that is not finished counts with the rows it is
  /// known to have. Mended rows do not count, nor do rows of a file that is run again, as far as an
  /// earlier upload of the same bytes came with them.
  ///
  /// @param beginning an upload that is about to be read and counts whenever it came; null: none
  /// @param rows how many that one has
  private static List<Used> used(
      Connection connection, String vendor, @Nullable UUID beginning, long rows) {
    return Sql.of(
            """
            select u.id, u.parent is null as sent,
              greatest(0,
                case when u.id = ?::uuid then ?
                  when u.finished_at is null then greatest(b.received, coalesce(u.estimated_rows, 0))
                  else b.received end
                - case when u.source = 'rerun' then (
                    select coalesce(max(e.received), 0)
                    from upload o join batch e on e.id = o.id
                    where o.vendor = u.vendor and o.content_hash = u.content_hash
                      and o.number < u.number)
                  else 0 end)::bigint as n,
              ceil(extract(epoch from u.received_at + interval '24 hours' - now()))::bigint as free
            from upload u join batch b on b.id = u.id
            where u.vendor = ? and u.limits = 'supplier' and u.source <> 'mended'
              and (u.received_at > now() - interval '24 hours' or u.id = ?::uuid)
            order by u.received_at
            """)
        .with(beginning, rows, vendor, beginning)
        .list(
            connection,
            row ->
                new Used(
                    row.uuid("id"),
                    row.bool("sent"),
                    row.int8("n"),
                    Duration.ofSeconds(row.int8("free"))));
  }

  /// Whether one more upload may be made of an earlier one: mended rows, or the same file again.
  /// They use nothing of the quota, but nobody may make them without end. Hold the
  /// [#lock(Connection, String)].
  ///
  /// @throws OnboardingException QUOTA_EXCEEDED
  static void requireSuccessor(Connection transaction, Vendor vendor) {
    long mostUploads = (long) SUCCESSORS_PER_UPLOAD * vendor.limits().uploadsPerDay();
    long mostRows = (long) READ_AGAIN * vendor.limits().rowsPerDay();
    Successors made = successors(transaction, vendor.code());
    if (made.uploads() >= mostUploads || made.rows() >= mostRows) {
      throw OnboardingException.quota(
          String.format(
              Locale.ROOT,
              "of vendor %s, %,d uploads with %,d rows were mended or run again in the last 24 hours; at most %,d uploads and %,d rows may be; go on later, or ask for higher limits",
              vendor.code(),
              made.uploads(),
              made.rows(),
              mostUploads,
              mostRows),
          made.free());
    }
  }

  private static Successors successors(Connection connection, String vendor) {
    return Sql.of(
            """
            select count(*) as uploads, coalesce(sum(b.received), 0)::bigint as n,
              coalesce(ceil(extract(epoch from
                min(u.received_at) + interval '24 hours' - now())), 0)::bigint as free
            from upload u join batch b on b.id = u.id
            where u.vendor = ? and u.limits = 'supplier' and u.parent is not null
              and u.received_at > now() - interval '24 hours'
            """)
        .with(vendor)
        .one(
            connection,
            row ->
                new Successors(
                    row.int8("uploads"), row.int8("n"), Duration.ofSeconds(row.int8("free"))));
  }

  /// Whether a file of so many rows fits into what is left.
  ///
  /// @throws FileFailure when it does not
  static void requireRows(Connection connection, Vendor vendor, UUID upload, long rows) {
    long others = 0;
    long wanted = 0;
    for (Used used : used(connection, vendor.code(), upload, rows)) {
      if (used.upload().equals(upload)) {
        wanted = used.rows();
      } else {
        others += used.rows();
      }
    }
    long limit = vendor.limits().rowsPerDay();
    if (wanted > 0 && others + wanted > limit) {
      throw new FileFailure(
          "QUOTA_EXCEEDED",
          String.format(
              Locale.ROOT,
              "the file has %,d rows, but of the %,d that vendor %s may send in 24 hours %,d are left; send it again later, split it, or ask for a higher limit",
              rows,
              limit,
              vendor.code(),
              Math.max(0, limit - others)),
          null);
    }
  }
}

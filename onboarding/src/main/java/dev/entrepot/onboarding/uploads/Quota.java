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

/// What a supplier may send in 24 hours. Uploads are counted when they come, one after the other.
/// The rows of a file are known only when it was read through: a file that has more than are left
/// fails before a row of it is applied. Files of one vendor are read one after the other, so no two
/// can use the same rest.
final class Quota {
  private Quota() {}

  /// An upload that counts.
  ///
  /// @param free how long until it counts no more
  private record Used(long rows, Duration free) {}

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
    List<Used> used = used(transaction, vendor.code());
    if (used.size() >= limits.uploadsPerDay()) {
      throw OnboardingException.quota(
          String.format(
              Locale.ROOT,
              "vendor %s has sent %,d files in the last 24 hours, as many as it may; send this one later, or ask for a higher limit",
              vendor.code(),
              used.size()),
          used.get(used.size() - limits.uploadsPerDay()).free());
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
  /// known to have.
  private static List<Used> used(Connection connection, String vendor) {
    return Sql.of(
            """
            select
              case when u.finished_at is null
                then greatest(b.received, coalesce(u.estimated_rows, 0))
                else b.received end as n,
              ceil(extract(epoch from u.received_at + interval '24 hours' - now()))::bigint as free
            from upload u join batch b on b.id = u.id
            where u.vendor = ? and u.limits = 'supplier'
              and u.received_at > now() - interval '24 hours'
            order by u.received_at
            """)
        .with(vendor)
        .list(connection, row -> new Used(row.int8("n"), Duration.ofSeconds(row.int8("free"))));
  }

  /// Whether a file of so many rows fits into what is left.
  ///
  /// @throws FileFailure when it does not
  static void requireRows(Connection connection, Vendor vendor, UUID upload, long rows) {
    long others =
        Sql.of(
                """
                select coalesce(sum(b.received), 0)::bigint n
                from upload u join batch b on b.id = u.id
                where u.vendor = ? and u.limits = 'supplier' and u.id <> ?
                  and u.received_at > now() - interval '24 hours'
                """)
            .with(vendor.code(), upload)
            .one(connection, row -> row.int8("n"));
    long limit = vendor.limits().rowsPerDay();
    if (others + rows > limit) {
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

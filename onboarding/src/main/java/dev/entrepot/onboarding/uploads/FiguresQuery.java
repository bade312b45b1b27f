package dev.entrepot.onboarding.uploads;

import dev.entrepot.model.Books;
import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Figures over many uploads, computed from the books.
final class FiguresQuery {
  private static final int TOP = 10;
  private static final int MOST_VENDORS = 50;

  private FiguresQuery() {}

  static Uploads.Figures run(Connection connection, @Nullable String vendor, Instant since) {
    return new Uploads.Figures(
        days(connection, vendor, since),
        topProblems(connection, vendor, since),
        problemDays(connection, vendor, since),
        vendors(connection, vendor, since),
        count(
            connection,
            "select count(*) n from product where (?::text is null or vendor = ?)",
            vendor),
        count(
            connection,
            """
            select coalesce(sum(pending), 0)::bigint n from batch
            where kind = 'upload' and closed_at is not null and (?::text is null or flow = ?)
            """,
            vendor),
        count(
            connection,
            """
            select count(*) n from dead_letter d join upload u on u.id = d.batch_id
            where d.state = 'open' and (?::text is null or u.vendor = ?)
            """,
            vendor),
        count(
            connection,
            """
            select count(*) n from upload
            where state in ('received', 'parsing') and (?::text is null or vendor = ?)
            """,
            vendor));
  }

  private static List<Uploads.Day> days(
      Connection connection, @Nullable String vendor, Instant since) {
    return Sql.of(
            """
            select (opened_at at time zone 'UTC')::date as day, sum(received)::bigint received,
              sum(written + unchanged + pending)::bigint accepted, sum(rejected)::bigint rejected
            from batch
            where kind = 'upload' and opened_at >= ? and (?::text is null or flow = ?)
            group by 1 order by 1
            """)
        .with(since, vendor, vendor)
        .list(
            connection,
            row ->
                new Uploads.Day(
                    row.date("day"),
                    row.int8("received"),
                    row.int8("accepted"),
                    row.int8("rejected")));
  }

  private static List<Upload.ProblemCount> topProblems(
      Connection connection, @Nullable String vendor, Instant since) {
    return Sql.of(
            """
            select d.code, count(*) n from dead_letter d join batch b on b.id = d.batch_id
            where b.kind = 'upload' and b.opened_at >= ? and (?::text is null or b.flow = ?)
            group by d.code order by n desc, d.code limit ?
            """)
        .with(since, vendor, vendor, TOP)
        .list(connection, row -> new Upload.ProblemCount(row.text("code"), row.int8("n")));
  }

  private static List<Uploads.ProblemDay> problemDays(
      Connection connection, @Nullable String vendor, Instant since) {
    return Sql.of(
            """
            with rejected as (
              select (b.opened_at at time zone 'UTC')::date as day, d.code, count(*) n
              from dead_letter d join batch b on b.id = d.batch_id
              where b.kind = 'upload' and b.opened_at >= ? and (?::text is null or b.flow = ?)
              group by 1, 2
            )
            select day, code, n from rejected
            where code in (
              select code from rejected group by code order by sum(n) desc, code limit ?)
            order by day, code
            """)
        .with(since, vendor, vendor, TOP)
        .list(
            connection,
            row -> new Uploads.ProblemDay(row.date("day"), row.text("code"), row.int8("n")));
  }

  private static List<Uploads.VendorFigures> vendors(
      Connection connection, @Nullable String vendor, Instant since) {
    return Sql.of(
            """
            select flow, count(*) uploads, sum(received)::bigint received,
              sum(written)::bigint written, sum(unchanged)::bigint unchanged,
              sum(rejected)::bigint rejected, sum(skipped)::bigint skipped,
              sum(pending)::bigint pending
            from batch
            where kind = 'upload' and opened_at >= ? and (?::text is null or flow = ?)
            group by flow order by received desc, flow limit ?
            """)
        .with(since, vendor, vendor, MOST_VENDORS)
        .list(
            connection,
            row -> {
              Books books = dev.entrepot.ledger.Ledger.books(row);
              return new Uploads.VendorFigures(
                  row.text("flow"),
                  row.int8("uploads"),
                  books.received(),
                  books.written() + books.unchanged() + books.pending(),
                  books.rejected(),
                  books.acceptance());
            });
  }

  private static long count(Connection connection, String sql, @Nullable String vendor) {
    return Sql.of(sql).with(vendor, vendor).one(connection, row -> row.int8("n"));
  }
}

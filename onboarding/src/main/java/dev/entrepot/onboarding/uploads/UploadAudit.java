package dev.entrepot.onboarding.uploads;

import dev.entrepot.ledger.AuditCheck;
import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.util.List;
import java.util.function.Consumer;

/// What an audit looks at in onboarding: that what the books call written, unchanged and pending is
/// really there.
public final class UploadAudit {
  private UploadAudit() {}

  /// All checks.
  public static List<AuditCheck> checks() {
    return List.of(
        new Query(
            "a product or a change for every written row",
            "batch",
            """
            select b.id::text as subject, format(
              '%s rows are written; %s products were created and %s changed by them',
              b.written, coalesce(p.n, 0), coalesce(c.n, 0)) as message
            from batch b
            left join (select created_batch id, count(*) n from product group by 1) p on p.id = b.id
            left join (select batch_id id, count(*) n from product_change where kind = 'updated'
              group by 1) c on c.id = b.id
            where b.kind = 'upload' and b.written <> coalesce(p.n, 0) + coalesce(c.n, 0)
            """,
            "select count(*) n from batch where kind = 'upload'"),
        new Query(
            "a known product for every unchanged row",
            "batch",
            """
            select b.id::text as subject, format(
              '%s rows are unchanged; %s products were found unchanged', b.unchanged,
              coalesce(c.n, 0)) as message
            from batch b
            left join (select batch_id id, count(*) n from product_change where kind = 'unchanged'
              group by 1) c on c.id = b.id
            where b.kind = 'upload' and b.unchanged <> coalesce(c.n, 0)
            """,
            "select count(*) n from product_change where kind = 'unchanged'"),
        new Query(
            "a proposal for every row that waits for approval",
            "batch",
            """
            select b.id::text as subject, format(
              '%s rows are pending; %s proposals wait', b.pending, coalesce(p.n, 0)) as message
            from batch b
            left join (select batch_id id, count(*) n from proposal where state = 'pending'
              group by 1) p on p.id = b.id
            where b.kind = 'upload' and b.pending <> coalesce(p.n, 0)
            """,
            "select count(*) n from proposal"),
        new Query(
            "one open attempt at most of every rejected row",
            "row",
            """
            select d.batch_id || '/' || d.record as subject, format(
              'the row is %s by row %s of upload %s, which %s', d.state, d.resolved_record,
              d.resolved_batch,
              case when l.batch_id is null then 'is not rejected' else 'is rejected' end) as message
            from dead_letter d
            left join dead_letter l
              on l.batch_id = d.resolved_batch and l.record = d.resolved_record
            where (d.state = 'retried' and l.batch_id is null)
              or (d.state = 'mended' and l.state = 'open')
            union all
            select first_batch || '/' || first_record, format(
              'the row has %s open attempts', count(*))
            from dead_letter
            where first_batch is not null and state = 'open'
            group by first_batch, first_record having count(*) > 1
            limit 1000
            """,
            "select count(*) n from dead_letter where state in ('retried', 'mended')"),
        new Query(
            "every record of a finished upload is settled",
            "batch",
            """
            select u.id::text as subject, format(
              'the upload is %s at row %s, its books have received %s', u.state, u.checkpoint,
              b.received) as message
            from upload u join batch b on b.id = u.id
            where u.checkpoint <> b.received
              or (u.state in ('completed', 'partial', 'failed')) <> (b.closed_at is not null)
            """,
            "select count(*) n from upload"),
        new Query(
            "every product has a vendor and a category",
            "product",
            """
            select p.id::text as subject, format(
              'vendor %s, category %s', p.vendor, p.category) as message
            from product p
            where not exists (select 1 from vendor v where v.code = p.vendor)
              or not exists (select 1 from category c where c.code = p.category)
            limit 1000
            """,
            "select count(*) n from product"));
  }

  private record Query(String name, String kind, String disagreements, String looked)
      implements AuditCheck {
    @Override
    public long run(Connection connection, Consumer<Finding> findings) {
      Sql.of(disagreements)
          .list(
              connection,
              row -> new Finding(name, kind + "/" + row.text("subject"), row.text("message")))
          .forEach(findings);
      return Sql.of(looked).one(connection, row -> row.int8("n"));
    }
  }
}

package dev.entrepot.flow.runs;

import dev.entrepot.ledger.AuditCheck;
import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.util.function.Consumer;

/// Holds the pages and records of runs, and what destinations are known to hold, against the books.
public final class FlowBooksCheck implements AuditCheck {
  private static final String TITLE = "runs: pages, records and known state against the books";

  private static final Sql PAGES =
      Sql.of(
          """
          select r.id, b.received, coalesce(p.records, 0) as records from flow_run r
          join batch b on b.id = r.id
          left join (select run, sum(records)::bigint as records from flow_page group by run) p
            on p.run = r.id
          where b.received <> coalesce(p.records, 0) and r.forgotten_at is null
          """);
  private static final Sql PENDING =
      Sql.of(
          """
          select r.id, b.pending from flow_run r join batch b on b.id = r.id
          where r.ended_at is not null and b.pending > 0
          """);

  // A record that was written must be known, in the last run that had its key at least.
  private static final Sql UNKNOWN =
      Sql.of(
          """
          select r.run, count(*) as records from flow_record r
          join flow_run f on f.id = r.run
          join batch_chunk c on c.batch_id = r.run
            and r.record >= c.first_record and r.record < c.first_record + c.records
          where get_byte(c.outcomes, (r.record - c.first_record)::int) = ascii('w')
            and r.change in ('create', 'update')
            and not exists (
              select from flow_known k where k.tenant = f.tenant and k.destination = f.destination
                and k.key = r.key)
            and not exists (
              select from flow_record later where later.key = r.key and later.tenant = r.tenant
                and (later.run, later.record) > (r.run, r.record))
          group by r.run
          """);
  private static final Sql COUNT = Sql.of("select count(*) as n from flow_run");

  @Override
  public String name() {
    return TITLE;
  }

  @Override
  public long run(Connection connection, Consumer<Finding> findings) {
    PAGES
        .list(
            connection,
            row ->
                finding(
                    row.uuid("id").toString(),
                    "the books have %d records, its pages %d"
                        .formatted(row.int8("received"), row.int8("records"))))
        .forEach(findings);
    PENDING
        .list(
            connection,
            row ->
                finding(
                    row.uuid("id").toString(),
                    "it has ended, but %d records are pending".formatted(row.int8("pending"))))
        .forEach(findings);
    UNKNOWN
        .list(
            connection,
            row ->
                finding(
                    row.uuid("run").toString(),
                    "%d records were written, but nothing is known of them at the destination"
                        .formatted(row.int8("records"))))
        .forEach(findings);
    return COUNT.one(connection, row -> row.int8("n"));
  }

  private static Finding finding(String run, String message) {
    return new Finding(TITLE, "run/" + run, message);
  }
}

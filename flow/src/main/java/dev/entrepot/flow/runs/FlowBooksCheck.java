package dev.entrepot.flow.runs;

import dev.entrepot.ledger.AuditCheck;
import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.util.function.Consumer;

/// Holds the pages, records, steps and calls of runs, and what destinations are known to hold,
/// against the books.
public final class FlowBooksCheck implements AuditCheck {
  private static final String TITLE =
      "runs: pages, records, steps, calls and known state against the books";

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

  // A record is written when its last step is accepted, and rejected by one step at most.
  private static final Sql STEPS =
      Sql.of(
          """
          select r.id, b.written, b.rejected,
            sum(s.accepted)::bigint as accepted, sum(s.rejected)::bigint as refused
          from flow_run r join batch b on b.id = r.id join flow_step s on s.run = r.id
          where r.ended_at is not null
          group by r.id, b.written, b.rejected
          having sum(s.accepted) < b.written or sum(s.rejected) > b.rejected
          """);
  private static final Sql OPEN_CALLS =
      Sql.of(
          """
          select r.id, count(*) as calls from flow_run r join flow_call c on c.run = r.id
          where r.ended_at is not null and c.ended_at is null group by r.id
          """);

  // Calls of old runs are forgotten, all of a run at once.
  private static final Sql CALLS =
      Sql.of(
          """
          select s.run, s.step, s.calls, coalesce(c.calls, 0) as kept
          from flow_step s join flow_run r on r.id = s.run
          left join (
            select run, step, count(*) as calls from flow_call
            where result is distinct from 'not sent' group by run, step) c
            on c.run = s.run and c.step = s.step
          where r.ended_at is not null and s.calls <> coalesce(c.calls, 0)
            and exists (select from flow_call k where k.run = s.run)
          """);

  // A record that was written must be known, in the last run that had its key at least. Sorted and
  // grouped rather than joined: tables that have grown since they were last analyzed must not lead
  // to a look through one of them for each row of the other.
  private static final Sql UNKNOWN =
      Sql.of(
          """
          with judged as (
            select r.tenant, f.destination, r.key, r.run, r.change,
              f.read_from >= coalesce(a.since, '-infinity') as same_account,
              get_byte(c.outcomes, (r.record - c.first_record)::int) as outcome,
              row_number() over (partition by r.tenant, r.key order by r.run desc, r.record desc) as age
            from batch_chunk c
            join flow_run f on f.id = c.batch_id
            join flow_record r on r.run = c.batch_id
              and r.record >= c.first_record and r.record < c.first_record + c.records
            left join flow_account a on a.tenant = f.tenant and a.destination = f.destination
            where r.key is not null
          ), sides as (
            select tenant, destination, key, run::text as run from judged
            where age = 1 and same_account and outcome = ascii('w') and change in ('create', 'update')
            union all
            select tenant, destination, key, null from flow_known
          ), unknown as (
            select max(run)::uuid as run from sides
            group by tenant, destination, key having count(*) = count(run)
          )
          select run, count(*) as records from unknown group by run
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
    calls(connection, findings);
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

  private static void calls(Connection connection, Consumer<Finding> findings) {
    STEPS
        .list(
            connection,
            row ->
                finding(
                    row.uuid("id").toString(),
                    "the books have %d records written and %d rejected, its steps accepted %d and rejected %d"
                        .formatted(
                            row.int8("written"),
                            row.int8("rejected"),
                            row.int8("accepted"),
                            row.int8("refused"))))
        .forEach(findings);
    OPEN_CALLS
        .list(
            connection,
            row ->
                finding(
                    row.uuid("id").toString(),
                    "it has ended, but %d calls have no result".formatted(row.int8("calls"))))
        .forEach(findings);
    CALLS
        .list(
            connection,
            row ->
                finding(
                    row.uuid("run").toString(),
                    "step %s counts %d calls, and %d were written down"
                        .formatted(row.text("step"), row.int8("calls"), row.int8("kept"))))
        .forEach(findings);
  }

  private static Finding finding(String run, String message) {
    return new Finding(TITLE, "run/" + run, message);
  }
}

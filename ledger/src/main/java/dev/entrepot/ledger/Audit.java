package dev.entrepot.ledger;

import dev.entrepot.storage.Database;
import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Recomputes the books from the records themselves and compares them with the running totals, all
/// in one snapshot of the database. Safe for use by many threads.
public final class Audit {
  /// What an audit found.
  ///
  /// @param checks each check with how many things it looked at
  public record Report(
      Instant at, Duration took, List<Checked> checks, List<AuditCheck.Finding> findings) {
    public Report {
      checks = List.copyOf(checks);
      findings = List.copyOf(findings);
    }

    /// Whether everything agreed.
    public boolean clean() {
      return findings.isEmpty();
    }
  }

  public record Checked(String name, long subjects) {}

  private final Database database;
  private final List<AuditCheck> checks;

  /// @param checks further checks, run after the ledger's own
  public Audit(Database database, List<AuditCheck> checks) {
    this.database = database;
    this.checks = new ArrayList<>();
    this.checks.add(new BooksCheck());
    this.checks.add(new SequenceCheck());
    this.checks.add(
        new DeadLetterCheck(
            checks.stream().flatMap(check -> check.lettersOf().stream()).toArray(String[]::new)));
    this.checks.addAll(checks);
  }

  /// Runs every check.
  public Report run() {
    Instant began = Instant.now();
    List<AuditCheck.Finding> findings = new ArrayList<>();
    List<Checked> checked = new ArrayList<>();
    database.write(connection -> {
      Sql.of("set transaction isolation level repeatable read, read only").update(connection);
      for (AuditCheck check : checks) {
        checked.add(new Checked(check.name(), check.run(connection, findings::add)));
      }
      return checked;
    });
    return new Report(began, Duration.between(began, Instant.now()), checked, findings);
  }

  private static final class BooksCheck implements AuditCheck {
    @Override
    public String name() {
      return "running totals against a recount of the outcomes";
    }

    @Override
    public long run(Connection connection, Consumer<Finding> findings) throws SQLException {
      Sql.of(
              """
              with recount as (
                select batch_id, sum(records) received,
                  sum(records - length(replace(codes, 'w', ''))) written,
                  sum(records - length(replace(codes, 'u', ''))) unchanged,
                  sum(records - length(replace(codes, 'r', ''))) rejected,
                  sum(records - length(replace(codes, 's', ''))) skipped,
                  sum(records - length(replace(codes, 'p', ''))) pending
                from (select batch_id, records, encode(outcomes, 'escape') codes from batch_chunk) c
                group by batch_id
              )
              select b.id, format('received %s, written %s, unchanged %s, rejected %s, skipped %s, pending %s',
                b.received, b.written, b.unchanged, b.rejected, b.skipped, b.pending) totals,
                format('received %s, written %s, unchanged %s, rejected %s, skipped %s, pending %s',
                r.received, r.written, r.unchanged, r.rejected, r.skipped, r.pending) recount
              from batch b left join recount r on r.batch_id = b.id
              where (b.received, b.written, b.unchanged, b.rejected, b.skipped, b.pending)
                is distinct from
                (coalesce(r.received, 0), coalesce(r.written, 0), coalesce(r.unchanged, 0),
                 coalesce(r.rejected, 0), coalesce(r.skipped, 0), coalesce(r.pending, 0))
              """)
          .list(
              connection,
              row ->
                  new Finding(
                      name(),
                      "batch/" + row.uuid("id"),
                      "the totals say "
                          + row.text("totals")
                          + "; the recount says "
                          + row.text("recount")))
          .forEach(findings);
      return count(connection, "batch");
    }
  }

  private static final class SequenceCheck implements AuditCheck {
    @Override
    public String name() {
      return "no record missing or counted twice";
    }

    @Override
    public long run(Connection connection, Consumer<Finding> findings) throws SQLException {
      Sql.of(
              """
              select batch_id, number, first_record, expected from (
                select batch_id, number, first_record,
                  row_number() over w as expected_number,
                  1 + coalesce(sum(records) over (w rows between unbounded preceding and 1 preceding), 0)
                    as expected
                from batch_chunk window w as (partition by batch_id order by number)
              ) c where first_record <> expected or number <> expected_number
              """)
          .list(
              connection,
              row ->
                  new Finding(
                      name(),
                      "batch/" + row.uuid("batch_id"),
                      "chunk "
                          + row.int4("number")
                          + " begins at record "
                          + row.int8("first_record")
                          + ", expected "
                          + row.numeric("expected")))
          .forEach(findings);
      return count(connection, "batch_chunk");
    }
  }

  private static final class DeadLetterCheck implements AuditCheck {
    private final String[] keptElsewhere;

    /// @param keptElsewhere kinds of batches that others compare
    private DeadLetterCheck(String[] keptElsewhere) {
      this.keptElsewhere = keptElsewhere;
    }

    @Override
    public String name() {
      return "a dead letter for every rejected record";
    }

    @Override
    public long run(Connection connection, Consumer<Finding> findings) throws SQLException {
      Sql.of(
              """
              select b.id, b.rejected, coalesce(d.letters, 0) letters
              from batch b
              left join (select batch_id, count(*) letters from dead_letter group by batch_id) d
                on d.batch_id = b.id
              where b.rejected <> coalesce(d.letters, 0) and b.kind <> all(?)
              """)
          .with((Object) keptElsewhere)
          .list(
              connection,
              row ->
                  new Finding(
                      name(),
                      "batch/" + row.uuid("id"),
                      row.int8("rejected")
                          + " records are rejected, "
                          + row.int8("letters")
                          + " dead letters are kept"))
          .forEach(findings);
      return count(connection, "dead_letter");
    }
  }

  private static long count(Connection connection, String table) {
    return Sql.of("select count(*) n from " + table).one(connection, row -> row.int8("n"));
  }
}

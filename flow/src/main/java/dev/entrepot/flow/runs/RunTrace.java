package dev.entrepot.flow.runs;

import dev.entrepot.ledger.TraceSource;
import dev.entrepot.model.Outcome;
import dev.entrepot.storage.Row;
import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What runs did with a key, and what destinations are known to hold of it.
public final class RunTrace implements TraceSource {
  private static final Sql RECORDS =
      Sql.of(
          """
          select r.run, r.record, r.change, r.reason, f.tenant, f.flow, f.reason as run_reason,
            coalesce(f.started_at, f.asked_at) as at,
            chr(get_byte(c.outcomes, (r.record - c.first_record)::int)) as outcome
          from flow_record r
          join flow_run f on f.id = r.run
          join batch_chunk c on c.batch_id = r.run
            and r.record >= c.first_record and r.record < c.first_record + c.records
          where r.key = ? order by r.run desc, r.record desc limit 1000
          """);
  private static final Sql KNOWN =
      Sql.of(
          """
          select k.tenant, k.destination, k.step, k.run, k.record, k.at,
            f.forgotten_at is not null as forgotten
          from flow_known k left join flow_run f on f.id = k.run
          where k.key = ? order by k.at desc limit 1000
          """);

  @Override
  public List<Step> trace(Connection connection, String key) {
    List<Step> steps = new ArrayList<>(RECORDS.with(key).list(connection, RunTrace::record));
    steps.addAll(
        KNOWN
            .with(key)
            .list(
                connection,
                row ->
                    new Step(
                        row.instant("at"),
                        "held by " + row.text("destination"),
                        "client/" + row.text("tenant"),
                        row.uuid("run"),
                        row.int8("record"),
                        "client " + row.text("tenant") + ", " + accepted(row),
                        row.text("tenant"))));
    return steps;
  }

  private static String accepted(Row row) {
    return "step "
        + row.text("step")
        + " was accepted"
        + (row.bool("forgotten")
            ? "; what the run did with each record is no longer kept (run-retention)"
            : "");
  }

  private static Step record(Row row) {
    Outcome outcome = Outcome.ofCode(row.text("outcome").charAt(0));
    String change = row.textOrNull("change");
    String reason = row.textOrNull("reason");
    String detail =
        "client "
            + row.text("tenant")
            + ", "
            + row.text("flow")
            + (change == null ? "" : ", " + change)
            + (reason == null ? "" : ", " + reason);
    return new Step(
        row.instant("at"),
        outcome.name().toLowerCase(Locale.ROOT),
        "run/" + row.uuid("run"),
        row.uuid("run"),
        row.int8("record"),
        detail,
        row.text("tenant"));
  }
}

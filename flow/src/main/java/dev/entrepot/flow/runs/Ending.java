package dev.entrepot.flow.runs;

import dev.entrepot.model.Books;
import dev.entrepot.model.Outcome;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Lease;
import dev.entrepot.storage.Sql;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Closes the books of a run, or lays it aside.
final class Ending {
  private static final Logger LOG = LoggerFactory.getLogger(Ending.class);
  private static final int SKIPPED_AT_ONCE = 10_000;

  // Somebody may have thought better of it since.
  private static final Sql PAUSE =
      Sql.of(
          """
          update flow_run set state = 'paused', wish = null
          where id = ? and state = 'running' and wish = 'pause'
          """);
  private static final Sql PLANNED =
      Sql.of(
          """
          update flow_run set state = 'planned', wish = null
          where id = ? and state = 'running' and wish is distinct from 'cancel'
          """);

  // Whatever may still be on its way counts as unknown, so that a later run writes it again.
  private static final Sql CLOSE_CALLS =
      Sql.of(
          """
          with open as (
            update flow_call set ended_at = clock_timestamp(), result = coalesce(result, 'unknown')
            where run = ? and ended_at is null returning run, tenant, step, records),
          counted as (
            update flow_step s set unknown = s.unknown + c.calls
            from (
              select step, count(*) as calls from flow_call
              where run = ? and ended_at is null and result is null group by step) c
            where s.run = ? and s.step = c.step)
          delete from flow_known k
          using open o
          join flow_run f on f.id = o.run
          join flow_record r on r.run = o.run and r.record = any(o.records)
          join batch_chunk c on c.batch_id = o.run
            and r.record >= c.first_record and r.record < c.first_record + c.records
          where get_byte(c.outcomes, (r.record - c.first_record)::int) = ascii('p')
            and k.tenant = o.tenant and k.destination = f.destination and k.key = r.key
            and k.step = o.step
          """);
  private static final Sql END =
      Sql.of(
          """
          update flow_run
          set state = ?, wish = null, ended_at = clock_timestamp(), code = ?, reason = ?,
            again = again + ?
          where id = ? and state = 'running'
          """);
  private static final Sql SOURCE =
      Sql.of(
          "select source_code, source_reason from flow_run where id = ? and source_code is not null");

  private final Engine engine;
  private final Run run;
  private final Lease lease;

  /// @param run as it was taken up
  Ending(Engine engine, Run run, Lease lease) {
    this.engine = engine;
    this.run = run;
    this.lease = lease;
  }

  /// What is pending stays so.
  ///
  /// @return whether it pauses; else that is no longer asked for
  boolean pause() {
    boolean pauses = settle(connection -> PAUSE.with(run.id()).update(connection) == 1);
    if (pauses) {
      LOG.info("run {} of {} pauses", run.id(), run.tenant());
    }
    return pauses;
  }

  /// Whether it is to be cancelled.
  boolean toBeCancelled() {
    return now().wish() == Run.Wish.CANCEL;
  }

  /// Everything that was read is settled, or waits for a plan to be applied.
  ///
  /// @param overlap of the next run with this one
  Run complete(Duration overlap) {
    Optional<Halt.Failed> trouble = sourceTrouble();
    if (trouble.isPresent()) {
      return stop(RunState.FAILED, trouble.get().code(), trouble.get().reason());
    }
    if (run.mode() == RunMode.PLAN && !run.applied()) {
      boolean planned = settle(connection -> PLANNED.with(run.id()).update(connection) == 1);
      return planned ? now() : cancel();
    }
    settle(connection -> {
      Run last = engine.runs().find(connection, run.id()).orElseThrow();
      Books books = last.books();
      RunState state = books.rejected() > 0 ? RunState.PARTIAL : RunState.SUCCESS;
      engine.ledger().close(connection, run.id());
      END.with(RunStore.name(state), null, null, 0L, run.id()).updateOne(connection);
      engine.rejected().close(connection, last);
      engine.runs().moveWatermark(connection, run.id(), overlap);
      return last;
    });
    return now();
  }

  private Optional<Halt.Failed> sourceTrouble() {
    return engine
        .tenants()
        .all()
        .read(connection ->
            SOURCE
                .with(run.id())
                .first(
                    connection,
                    row -> new Halt.Failed(row.text("source_code"), row.text("source_reason"))));
  }

  /// As a person wants it.
  Run cancel() {
    return stop(RunState.CANCELLED, null, "run cancelled");
  }

  /// What is pending is skipped; the watermark stays, so that it comes again.
  ///
  /// @param code null: nothing went wrong
  Run stop(RunState state, @Nullable String code, String reason) {
    int _ = settle(connection -> CLOSE_CALLS.with(run.id(), run.id(), run.id()).update(connection));
    String outcomes = engine.ledger().outcomes(run.id());
    Map<Long, Outcome> pending = new TreeMap<>();
    long skipped = 0;
    for (int i = 0; i < outcomes.length(); i++) {
      if (outcomes.charAt(i) == Outcome.PENDING.code()) {
        pending.put(i + 1L, Outcome.SKIPPED);
        skipped++;
        if (pending.size() == SKIPPED_AT_ONCE) {
          skip(pending);
          pending.clear();
        }
      }
    }
    long count = skipped;
    settle(connection -> {
      engine.ledger().move(connection, run.id(), Outcome.PENDING, pending);
      engine.ledger().close(connection, run.id());
      END.with(RunStore.name(state), code, reason, count, run.id()).updateOne(connection);
      return count;
    });
    return now();
  }

  private void skip(Map<Long, Outcome> pending) {
    settle(connection -> {
      engine.ledger().move(connection, run.id(), Outcome.PENDING, pending);
      return pending.size();
    });
  }

  private Run now() {
    return engine
        .tenants()
        .all()
        .<Run>read(connection -> engine.runs().find(connection, run.id()).orElseThrow());
  }

  private <T> T settle(Database.Work<T> work) {
    return engine
        .tenants()
        .all()
        .write(connection -> {
          engine.leases().require(connection, lease);
          return work.run(connection);
        });
  }
}

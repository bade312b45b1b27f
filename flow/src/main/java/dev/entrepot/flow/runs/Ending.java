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

  private static final Sql MOVE =
      Sql.of(
          """
          update flow_run set state = ?, wish = null where id = ? and state = 'running'
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
  void pause() {
    settle(connection -> {
      MOVE.with(RunStore.name(RunState.PAUSED), run.id()).updateOne(connection);
      return run;
    });
    LOG.info("run {} of {} pauses", run.id(), run.tenant());
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
      settle(connection -> {
        MOVE.with(RunStore.name(RunState.PLANNED), run.id()).updateOne(connection);
        return run;
      });
      return now();
    }
    settle(connection -> {
      Run last = engine.runs().find(connection, run.id()).orElseThrow();
      Books books = last.books();
      RunState state = books.rejected() > 0 ? RunState.PARTIAL : RunState.SUCCESS;
      engine.ledger().close(connection, run.id());
      END.with(RunStore.name(state), null, null, 0L, run.id()).updateOne(connection);
      if (last.again() == 0) {
        engine.runs().moveWatermark(connection, run.id(), overlap);
      }
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

  /// What is pending is skipped; the watermark stays, so that it comes again.
  ///
  /// @param code null: nothing went wrong
  Run stop(RunState state, @Nullable String code, String reason) {
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

  private <T> void settle(Database.Work<T> work) {
    engine
        .tenants()
        .all()
        .write(connection -> {
          engine.leases().require(connection, lease);
          return work.run(connection);
        });
  }
}

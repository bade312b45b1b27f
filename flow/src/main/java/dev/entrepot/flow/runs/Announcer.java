package dev.entrepot.flow.runs;

import dev.entrepot.storage.Sql;
import dev.entrepot.storage.StorageException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/// Tells of ends of runs and writes their results to disk: at least once, also when a node dies
/// right after an end. Safe for use by many threads.
final class Announcer {
  private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);
  private static final Duration LATE = Duration.ofSeconds(30);

  private static final Sql UNANNOUNCED =
      Sql.of(
          """
          select id from flow_run
          where not announced and ended_at < clock_timestamp() - ?
          order by ended_at limit 100
          """);
  private static final Sql TOLD = Sql.of("select told from flow_run where id = ?");
  private static final Sql TELL =
      Sql.of("update flow_run set told = true where id = ? and ended_at is not null");
  private static final Sql ANNOUNCED =
      Sql.of("update flow_run set announced = true where id = ? and ended_at is not null");

  private final Engine engine;
  private final ResultFiles results;
  private long nextLook = System.nanoTime();

  Announcer(Engine engine, Path folder) {
    this.engine = engine;
    this.results = new ResultFiles(engine.letters(), folder);
  }

  /// Of a run that ended, or a plan that is made.
  void announce(Run run) {
    LOG.info(
        "run {} of {} is {}: {}", run.id(), run.tenant(), RunStore.name(run.state()), run.books());
    try {
      tell(run);
      if (run.state().ended()) {
        results.write(run);
      }
      engine.tenants().all().write(connection -> ANNOUNCED.with(run.id()).update(connection));
    } catch (IOException e) {
      LOG.warn(
          "the result of run {} cannot be written, which is tried again: {}; look at the data folder's space and owner",
          run.id(),
          e.toString());
    } catch (StorageException e) {
      LOG.warn("the end of run {} is told again later: {}", run.id(), e.getMessage());
    }
  }

  /// Alerts and figures do not wait for a disk that is full.
  private void tell(Run run) {
    boolean told =
        engine
            .tenants()
            .all()
            .<Boolean>read(
                connection -> TOLD.with(run.id()).one(connection, row -> row.bool("told")));
    if (!told) {
      engine.observer().ended(run);
      engine.tenants().all().write(connection -> TELL.with(run.id()).update(connection));
    }
  }

  /// Of those whose node died before it could, now and then; by one thread.
  void announceOld() {
    if (System.nanoTime() - nextLook < 0) {
      return;
    }
    List<UUID> ended =
        engine
            .tenants()
            .all()
            .read(connection -> UNANNOUNCED.with(LATE).list(connection, row -> row.uuid("id")));
    for (UUID id : ended) {
      Run run =
          engine
              .tenants()
              .all()
              .<Run>read(connection -> engine.runs().find(connection, id).orElseThrow());
      try (var _ = MDC.putCloseable(RunAttempt.LOGGED_CLIENT, run.tenant())) {
        announce(run);
      }
    }
    nextLook = System.nanoTime() + LATE.toNanos();
  }
}

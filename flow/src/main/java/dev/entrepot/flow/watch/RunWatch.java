package dev.entrepot.flow.watch;

import dev.entrepot.flow.runs.Run;
import dev.entrepot.flow.runs.RunMode;
import dev.entrepot.flow.runs.RunObserver;
import dev.entrepot.flow.runs.RunState;
import dev.entrepot.flow.watch.FlowAlert.Condition;
import dev.entrepot.model.Books;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/// Raises alerts about runs that ended, or do not. Safe for use by many threads.
public final class RunWatch implements RunObserver {
  private static final String DENIED = "DENIED";

  private final FlowAlerts alerts;
  private final AlertThresholds thresholds;
  private final Clock clock;

  public RunWatch(FlowAlerts alerts, AlertThresholds thresholds, Clock clock) {
    this.alerts = alerts;
    this.thresholds = thresholds;
    this.clock = clock;
  }

  @Override
  public void ended(Run run) {
    if (!run.state().ended() || run.state() == RunState.CANCELLED) {
      return;
    }
    if (run.state() == RunState.FAILED) {
      failed(run);
    }
    Instant end = run.endedAt() == null ? clock.instant() : run.endedAt();
    Duration took = run.duration(end);
    if (took.compareTo(thresholds.duration()) > 0) {
      raise(
          run,
          Condition.DURATION,
          "it took %d minutes, more than %d; look at its calls and the limits of both sides"
              .formatted(took.toMinutes(), thresholds.duration().toMinutes()));
    }
    shares(run);
  }

  /// Of a run that is not over, and is at work or paused for longer than it should be.
  public void late(Run run) {
    long limit = thresholds.duration().toMinutes();
    raise(
        run,
        Condition.DURATION,
        run.state() == RunState.PAUSED
            ? ("it is paused for more than %d minutes, and no other run of the client begins"
                    + " meanwhile; resume or cancel it")
                .formatted(limit)
            : ("it is under way for more than %d minutes; look at its calls and the limits of both"
                    + " sides, or cancel it")
                .formatted(limit));
  }

  private void failed(Run run) {
    if (DENIED.equals(run.code())) {
      raise(
          run,
          Condition.AUTHENTICATION,
          "the credentials are refused: %s. Renew them, then start the run anew"
              .formatted(run.reason()));
    }
    raise(run, Condition.RUN_FAILED, "it failed: %s".formatted(run.reason()));
  }

  private void shares(Run run) {
    Books books = run.books();
    long judged = books.written() + books.unchanged() + books.rejected();
    if (judged == 0) {
      return;
    }
    double failed = (double) books.rejected() / judged;
    if (failed > thresholds.failedRecords()) {
      raise(
          run,
          Condition.FAILED_RECORDS,
          "%d of %d records failed, %s; see the run's rejected records"
              .formatted(books.rejected(), judged, percent(failed)));
    }
    if (1 - failed < thresholds.successRate()) {
      raise(
          run,
          Condition.SUCCESS_RATE,
          "%s of its records succeeded, less than %s; see the run's rejected records"
              .formatted(percent(1 - failed), percent(thresholds.successRate())));
    }
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  private void raise(Run run, Condition condition, String what) {
    String mode = run.mode() == RunMode.PLAN ? "plan" : run.mode().name().toLowerCase(Locale.ROOT);
    alerts.raise(
        new FlowAlert(
            condition,
            run.tenant(),
            run.flow(),
            run.id(),
            clock.instant(),
            "Client %s, %s run %s: %s".formatted(run.tenant(), mode, run.id(), what)));
  }
}

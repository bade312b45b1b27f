package dev.entrepot.flow;

import dev.entrepot.flow.runs.RunMode;
import dev.entrepot.flow.runs.Runs;
import dev.entrepot.flow.schedules.Due;
import dev.entrepot.flow.schedules.DueSchedules;
import dev.entrepot.flow.schedules.RunStart;
import dev.entrepot.model.Actor;
import dev.entrepot.storage.StorageException;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/// Begins the runs whose time has come, tells of those that take long, and forgets what was said
/// and done in old ones. Every node looks; each time is taken by one of them.
final class Scheduler implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Scheduler.class);
  private static final Duration SOONEST = Duration.ofSeconds(1);
  // A schedule that was set on another node meanwhile begins so much late at most.
  private static final Duration LATEST = Duration.ofSeconds(5);
  private static final Duration TELL_LATE = Duration.ofSeconds(30);
  private static final Duration FORGET = Duration.ofHours(1);
  private static final Duration EXCHANGES = Duration.ofDays(30);
  private static final int FORGOTTEN_AT_ONCE = 20;
  private static final Actor ACTOR = Actor.system("scheduler");

  private final DueSchedules schedules;
  private final Runs runs;
  private final Clock clock;
  private final Runnable wake;
  private final Runnable tellLate;
  private final Duration retention;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread thread;
  private long nextForgetting = System.nanoTime();
  private long nextTelling = System.nanoTime();

  /// @param wake has this node's worker look for runs
  /// @param tellLate has people told of runs that take too long
  /// @param retention how long it is kept what runs did with each record
  Scheduler(
      DueSchedules schedules,
      Runs runs,
      Clock clock,
      Runnable wake,
      Runnable tellLate,
      Duration retention) {
    this.schedules = schedules;
    this.runs = runs;
    this.clock = clock;
    this.wake = wake;
    this.tellLate = tellLate;
    this.retention = retention;
    this.thread = Thread.ofVirtual().name("flow-schedules").unstarted(this::keepLooking);
  }

  void start() {
    thread.start();
  }

  private void keepLooking() {
    try {
      boolean goesOn = true;
      while (goesOn) {
        Duration pause = look();
        goesOn = !stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// @return how long to wait before the next look
  private Duration look() {
    try {
      if (!schedules.startDue(clock.instant(), this::begin).isEmpty()) {
        wake.run();
      }
      if (System.nanoTime() - nextTelling >= 0) {
        tellLate.run();
        nextTelling = System.nanoTime() + TELL_LATE.toNanos();
      }
      forget();
      return pause();
    } catch (StorageException e) {
      LOG.atLevel(StorageException.levelOf(e))
          .log("schedules wait for the database: {}", e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("schedules could not be looked at, which is a defect", e);
    }
    return SOONEST;
  }

  /// Until the next time of a schedule, within bounds.
  private Duration pause() {
    Duration left =
        schedules.nextDue().map(next -> Duration.between(clock.instant(), next)).orElse(LATEST);
    if (left.compareTo(LATEST) > 0) {
      return LATEST;
    }
    // One whose time has come and whose client is busy is looked at again, but not without end.
    return left.isPositive() ? left.plusMillis(1) : SOONEST;
  }

  /// What was said in runs long ago, and what runs longer ago did; on every node, since the same
  /// rows are deleted once.
  private void forget() {
    if (System.nanoTime() - nextForgetting < 0) {
      return;
    }
    nextForgetting = System.nanoTime() + FORGET.toNanos();
    Duration exchanges = retention.compareTo(EXCHANGES) < 0 ? retention : EXCHANGES;
    while (stopped.getCount() > 0 && runs.forgetExchanges(exchanges, FORGOTTEN_AT_ONCE) > 0) {
      LOG.debug("exchanges of up to {} old runs are forgotten", FORGOTTEN_AT_ONCE);
    }
    while (stopped.getCount() > 0 && runs.forgetRecords(retention, FORGOTTEN_AT_ONCE) > 0) {
      LOG.debug("records of up to {} old runs are forgotten", FORGOTTEN_AT_ONCE);
    }
  }

  private RunStart.Answer begin(Connection transaction, Due due) {
    try (var _ = MDC.putCloseable("client_id", due.tenant())) {
      return queue(transaction, due);
    }
  }

  private RunStart.Answer queue(Connection transaction, Due due) {
    return runs.queueUnlessBusy(transaction, due.tenant(), RunMode.INCREMENTAL, "schedule", ACTOR)
        ? RunStart.Answer.STARTED
        : RunStart.Answer.BUSY;
  }

  @Override
  public void close() {
    stopped.countDown();
    try {
      if (thread.isAlive()) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

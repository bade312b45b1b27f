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

/// Begins the runs whose time has come, and forgets what was said in old ones. Every node looks;
/// each time is taken by one of them.
final class Scheduler implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Scheduler.class);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration FORGET = Duration.ofHours(1);
  private static final Duration KEPT = Duration.ofDays(30);
  private static final int FORGOTTEN_AT_ONCE = 50;
  private static final Actor ACTOR = Actor.system("scheduler");

  private final DueSchedules schedules;
  private final Runs runs;
  private final Clock clock;
  private final Runnable wake;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread thread;
  private long nextForgetting = System.nanoTime();

  /// @param wake has this node's worker look for runs
  Scheduler(DueSchedules schedules, Runs runs, Clock clock, Runnable wake) {
    this.schedules = schedules;
    this.runs = runs;
    this.clock = clock;
    this.wake = wake;
    this.thread = Thread.ofVirtual().name("flow-schedules").unstarted(this::keepLooking);
  }

  void start() {
    thread.start();
  }

  private void keepLooking() {
    try {
      do {
        try {
          look();
          forget();
        } catch (StorageException e) {
          LOG.atLevel(StorageException.levelOf(e))
              .log("schedules wait for the database: {}", e.getMessage());
        } catch (RuntimeException e) {
          LOG.error("schedules could not be looked at, which is a defect", e);
        }
      } while (!stopped.await(LOOK.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// What was said in runs long ago; on every node, since the same rows are deleted once.
  private void forget() {
    if (System.nanoTime() - nextForgetting < 0) {
      return;
    }
    nextForgetting = System.nanoTime() + FORGET.toNanos();
    while (stopped.getCount() > 0 && runs.forgetExchanges(KEPT, FORGOTTEN_AT_ONCE) > 0) {
      LOG.debug("exchanges of up to {} old runs are forgotten", FORGOTTEN_AT_ONCE);
    }
  }

  private void look() {
    if (!schedules.startDue(clock.instant(), this::begin).isEmpty()) {
      wake.run();
    }
  }

  private RunStart.Answer begin(Connection transaction, Due due) {
    try {
      return queue(transaction, due);
    } catch (IllegalArgumentException e) {
      LOG.warn("client {} was due at {}, but: {}", due.tenant(), due.at(), e.getMessage());
      return RunStart.Answer.STARTED; // the next time is tried again, not every second
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

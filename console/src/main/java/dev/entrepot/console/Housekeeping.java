package dev.entrepot.console;

import dev.entrepot.console.idempotency.Idempotency;
import dev.entrepot.console.session.Sessions;
import dev.entrepot.storage.StorageException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Removes what is over, now and then. Several nodes may do it at once.
final class Housekeeping implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
  private static final Duration EVERY = Duration.ofHours(1);

  private final Sessions sessions;
  private final Idempotency idempotency;
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofVirtual().name("console-housekeeping").factory());

  Housekeeping(Sessions sessions, Idempotency idempotency) {
    this.sessions = sessions;
    this.idempotency = idempotency;
  }

  void start() {
    var _ =
        executor.scheduleWithFixedDelay(
            this::clean, EVERY.toSeconds(), EVERY.toSeconds(), TimeUnit.SECONDS);
  }

  private void clean() {
    try {
      int over = sessions.removeOver();
      int old = idempotency.removeOld();
      LOG.debug("removed {} sessions that are over and {} kept answers", over, old);
    } catch (RuntimeException e) {
      LOG.atLevel(StorageException.levelOf(e))
          .log("housekeeping failed, it is tried again in an hour: {}", e.getMessage());
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}

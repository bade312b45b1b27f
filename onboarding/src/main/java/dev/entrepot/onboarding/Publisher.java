package dev.entrepot.onboarding;

import dev.entrepot.onboarding.catalogue.Catalogue;
import dev.entrepot.storage.StorageException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Publishes scheduled products when their time has come. Several nodes may do so side by side.
final class Publisher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);
  private static final int SECONDS = 5;

  private final Catalogue catalogue;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("publisher").factory());

  Publisher(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  void start() {
    var _ = timer.scheduleWithFixedDelay(this::publish, SECONDS, SECONDS, TimeUnit.SECONDS);
  }

  private void publish() {
    try {
      int published = catalogue.publishDue();
      if (published > 0) {
        LOG.info("published {} scheduled products", published);
      }
    } catch (StorageException e) {
      LOG.atLevel(StorageException.levelOf(e)).log("scheduled products wait: {}", e.getMessage());
    } catch (RuntimeException | Error e) {
      // Thrown out of here it would end the timer.
      LOG.error("scheduled products wait {} s for a defect of the program", SECONDS, e);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}

package dev.entrepot.flow.watch;

import dev.entrepot.flow.runs.Run;
import dev.entrepot.flow.runs.RunObserver;
import dev.entrepot.spi.remote.Exchange;
import dev.entrepot.storage.StorageException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Several observers as one: the failure of one is logged, and the others are told all the same.
public final class Observers implements RunObserver {
  private static final Logger LOG = LoggerFactory.getLogger(Observers.class);

  private final List<RunObserver> observers;

  public Observers(List<RunObserver> observers) {
    this.observers = List.copyOf(observers);
  }

  private void each(Consumer<RunObserver> tell) {
    for (RunObserver observer : observers) {
      try {
        tell.accept(observer);
      } catch (RuntimeException e) {
        LOG.error("{} failed", observer.getClass().getSimpleName(), e);
      }
    }
  }

  @Override
  public void started(Run run) {
    each(observer -> observer.started(run));
  }

  @Override
  public void page(UUID run, String tenant, int number, int records, Instant at, Duration took) {
    each(observer -> observer.page(run, tenant, number, records, at, took));
  }

  @Override
  public void call(
      UUID run,
      String tenant,
      String step,
      int number,
      int records,
      Instant at,
      Duration took,
      String result) {
    each(observer -> observer.call(run, tenant, step, number, records, at, took, result));
  }

  @Override
  public void exchange(UUID run, String tenant, Side side, Exchange exchange) {
    each(observer -> observer.exchange(run, tenant, side, exchange));
  }

  /// One after the other, up to one that the database keeps from it.
  @Override
  public void ended(Run run) {
    for (RunObserver observer : observers) {
      try {
        observer.ended(run);
      } catch (StorageException e) {
        throw e;
      } catch (RuntimeException e) {
        LOG.error("{} failed", observer.getClass().getSimpleName(), e);
      }
    }
  }
}

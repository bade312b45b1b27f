package dev.entrepot.inbox.delivery;

import dev.entrepot.inbox.log.EventLog;
import dev.entrepot.kit.outbound.WebhookPoster;
import dev.entrepot.ledger.ActivityLog;
import dev.entrepot.model.SortableId;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Lease;
import dev.entrepot.storage.Leases;
import dev.entrepot.storage.StorageException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Delivers what [DeliveryHandler] wrote down: at least once each, in order per key and
/// destination, with the same `webhook-id` at every attempt. Several nodes share the destinations;
/// one delivers to a destination at a time. Nothing runs before [#start].
///
/// A delivery that fails holds the others of its key to that destination, nothing else; a
/// destination that is slow or away holds no other destination.
public final class DeliverySender implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DeliverySender.class);
  private static final int BEATS = 5;
  private static final Duration STOPPING = Duration.ofSeconds(10);
  private static final String LEASE = "inbox/destination/";

  private final DeliveryStore store;
  private final Leases leases;
  private final Destinations destinations;
  private final WebhookPoster poster;
  private final Clock clock;
  private final DeliverySettings settings;
  private final IntSupplier nodes;
  private final String holder;
  private final Semaphore called = new Semaphore(0);
  private final Thread thread;
  private final Map<String, DestinationRunner> runners = new TreeMap<>();
  private volatile boolean stopped;

  /// @param database migrated
  /// @param poster posts to where the settings say
  /// @param nodes how many nodes live, this one included
  public DeliverySender(
      Database database,
      Leases leases,
      EventLog log,
      Destinations destinations,
      WebhookPoster poster,
      Clock clock,
      DeliverySettings settings,
      IntSupplier nodes) {
    this.store = new DeliveryStore(database, leases, log, new ActivityLog(database));
    this.leases = leases;
    this.destinations = destinations;
    this.poster = poster;
    this.clock = clock;
    this.settings = settings;
    this.nodes = nodes;
    this.holder = settings.node() + "/" + SortableId.next();
    this.thread = Thread.ofVirtual().name("deliveries").unstarted(this::run);
  }

  /// Takes destinations and begins.
  public void start() {
    thread.start();
  }

  /// Has it look at once for what is to be delivered, and for destinations that changed.
  public void wake() {
    called.release();
  }

  /// Begins nothing new; what is on its way gets ten seconds, and is delivered again by another
  /// node when it takes longer.
  @Override
  public void close() {
    stopped = true;
    wake();
    try {
      if (thread.isAlive() && !thread.join(STOPPING.multipliedBy(2))) {
        LOG.warn("deliveries are still under way; what they do from now on does not count");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    long beat = settings.timeToLive().toNanos() / BEATS;
    long next = System.nanoTime();
    try {
      while (!stopped) {
        boolean due = System.nanoTime() - next >= 0;
        if (tryStep(due)) {
          next = System.nanoTime() + beat;
        }
        if (called.tryAcquire(settings.look().toMillis(), TimeUnit.MILLISECONDS)) {
          called.drainPermits();
          next = System.nanoTime();
        }
      }
      leave();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// @return whether the destinations were looked at
  private boolean tryStep(boolean beat) {
    try {
      if (beat) {
        beat();
      }
      wakeBusy();
      return beat;
    } catch (StorageException e) {
      LOG.atLevel(StorageException.levelOf(e))
          .log("deliveries wait for the database: {}", e.getMessage());
    } catch (RuntimeException | Error e) {
      LOG.error("sharing destinations out failed, and is tried again", e);
    }
    return false;
  }

  private void wakeBusy() {
    if (!runners.isEmpty()) {
      store
          .busy(runners.keySet(), clock.instant())
          .forEach(name -> Objects.requireNonNull(runners.get(name)).wake());
    }
  }

  private void beat() {
    Map<String, OpenDestination> open = new TreeMap<>();
    destinations.open().forEach(destination -> open.put(destination.name(), destination));
    renew();
    runners.forEach((name, runner) -> runner.update(Objects.requireNonNull(open.get(name))));
    int count = Math.max(1, nodes.getAsInt());
    int share = (open.size() + count - 1) / count;
    giveUp(share);
    take(open, share - runners.size());
  }

  /// Runners whose lease is lost, here or there, end; so do those that were to, once what was on
  /// its way is settled.
  private void renew() {
    Set<String> kept =
        leases.renewAll(held(runners.values()), settings.timeToLive()).stream()
            .map(Lease::name)
            .collect(Collectors.toSet());
    List<DestinationRunner> ended = new ArrayList<>();
    runners
        .entrySet()
        .removeIf(entry -> {
          DestinationRunner runner = entry.getValue();
          if (runner.lost() || !kept.contains(LEASE + entry.getKey())) {
            runner.abandon();
            LOG.info("destination {} is another node's now", entry.getKey());
            return true;
          }
          if (runner.ended()) {
            ended.add(runner);
            return true;
          }
          return false;
        });
    leases.releaseAll(held(ended));
  }

  /// So that nodes that came later get their share.
  private void giveUp(int share) {
    runners.values().stream()
        .filter(runner -> !runner.stopping())
        .skip(share)
        .forEach(DestinationRunner::stop);
  }

  private void take(Map<String, OpenDestination> open, int most) {
    if (most <= 0) {
      return;
    }
    Map<String, OpenDestination> wanted = new HashMap<>();
    open.values().stream()
        .filter(destination -> !runners.containsKey(destination.name()))
        .forEach(destination -> wanted.put(LEASE + destination.name(), destination));
    Set<String> busy = leases.held(wanted.keySet());
    List<String> free =
        wanted.keySet().stream().filter(name -> !busy.contains(name)).limit(most).toList();
    for (Lease lease : leases.acquireAll(free, holder, settings.timeToLive())) {
      OpenDestination destination = Objects.requireNonNull(wanted.get(lease.name()));
      DestinationRunner runner =
          new DestinationRunner(
              store, poster, clock, settings, new SplittableRandom(), lease, destination);
      runners.put(destination.name(), runner);
      runner.start();
    }
  }

  private void leave() {
    List<DestinationRunner> leaving = List.copyOf(runners.values());
    runners.clear();
    end(leaving);
  }

  private void end(List<DestinationRunner> leaving) {
    if (leaving.isEmpty()) {
      return;
    }
    leaving.forEach(DestinationRunner::stop);
    try {
      long deadline = System.nanoTime() + STOPPING.toNanos();
      for (DestinationRunner runner : leaving) {
        Duration left = Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
        if (!runner.join(left)) {
          runner.abandon();
        }
      }
      leases.releaseAll(held(leaving));
    } catch (StorageException e) {
      LOG.atLevel(StorageException.levelOf(e))
          .log("the destinations could not be given back, they run out by themselves", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static List<Lease> held(Collection<DestinationRunner> runners) {
    return runners.stream().map(DestinationRunner::lease).toList();
  }
}

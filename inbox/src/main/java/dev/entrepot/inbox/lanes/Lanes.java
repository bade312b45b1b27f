package dev.entrepot.inbox.lanes;

import dev.entrepot.inbox.handling.EventHandler;
import dev.entrepot.inbox.log.EventLog;
import dev.entrepot.ledger.Ledger;
import dev.entrepot.model.SortableId;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Leases;
import dev.entrepot.storage.StorageException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hands the events of the log on to the handlers: in order per key, once, whatever dies. Several
/// nodes share the lanes; a lane is read by one of them at a time. Nothing runs before [#start].
/// Safe for use by many threads.
///
/// After a crash the events whose transaction was not committed are handled again, by this node or
/// another; their effects were not committed either.
public final class Lanes implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Lanes.class);
  private static final int BEATS = 4;
  private static final int TOLD_AGAIN_AFTER = 60;
  private static final int WAITING_PER_ROUND = 256;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final LaneSettings settings;
  private final LaneNode node;
  private final List<LaneWorker> workers = new ArrayList<>();
  private final List<WakeUp> wakeUps = new ArrayList<>();
  private final WakeUp beat = new WakeUp();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean stopped;

  /// @param database migrated
  /// @param handlers each is given every event that it wants, in this order
  public Lanes(
      Database database,
      Leases leases,
      EventLog log,
      Senders senders,
      List<EventHandler> handlers,
      LaneSettings settings) {
    this.settings = settings;
    String name = settings.node() + "/" + SortableId.next();
    node = new LaneNode(name, new PostgresNodes(database, leases), settings.timeToLive());
    Duration longestSilence = settings.timeToLive().multipliedBy(2);
    PostgresLaneStore store =
        new PostgresLaneStore(database, leases, log, new Ledger(database), longestSilence);
    LaneStore.ReadLimits limits = new LaneStore.ReadLimits(settings.perLane(), WAITING_PER_ROUND);
    for (int i = 0; i < settings.workers(); i++) {
      workers.add(
          new LaneWorker(
              store, senders, handlers, settings.backOff(), new SplittableRandom(), limits));
      wakeUps.add(new WakeUp());
    }
    log.onAppended(this::wake);
  }

  /// Takes lanes and begins.
  public void start() {
    threads.add(Thread.ofPlatform().name("inbox-lanes").start(this::keepLanes));
    for (int i = 0; i < workers.size(); i++) {
      int worker = i;
      threads.add(Thread.ofPlatform().name("inbox-lanes-" + worker).start(() -> readLanes(worker)));
    }
  }

  /// Has something to do been made known: looks at once. After operators' acts, for example.
  public void wake() {
    wakeUps.forEach(WakeUp::wake);
  }

  /// How many lanes this node reads now.
  public int lanes() {
    return node.lanes();
  }

  /// How many nodes share the work now, as far as this one knows; itself included.
  public int nodes() {
    return node.nodes();
  }

  /// Lets what is under way come to its end, and gives the lanes back at once.
  @Override
  public void close() {
    stopped = true;
    wake();
    beat.wake();
    threads.forEach(Lanes::join);
    try {
      node.leave();
    } catch (StorageException e) {
      LOG.atLevel(StorageException.levelOf(e))
          .log("the lanes could not be given back, they run out by themselves", e);
    }
  }

  private static void join(Thread thread) {
    try {
      if (!thread.join(PATIENCE)) {
        LOG.warn("{} is still busy; what it does from now on will not be committed", thread);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void keepLanes() {
    Duration pause = settings.timeToLive().dividedBy(BEATS);
    loop(
        "sharing lanes out",
        beat,
        pause,
        () -> {
          if (node.beat()) {
            wake();
          }
          return false;
        });
  }

  private void readLanes(int worker) {
    loop(
        "handing events on",
        wakeUps.get(worker),
        settings.look(),
        () ->
            workers.get(worker).round(node.share(worker, workers.size()))
                != LaneWorker.Result.IDLE);
  }

  /// Does a step again and again, with a pause when it says there is no more, or when it fails.
  private void loop(String what, WakeUp wakeUp, Duration pause, BooleanSupplier step) {
    int failures = 0;
    while (!stopped) {
      try {
        boolean more = step.getAsBoolean();
        if (failures > 0) {
          LOG.debug("{} goes on after {} failures", what, failures);
          failures = 0;
        }
        if (!more) {
          wakeUp.await(pause);
        }
      } catch (RuntimeException | Error e) {
        if (stopped) {
          return;
        }
        failures++;
        report(what, e, failures);
        wakeUp.pause(pauseAfter(failures));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private void report(String what, Throwable e, int failures) {
    if (e instanceof StorageException storage) {
      if (storage.code() == StorageException.Code.LEASE_LOST) {
        beat.wake();
        LOG.info("{}: {}", what, e.getMessage());
      } else if (toBeTold(failures)) {
        LOG.atLevel(StorageException.levelOf(e))
            .log(
                "{} failed ({} times so far), and is tried again: {}",
                what,
                failures,
                e.getMessage());
      }
      return;
    }
    if (toBeTold(failures)) {
      LOG.error("{} failed ({} times so far), and is tried again", what, failures, e);
    }
  }

  private static boolean toBeTold(int failures) {
    return failures % TOLD_AGAIN_AFTER == 1;
  }

  private static Duration pauseAfter(int failures) {
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures - 1, 10));
    return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
  }
}

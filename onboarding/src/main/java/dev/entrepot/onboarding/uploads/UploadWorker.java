package dev.entrepot.onboarding.uploads;

import dev.entrepot.onboarding.vendors.Vendor;
import dev.entrepot.onboarding.vendors.Vendors;
import dev.entrepot.storage.Lease;
import dev.entrepot.storage.StorageException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads waiting uploads in the background: those of one vendor one after the other, those of
/// several vendors side by side and in turn. Any number of nodes may run workers on one database; a
/// lease per vendor keeps them apart.
///
/// What fails for want of a database or of room is tried again for ever, with growing pauses, while
/// other vendors go on. What fails otherwise is tried a few times and then fails for good; how
/// often it was tried is kept with the upload, so that a file which ends the program is given up,
/// too.
final class UploadWorker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(UploadWorker.class);
  private static final String LEASES = "uploads/";
  private static final Duration LEASE_TIME = Duration.ofSeconds(30);
  private static final Duration LOOK_AROUND = Duration.ofSeconds(1);
  private static final Duration SEEN_EVERY = Duration.ofSeconds(30);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final int MOST_DEFECTS = 5;

  /// More than defects have, for a program may also be ended for reasons of others.
  private static final int MOST_ATTEMPTS = 8;

  private final UploadRun.Parts parts;
  private final Vendors vendors;
  private final String node;
  private final int concurrency;
  private final Semaphore wake = new Semaphore(0);
  private final ScheduledExecutorService renewals =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("upload-leases").factory());
  private final VendorTurns turns;
  private final FileNodes nodes;

  /// Uploads whose last attempt does not count: it was not their fault.
  private final Set<UUID> pardoned = ConcurrentHashMap.newKeySet();

  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private volatile boolean closed;

  /// @param node the name of this node; its leases of an earlier life are given back at the start
  UploadWorker(
      UploadRun.Parts parts,
      Vendors vendors,
      FileNodes nodes,
      String node,
      int concurrency,
      InstantSource clock) {
    this.parts = parts;
    this.nodes = nodes;
    this.turns = new VendorTurns(clock);
    this.vendors = vendors;
    this.node = node;
    this.concurrency = concurrency;
  }

  void start() {
    parts.leases().releaseAll(node, LEASES);
    nodes.seen();
    long pace = SEEN_EVERY.toMillis();
    var _ = renewals.scheduleWithFixedDelay(this::seen, pace, pace, TimeUnit.MILLISECONDS);
    for (int i = 1; i <= concurrency; i++) {
      threads.add(Thread.ofPlatform().daemon().name("upload-worker-" + i).start(this::work));
    }
  }

  private void seen() {
    try {
      nodes.seen();
    } catch (StorageException e) {
      LOG.debug("could not say that this node runs", e);
    } catch (RuntimeException | Error e) {
      // Thrown out of here it would end the timer.
      LOG.error("could not say that this node runs, for a defect of the program", e);
    }
  }

  /// Something new is waiting.
  void wake() {
    wake.release();
  }

  private void work() {
    Duration pause = LOOK_AROUND;
    while (!closed) {
      try {
        while (!closed && runOne()) {
          pause = LOOK_AROUND;
        }
        if (wake.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
          pause = LOOK_AROUND;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException | Error e) {
        pause = longer(pause);
        LOG.atLevel(StorageException.levelOf(e))
            .log("uploads wait {} s: {}", pause.toSeconds(), e.toString());
        if (!sleep(pause)) {
          return;
        }
      }
    }
  }

  private static Duration longer(Duration pause) {
    Duration doubled = pause.multipliedBy(2);
    return doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
  }

  private boolean sleep(Duration pause) {
    try {
      TimeUnit.MILLISECONDS.sleep(pause.toMillis());
      return !closed;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// @return whether there was something to do
  private boolean runOne() throws InterruptedException {
    List<UploadStore.Waiting> waiting = parts.database().read(parts.uploads()::waiting);
    for (UploadStore.Waiting one : turns.inOrder(waiting)) {
      if (!nodes.mine(one.store(), one.contentHash())) {
        continue;
      }
      Optional<Lease> lease = parts.leases().acquire(LEASES + one.vendor(), node, LEASE_TIME);
      if (lease.isPresent()) {
        turns.served(one.vendor());
        try {
          runWith(lease.get(), one);
        } finally {
          giveBack(lease.get());
        }
        return true;
      }
    }
    return false;
  }

  private void giveBack(Lease lease) {
    try {
      parts.leases().release(lease);
    } catch (StorageException e) {
      LOG.debug("the lease {} runs out by itself", lease.name(), e);
    }
  }

  private void runWith(Lease lease, UploadStore.Waiting waiting) throws InterruptedException {
    ScheduledFuture<?> renewal = keep(lease);
    try {
      run(lease, waiting);
      turns.went(waiting.vendor());
    } catch (UploadEndedException e) {
      LOG.info("{}", e.getMessage());
    } catch (InterruptedException e) {
      pardon(waiting.id());
      throw e;
    } catch (StorageException e) {
      if (closed || !isDefect(e)) {
        pardon(waiting.id());
        explain(waiting, e);
      } else {
        defect(waiting, lease, e);
      }
    } catch (NoRoomException e) {
      pardon(waiting.id());
      hold(waiting, "WAITING_FOR_SPACE", e.getMessage() + "; free some space and reading goes on");
    } catch (RuntimeException | Error e) {
      defect(waiting, lease, e);
    } finally {
      renewal.cancel(false);
    }
  }

  private void run(Lease lease, UploadStore.Waiting waiting) throws InterruptedException {
    UUID id = waiting.id();
    Optional<UploadRow> upload =
        parts.database().read(connection -> parts.uploads().row(connection, id));
    if (upload.isEmpty() || upload.get().state().finished()) {
      return;
    }
    UploadRun run = new UploadRun(parts, upload.get(), vendor(waiting), lease);
    int attempts =
        parts
            .database()
            .write(transaction -> {
              parts.leases().require(transaction, lease);
              return parts.uploads().attempted(transaction, id, pardoned.remove(id) ? 0 : 1);
            });
    if (attempts > MOST_ATTEMPTS) {
      run.fail(
          new Upload.Failure(
              "INTERNAL",
              "the program ended %d times while it read this file behind row %d, perhaps for want of memory; rows that were applied stand. Split the file and send the parts, or tell your operator the reference %s"
                  .formatted(MOST_ATTEMPTS, upload.get().checkpoint(), id),
              null));
      return;
    }
    run.run();
  }

  private Vendor vendor(UploadStore.Waiting waiting) {
    return vendors
        .find(waiting.vendor())
        .orElseThrow(() -> new IllegalStateException("no vendor " + waiting.vendor()));
  }

  /// Whether the database answered, and trying again would most likely be answered the same.
  private static boolean isDefect(StorageException e) {
    return switch (e.code()) {
      case UNAVAILABLE, SERIALIZATION, DISK_FULL, LEASE_LOST, TIMEOUT -> false;
      case CONFLICT, BAD_VALUE, MIGRATION, ROW_COUNT, UNKNOWN -> true;
    };
  }

  /// The last attempt does not count.
  private void pardon(UUID upload) {
    if (!closed) {
      pardoned.add(upload);
      return;
    }
    try {
      parts.database().write(transaction -> parts.uploads().attempted(transaction, upload, -1));
    } catch (StorageException | UploadEndedException e) {
      LOG.debug("an attempt at upload {} counts although it was interrupted", upload, e);
    }
  }

  private ScheduledFuture<?> keep(Lease lease) {
    long third = LEASE_TIME.toMillis() / 3;
    return renewals.scheduleAtFixedRate(
        () -> {
          try {
            if (!parts.leases().renew(lease, LEASE_TIME)) {
              LOG.warn("the lease {} is lost; its holder will settle nothing more", lease.name());
            }
          } catch (StorageException e) {
            LOG.debug("the lease {} could not be renewed yet", lease.name(), e);
          } catch (RuntimeException | Error e) {
            // Thrown out of here it would end the renewals.
            LOG.error("the lease {} could not be renewed, for a defect", lease.name(), e);
          }
        },
        third,
        third,
        TimeUnit.MILLISECONDS);
  }

  /// Tells people why an upload does not go on; it goes on by itself when the cause is gone.
  private void explain(UploadStore.Waiting waiting, StorageException cause) {
    switch (cause.code()) {
      case LEASE_LOST -> LOG.info("upload {} is read by another node now", waiting.id());
      case DISK_FULL ->
          hold(
              waiting,
              "WAITING_FOR_SPACE",
              "the database's disk is full; free some space and reading goes on");
      default -> {
        LOG.atLevel(StorageException.levelOf(cause))
            .log("upload {} waits for the database: {}", waiting.id(), cause.toString());
        hold(
            waiting,
            "WAITING_FOR_DATABASE",
            "the database does not answer, or not in time; reading goes on by itself when it does");
      }
    }
  }

  private void hold(UploadStore.Waiting waiting, String code, String reason) {
    if (closed) {
      return;
    }
    turns.failed(waiting.vendor());
    try {
      parts
          .database()
          .write(transaction -> {
            parts.uploads().hold(transaction, waiting.id(), code, reason);
            return waiting;
          });
    } catch (StorageException e) {
      LOG.debug("could not say why upload {} waits", waiting.id(), e);
    }
  }

  /// A defect of ours: tried a few times from the checkpoint, then the upload fails with a
  /// reference.
  private void defect(UploadStore.Waiting waiting, Lease lease, Throwable cause) {
    UUID id = waiting.id();
    try {
      int count =
          parts.database().write(transaction -> parts.uploads().attempted(transaction, id, 0));
      LOG.error("upload {} stopped at a defect ({} of {})", id, count, MOST_DEFECTS, cause);
      if (count < MOST_DEFECTS) {
        hold(
            waiting,
            "TRYING_AGAIN",
            "reading stopped at a defect of the program; it is tried again (%d of %d times so far)"
                .formatted(count, MOST_DEFECTS));
        return;
      }
      UploadRow upload =
          parts.database().read(connection -> parts.uploads().row(connection, id)).orElseThrow();
      new UploadRun(parts, upload, vendor(waiting), lease)
          .fail(
              new Upload.Failure(
                  "INTERNAL",
                  "reading stopped at a defect of the program behind row %d; rows that were applied stand. Tell your operator the reference %s"
                      .formatted(upload.checkpoint(), id),
                  null));
    } catch (UploadEndedException e) {
      LOG.info("{}", e.getMessage());
    } catch (RuntimeException | Error e) {
      turns.failed(waiting.vendor());
      LOG.error("upload {} stopped at a defect, which could not be noted: {}", id, e, cause);
    }
  }

  @Override
  public void close() {
    closed = true;
    threads.forEach(Thread::interrupt);
    for (Thread thread : threads) {
      try {
        thread.join(Duration.ofSeconds(20));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    renewals.shutdownNow();
  }
}

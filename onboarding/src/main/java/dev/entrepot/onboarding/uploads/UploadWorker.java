package dev.entrepot.onboarding.uploads;

import dev.entrepot.onboarding.vendors.Vendor;
import dev.entrepot.onboarding.vendors.Vendors;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Lease;
import dev.entrepot.storage.StorageException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads waiting uploads in the background: those of one vendor one after the other, those of
/// several vendors side by side. Any number of nodes may run workers on one database; a lease per
/// vendor keeps them apart.
final class UploadWorker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(UploadWorker.class);
  private static final Duration LEASE_TIME = Duration.ofSeconds(30);
  private static final Duration LOOK_AROUND = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final int MOST_DEFECTS = 5;

  private final UploadRun.Parts parts;
  private final Vendors vendors;
  private final String node;
  private final int concurrency;
  private final Semaphore wake = new Semaphore(0);
  private final ScheduledExecutorService renewals =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("upload-leases").factory());
  private final Map<UUID, Integer> defects = new HashMap<>();
  private final List<Thread> threads = new java.util.concurrent.CopyOnWriteArrayList<>();
  private volatile boolean closed;

  /// @param node the name of this node; its leases of an earlier life are given back at the start
  UploadWorker(UploadRun.Parts parts, Vendors vendors, String node, int concurrency) {
    this.parts = parts;
    this.vendors = vendors;
    this.node = node;
    this.concurrency = concurrency;
  }

  void start() {
    parts.leases().releaseAll(node);
    for (int i = 1; i <= concurrency; i++) {
      threads.add(Thread.ofPlatform().daemon().name("upload-worker-" + i).start(this::work));
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
      } catch (RuntimeException e) {
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
    for (UploadStore.Waiting waiting : parts.database().read(parts.uploads()::waiting)) {
      Optional<Lease> lease =
          parts.leases().acquire("uploads/" + waiting.vendor(), node, LEASE_TIME);
      if (lease.isPresent()) {
        try {
          runWith(lease.get(), waiting);
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
      Optional<UploadRow> upload =
          parts.database().read(connection -> parts.uploads().row(connection, waiting.id()));
      if (upload.isEmpty() || upload.get().state().finished()) {
        return;
      }
      Vendor vendor =
          vendors
              .find(waiting.vendor())
              .orElseThrow(() -> new IllegalStateException("no vendor " + waiting.vendor()));
      new UploadRun(parts, upload.get(), vendor, lease).run();
      forget(waiting.id());
    } catch (StorageException e) {
      explain(waiting.id(), e);
      throw e;
    } catch (NoRoomException e) {
      hold(
          waiting.id(),
          "WAITING_FOR_SPACE",
          e.getMessage() + "; free some space and reading goes on");
      throw e;
    } catch (RuntimeException | Error e) {
      defect(waiting, lease, e);
    } finally {
      renewal.cancel(false);
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
          }
        },
        third,
        third,
        TimeUnit.MILLISECONDS);
  }

  /// Tells people why an upload does not go on; it goes on by itself when the cause is gone.
  private void explain(UUID upload, StorageException cause) {
    if (cause.code() == StorageException.Code.DISK_FULL) {
      hold(
          upload,
          "WAITING_FOR_SPACE",
          "the database's disk is full; free some space and reading goes on");
    } else if (cause.code() != StorageException.Code.LEASE_LOST) {
      hold(
          upload,
          "WAITING_FOR_DATABASE",
          "the database does not answer as it should; reading goes on by itself");
    }
  }

  private void hold(UUID upload, String code, String reason) {
    if (closed) {
      return;
    }
    try {
      parts
          .database()
          .write(transaction -> {
            parts.uploads().hold(transaction, upload, code, reason);
            return upload;
          });
    } catch (StorageException e) {
      LOG.debug("could not say why upload {} waits", upload, e);
    }
  }

  private synchronized void forget(UUID upload) {
    defects.remove(upload);
  }

  /// A defect of ours: tried a few times from the checkpoint, then the upload fails with a
  /// reference.
  private synchronized void defect(UploadStore.Waiting waiting, Lease lease, Throwable cause) {
    UUID upload = waiting.id();
    int count = defects.merge(upload, 1, Integer::sum);
    LOG.error("upload {} stopped at a defect ({} of {})", upload, count, MOST_DEFECTS, cause);
    if (count < MOST_DEFECTS) {
      return;
    }
    defects.remove(upload);
    Optional<Vendor> vendor = vendors.find(waiting.vendor());
    Database database = parts.database();
    database.write(transaction -> {
      parts.leases().require(transaction, lease);
      parts
          .uploads()
          .finish(
              transaction,
              upload,
              Upload.State.FAILED,
              new Upload.Failure(
                  "INTERNAL",
                  "reading stopped at a defect of the program; rows that were applied stand."
                      + " Tell your operator the reference "
                      + upload,
                  null));
      Upload finished = parts.uploads().find(transaction, upload).orElseThrow();
      vendor.ifPresent(told -> parts.listener().uploadFinished(transaction, told, finished));
      return upload;
    });
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

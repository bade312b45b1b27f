package dev.entrepot.console.live;

import dev.entrepot.onboarding.uploads.Uploads;
import dev.entrepot.storage.StorageException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Follows uploads for those who listen: an upload is looked at by one thread, however many listen
/// to it, and by none when nobody does. Safe for use by many threads.
public final class UploadFeed implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(UploadFeed.class);
  private static final Duration EVERY = Duration.ofMillis(300);

  private final Uploads uploads;
  private final Map<UUID, Set<Subscription>> listeners = new ConcurrentHashMap<>();
  private final CountDownLatch closing = new CountDownLatch(1);

  public UploadFeed(Uploads uploads) {
    this.uploads = uploads;
  }

  Subscription subscribe(UUID upload) {
    Subscription subscription = new Subscription();
    listeners.compute(
        upload,
        (_, before) -> {
          Set<Subscription> after = before == null ? new HashSet<>() : new HashSet<>(before);
          after.add(subscription);
          if (before == null) {
            Thread.ofVirtual().name("upload-feed-" + upload).start(() -> follow(upload));
          }
          return after;
        });
    return subscription;
  }

  void unsubscribe(UUID upload, Subscription subscription) {
    listeners.computeIfPresent(
        upload,
        (_, before) -> {
          Set<Subscription> after = new HashSet<>(before);
          after.remove(subscription);
          // An empty set stays until its thread sees it and ends.
          return after;
        });
  }

  private void follow(UUID id) {
    Pace pace = new Pace();
    UploadProgress last = null;
    try {
      while (!abandoned(id)) {
        Optional<Uploads.Progress> upload = uploads.progress(id);
        if (upload.isEmpty()) {
          break;
        }
        double rate = pace.at(upload.get().books().received(), System.nanoTime());
        last = publish(id, UploadProgress.of(upload.get(), rate), last);
        if (upload.get().state().finished()
            || closing.await(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
          break;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.atLevel(StorageException.levelOf(e))
          .log("upload {} cannot be followed at the moment: {}", id, e.getMessage());
    } finally {
      Set<Subscription> left = listeners.remove(id);
      if (left != null) {
        UploadProgress told = last;
        left.forEach(listener -> listener.end(told));
      }
    }
  }

  /// Whether nobody listens any more; then the thread's place is given up.
  private boolean abandoned(UUID id) {
    return listeners.computeIfPresent(id, (_, now) -> now.isEmpty() ? null : now) == null;
  }

  private UploadProgress publish(UUID id, UploadProgress progress, @Nullable UploadProgress last) {
    for (Subscription listener : listeners.getOrDefault(id, Set.of())) {
      if (!progress.equals(last) || listener.fresh()) {
        listener.publish(progress);
      }
    }
    return progress;
  }

  /// Ends all listening.
  @Override
  public void close() {
    closing.countDown();
  }

  /// Rows per second, smoothed over a few looks.
  private static final class Pace {
    private static final double WEIGHT = 0.3;
    private long rows = -1;
    private long nanos;
    private double rate;

    double at(long nowRows, long nowNanos) {
      if (rows >= 0 && nowNanos > nanos) {
        double current = (nowRows - rows) * 1e9 / (nowNanos - nanos);
        rate = rate == 0 ? current : rate + WEIGHT * (current - rate);
      }
      rows = nowRows;
      nanos = nowNanos;
      return rate;
    }
  }
}

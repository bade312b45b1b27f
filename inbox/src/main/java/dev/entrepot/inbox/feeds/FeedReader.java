package dev.entrepot.inbox.feeds;

import dev.entrepot.inbox.intake.Receipt;
import dev.entrepot.spi.event.Delivery;
import dev.entrepot.spi.feed.EventFeed;
import dev.entrepot.spi.feed.FedMessage;
import dev.entrepot.spi.feed.FeedException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Fetches the events of one connection until it is stopped. Each is kept by the intake and only
/// then deleted where it was; what dies in between comes again, and is known as a duplicate.
///
/// After anything that fails it pauses, longer each time, and opens the feed anew, so that changed
/// credentials are taken in.
final class FeedReader implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(FeedReader.class);

  /// How long things take.
  ///
  /// @param patience of one look for messages
  /// @param hidden how long nobody else is given what was fetched
  /// @param firstPause after something failed; doubled each time
  record Times(Duration patience, Duration hidden, Duration firstPause, Duration longestPause) {
    static final Times DEFAULT =
        new Times(
            Duration.ofSeconds(20),
            Duration.ofSeconds(60),
            Duration.ofSeconds(1),
            Duration.ofSeconds(60));
  }

  private final Supplier<EventFeed> opening;
  private final Function<Delivery, Receipt> intake;
  private final FeedJournal journal;
  private final Times times;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private @Nullable Thread fetching;
  private int failures;
  private FeedJournal.@Nullable Step failedAt;

  /// @param opening may throw [FeedException] or [IllegalStateException]
  FeedReader(
      Supplier<EventFeed> opening,
      Function<Delivery, Receipt> intake,
      FeedJournal journal,
      Times times) {
    this.opening = opening;
    this.intake = intake;
    this.journal = journal;
    this.times = times;
  }

  /// Ends it: at once where it waits for messages, else after the message that is being kept; those
  /// behind it are given back. Does not wait for that.
  synchronized void stop() {
    stopped.countDown();
    if (fetching != null) {
      fetching.interrupt();
    }
  }

  private boolean isStopped() {
    return stopped.getCount() == 0;
  }

  @Override
  public void run() {
    while (!isStopped()) {
      FeedJournal.Step step = FeedJournal.Step.FETCH;
      try (EventFeed feed = opening.get()) {
        while (!isStopped()) {
          step = FeedJournal.Step.FETCH;
          List<FedMessage> messages = fetch(feed);
          journal.answered(messages.size());
          mended(step);
          step = FeedJournal.Step.KEEP;
          if (!messages.isEmpty()) {
            settle(feed, messages);
          }
        }
      } catch (InterruptedException e) {
        LOG.debug("fetching was interrupted to be stopped");
        return;
      } catch (FeedException | IllegalStateException e) {
        failed(step, String.valueOf(e.getMessage()));
      } catch (RuntimeException | Error e) {
        LOG.debug("fetching events failed", e);
        failed(step, "fetching events failed, which is a defect: " + e);
      }
    }
  }

  private void failed(FeedJournal.Step step, String reason) {
    if (isStopped()) {
      return;
    }
    journal.trouble(step, reason);
    pause(pauseAfterFailure(step));
  }

  private void mended(FeedJournal.Step step) {
    if (step == failedAt) {
      failures = 0;
      failedAt = null;
    }
  }

  /// Only here may the thread be interrupted: nothing that was begun breaks off.
  private List<FedMessage> fetch(EventFeed feed) throws InterruptedException {
    synchronized (this) {
      if (isStopped()) {
        throw new InterruptedException();
      }
      fetching = Thread.currentThread();
    }
    try {
      return feed.fetch(times.patience(), times.hidden());
    } finally {
      synchronized (this) {
        fetching = null;
        boolean _ = Thread.interrupted();
      }
    }
  }

  private void settle(EventFeed feed, List<FedMessage> messages) {
    Settling settling = new Settling(feed, messages, intake, times.hidden(), this::isStopped);
    settling.run();
    if (!settling.kept().isEmpty()) {
      feed.delete(settling.kept());
    }
    if (settling.left().isEmpty()) {
      mended(FeedJournal.Step.KEEP);
      journal.kept();
      return;
    }
    if (isStopped()) {
      feed.hide(settling.left(), Duration.ZERO);
      return;
    }
    Duration pause = longer(settling.retryAfter(), pauseAfterFailure(FeedJournal.Step.KEEP));
    feed.hide(settling.left(), pause);
    journal.trouble(FeedJournal.Step.KEEP, settling.reason());
    pause(pause);
  }

  private Duration pauseAfterFailure(FeedJournal.Step step) {
    failedAt = step;
    Duration pause = times.firstPause().multipliedBy(1L << Math.min(failures, 20));
    failures++;
    return pause.compareTo(times.longestPause()) > 0 ? times.longestPause() : pause;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private void pause(Duration duration) {
    try {
      boolean _ = stopped.await(duration.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopped.countDown();
    }
  }
}

package dev.entrepot.inbox.log;

import dev.entrepot.storage.Database;
import dev.entrepot.storage.StorageException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets one thread write what many bring: whatever came while the last transaction was under way
/// goes into the next one together, so the cost of a commit is shared, and nobody waits longer than
/// for two of them. Memory is bounded by what may wait.
final class GroupCommit implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);
  private static final Duration BUSY_RETRY = Duration.ofSeconds(1);
  private static final Duration UNAVAILABLE_RETRY = Duration.ofSeconds(5);
  // Of those who wait each gives up earlier; a disk may take a while to answer.
  private static final int SILENCE = 6;
  private static final int MOST_BYTES_IN_BATCH = 8 << 20;

  private record Waiting(PackedEvent event, CompletableFuture<Appended> outcome) {}

  private final Database database;
  private final LogSettings settings;
  private final Runnable appended;
  private final Appender appender;
  private final Duration silence;
  private final Thread writer;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final ArrayDeque<Waiting> queue = new ArrayDeque<>();
  private long bytesInFlight;
  private boolean closed;

  /// @param appended told after each commit, by the writing thread
  GroupCommit(Database database, LogSettings settings, Runnable appended) {
    this.database = database;
    this.settings = settings;
    this.appended = appended;
    this.appender = new Appender(settings.patience());
    this.silence = settings.patience().multipliedBy(SILENCE);
    this.writer = Thread.ofPlatform().daemon().name("entrepot-inbox-writer").unstarted(this::run);
  }

  void start() {
    writer.start();
  }

  /// Waits until it is on disk.
  Appended append(PackedEvent event) {
    Waiting waiting = new Waiting(event, new CompletableFuture<>());
    Appended refusal = enqueue(waiting);
    if (refusal != null) {
      return refusal;
    }
    try {
      return waiting.outcome.get(settings.patience().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      withdraw(waiting);
      return unavailable("it was not written within " + settings.patience());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      withdraw(waiting);
      return unavailable("its thread was interrupted");
    } catch (ExecutionException e) {
      throw new IllegalStateException("the outcome of an append is never an exception", e);
    }
  }

  private @Nullable Appended enqueue(Waiting waiting) {
    lock.lock();
    try {
      if (closed) {
        return unavailable("the inbox is stopping");
      }
      // One that is larger than the bound alone still gets in when nothing else is there.
      if (queue.size() >= settings.mostWaiting()
          || (bytesInFlight > 0
              && bytesInFlight + waiting.event.size() > settings.mostBytesInFlight())) {
        return new Appended.Busy(BUSY_RETRY);
      }
      bytesInFlight += waiting.event.size();
      queue.add(waiting);
      arrived.signal();
      return null;
    } finally {
      lock.unlock();
    }
  }

  /// What is being written already is still written; its sender's repetition will be a duplicate.
  private void withdraw(Waiting waiting) {
    lock.lock();
    try {
      if (queue.remove(waiting)) {
        bytesInFlight -= waiting.event.size();
      }
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    while (true) {
      List<Waiting> batch = take();
      if (batch.isEmpty()) {
        return;
      }
      try {
        write(batch);
      } finally {
        settle(batch);
      }
    }
  }

  /// Empty when closed.
  private List<Waiting> take() {
    List<Waiting> batch = new ArrayList<>();
    lock.lock();
    try {
      while (queue.isEmpty() && !closed) {
        arrived.awaitUninterruptibly();
      }
      long bytes = 0;
      while (!queue.isEmpty()
          && batch.size() < settings.mostInBatch()
          && (batch.isEmpty() || bytes + queue.element().event.size() <= MOST_BYTES_IN_BATCH)) {
        bytes += queue.element().event.size();
        batch.add(queue.remove());
      }
    } finally {
      lock.unlock();
    }
    return batch;
  }

  private void write(List<Waiting> batch) {
    List<PackedEvent> events = batch.stream().map(Waiting::event).toList();
    try {
      List<Appended> outcomes =
          database.write(silence, transaction -> appender.append(transaction, events));
      for (int i = 0; i < batch.size(); i++) {
        batch.get(i).outcome.complete(outcomes.get(i));
      }
    } catch (RuntimeException | Error e) {
      fail(batch, e);
      return;
    }
    tell();
  }

  private void tell() {
    try {
      appended.run();
    } catch (RuntimeException | Error e) {
      LOG.error("who waits for events could not be told of new ones; they look by themselves", e);
    }
  }

  /// Whoever waits is told to repeat, for a commit whose answer was lost may have been made. A
  /// value that the database refuses must not fail its neighbours: they are written without it.
  private void fail(List<Waiting> batch, Throwable failure) {
    if (batch.size() > 1 && !infrastructure(failure)) {
      LOG.debug("halving a batch of {}", batch.size(), failure);
      write(batch.subList(0, batch.size() / 2));
      write(batch.subList(batch.size() / 2, batch.size()));
      return;
    }
    if (infrastructure(failure)) {
      LOG.atLevel(StorageException.levelOf(failure))
          .log(
              "{} deliveries are not known to be kept; their senders repeat: {}",
              batch.size(),
              failure.getMessage());
    } else {
      LOG.error("a delivery cannot be kept; its sender repeats in vain", failure);
    }
    for (Waiting waiting : batch) {
      waiting.outcome.complete(unavailable(String.valueOf(failure.getMessage())));
    }
  }

  private static boolean infrastructure(Throwable failure) {
    return failure instanceof StorageException storage
        && (storage.code() == StorageException.Code.UNAVAILABLE
            || storage.code() == StorageException.Code.DISK_FULL
            || storage.code() == StorageException.Code.TIMEOUT
            || storage.mayHaveCommitted());
  }

  private void settle(List<Waiting> batch) {
    long bytes = 0;
    for (Waiting waiting : batch) {
      // Completed already, unless an error of the machine itself ended the writing.
      waiting.outcome.complete(unavailable("the writing thread failed"));
      bytes += waiting.event.size();
    }
    lock.lock();
    try {
      bytesInFlight -= bytes;
    } finally {
      lock.unlock();
    }
  }

  private static Appended unavailable(String reason) {
    return new Appended.Unavailable(UNAVAILABLE_RETRY, reason);
  }

  /// Writes what waits, then ends; does not wait for a database that does not answer.
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      if (writer.isAlive() && !writer.join(silence)) {
        LOG.warn("the database does not answer: deliveries are given up that may not be kept");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

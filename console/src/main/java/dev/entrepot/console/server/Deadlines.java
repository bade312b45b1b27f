package dev.entrepot.console.server;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Breaks connections on which a read or a write waits too long for the other side. The HTTP
/// library's own read time-out does not reach its sockets, and a client that sends or takes nothing
/// would hold a thread and a buffer for ever.
final class Deadlines implements AutoCloseable {

  /// Something that may wait. Its fields are written by the thread that waits and read by the one
  /// that looks.
  interface Waiting {
    /// When, by [System#nanoTime()], it waits too long; 0 when it does not wait.
    long deadline();

    /// Ends the wait by closing what it waits for.
    void breakOff();
  }

  private static final Logger LOG = LoggerFactory.getLogger(Deadlines.class);
  private static final Duration EVERY = Duration.ofMillis(500);

  private final Set<Waiting> watched = ConcurrentHashMap.newKeySet();
  private final Thread watcher;

  Deadlines() {
    this.watcher = Thread.ofVirtual().name("http-deadlines").start(this::watch);
  }

  void watch(Waiting waiting) {
    watched.add(waiting);
  }

  void forget(Waiting waiting) {
    watched.remove(waiting);
  }

  private void watch() {
    try {
      while (true) {
        Thread.sleep(EVERY);
        long now = System.nanoTime();
        watched.removeIf(waiting -> brokenOff(waiting, now));
      }
    } catch (InterruptedException e) {
      // Closed.
    }
  }

  private static boolean brokenOff(Waiting waiting, long now) {
    long deadline = waiting.deadline();
    if (deadline == 0 || now - deadline <= 0) {
      return false;
    }
    try {
      waiting.breakOff();
    } catch (RuntimeException | Error e) {
      // The others are to be looked at all the same.
      LOG.warn("a connection that waits too long could not be broken off", e);
    }
    return true;
  }

  @Override
  public void close() {
    watcher.interrupt();
  }
}

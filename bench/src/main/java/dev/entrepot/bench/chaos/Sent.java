package dev.entrepot.bench.chaos;

/// When an event was sent for the first time and first answered 200, by the sender's clock
/// ([System#nanoTime()]); 0: not yet. Safe for use by many threads.
final class Sent {
  private long firstSent;
  private long firstAcknowledged;
  private int acknowledgements;

  synchronized void sending(long now) {
    if (firstSent == 0) {
      firstSent = now;
    }
  }

  synchronized void acknowledged(long now) {
    acknowledgements++;
    if (firstAcknowledged == 0) {
      firstAcknowledged = now;
    }
  }

  synchronized long firstSent() {
    return firstSent;
  }

  synchronized long firstAcknowledged() {
    return firstAcknowledged;
  }

  synchronized int acknowledgements() {
    return acknowledgements;
  }
}

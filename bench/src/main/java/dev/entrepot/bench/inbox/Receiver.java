package dev.entrepot.bench.inbox;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/// Something that keeps events and answers 200 for them, in processes of its own.
interface Receiver extends AutoCloseable {
  /// Starts it with nothing kept yet, and returns when it answers.
  void start() throws IOException, InterruptedException;

  int port();

  /// Whether it keeps what it acknowledges; if not, it is there to show what the load generator and
  /// the HTTP server alone take.
  default boolean keeps() {
    return true;
  }

  /// How many events it has on disk.
  long kept() throws IOException, InterruptedException;

  /// How many of them are still to be handed on; 0 where nothing hands them on.
  default long behind() {
    return 0;
  }

  /// Returns when all that was kept is handed on, where anything hands it on.
  default void handOn() throws IOException, InterruptedException {
    while (behind() > 0) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  /// The processor time its processes have used.
  double receiverSeconds() throws IOException;

  /// The processor time of the store it keeps events in.
  double storeSeconds() throws IOException;

  /// What it is made of, with versions.
  String versions();

  /// Stops it.
  @Override
  void close();
}

package dev.entrepot.bench.chaos;

import java.io.IOException;

/// A node of a cluster that can be killed, in a process of its own.
public interface Mortal {
  /// Starts the process; it may not work yet.
  void start() throws IOException;

  /// Waits until it works.
  void await() throws IOException, InterruptedException;

  /// `kill -9`, and waits for the end.
  ///
  /// @return whether it was alive
  boolean kill() throws InterruptedException;

  boolean alive();
}

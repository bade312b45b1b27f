package dev.entrepot.bench.drain;

import java.io.IOException;

/// Something that hands events on which it has on disk, in a process of its own.
interface Drainer extends AutoCloseable {
  /// Writes down all events, in the order of their states, with nothing there before.
  void fill(Events events) throws IOException, InterruptedException;

  /// Begins to hand them on.
  void start() throws IOException;

  /// Waits until so many were handed on.
  void awaitDone(long events) throws IOException, InterruptedException;

  /// The processor time its process has used.
  double cpuSeconds() throws IOException;

  /// How many events were handed on after a newer one of their key: all, once they are done.
  ///
  /// @throws IllegalStateException when what was written is not the last state of every key
  long check(Events events) throws IOException;

  /// Stops it.
  @Override
  void close();
}

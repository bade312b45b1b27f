package dev.entrepot.flow.runs;

import dev.entrepot.spi.remote.Exchange;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/// Is told how runs go: for metrics, traces and alerts. Safe for use by many threads; quick; never
/// fails. After a crash an end may be told twice; everything else at most once.
public interface RunObserver {

  /// Which system.
  enum Side {
    SOURCE,
    DESTINATION
  }

  /// A node takes a run up, perhaps again.
  default void started(Run run) {}

  /// A page is settled.
  ///
  /// @param number its number in the run, from 1
  default void page(UUID run, String tenant, int number, int records, Instant at, Duration took) {}

  /// A call that writes, or asks what is written, came back.
  ///
  /// @param number of the call in the run
  /// @param result in a word or a sentence
  default void call(
      UUID run,
      String tenant,
      String step,
      int number,
      int records,
      Instant at,
      Duration took,
      String result) {}

  /// Something was said between us and a system.
  default void exchange(UUID run, String tenant, Side side, Exchange exchange) {}

  /// A run is over, or a plan is made; its books are final.
  ///
  /// @throws dev.entrepot.storage.StorageException when the database keeps it from being heeded: it
  ///   is told again later
  default void ended(Run run) {}

  /// One that does nothing.
  static RunObserver none() {
    return new RunObserver() {};
  }
}

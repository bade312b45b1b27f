package dev.entrepot.flow.schedules;

import java.sql.Connection;

/// Begins a client's run in the transaction that moves its schedule on, so that each time begins
/// exactly one, whichever nodes look and crash.
@FunctionalInterface
public interface RunStart {

  /// What became of it.
  enum Answer {
    STARTED,
    /// A run of the client is still under way: the schedule stays due until it has ended.
    BUSY
  }

  /// @throws RuntimeException when it cannot begin; the schedule stays due and is tried again
  Answer start(Connection transaction, Due due);
}

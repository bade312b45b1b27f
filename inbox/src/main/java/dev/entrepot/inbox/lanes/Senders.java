package dev.entrepot.inbox.lanes;

import java.util.Optional;

/// The connections by which events came. Asked for every event: answers from memory. Safe for use
/// by many threads.
@FunctionalInterface
public interface Senders {

  /// @return empty when there is no such connection any more: its events become dead letters
  Optional<Sender> of(String connection);
}

package dev.entrepot.inbox.lanes;

import java.util.Optional;

/// The connections by which events came. Asked for every event: answers from memory, but for those
/// that are not known there. Safe for use by many threads.
@FunctionalInterface
public interface Senders {

  /// @return empty when there is no such connection any more: its events become dead letters
  /// @throws dev.entrepot.storage.StorageException when that cannot be found out now
  Optional<Sender> of(String connection);
}

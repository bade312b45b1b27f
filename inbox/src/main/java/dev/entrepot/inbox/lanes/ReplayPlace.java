package dev.entrepot.inbox.lanes;

import java.util.Set;
import java.util.UUID;

/// An event's place in a replay.
///
/// @param record its number there, from 1
/// @param handlers to whom it is handed on; empty: to all
record ReplayPlace(UUID replay, long record, Set<String> handlers) {
  ReplayPlace {
    handlers = Set.copyOf(handlers);
  }

  boolean reaches(String handler) {
    return handlers.isEmpty() || handlers.contains(handler);
  }
}

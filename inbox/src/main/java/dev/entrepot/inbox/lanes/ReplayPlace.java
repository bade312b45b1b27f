package dev.entrepot.inbox.lanes;

import java.util.Set;
import java.util.UUID;

/// An event's place in a replay.
///
/// @param record its number there, from 1
/// @param handlers to whom it is handed on, `handler` or `handler/part`; empty: to all
record ReplayPlace(UUID replay, long record, Set<String> handlers) {
  ReplayPlace {
    handlers = Set.copyOf(handlers);
  }

  boolean reaches(String handler) {
    return reaches(handlers, handler);
  }

  static boolean reaches(Set<String> handlers, String handler) {
    return handlers.isEmpty() || handlers.stream().anyMatch(one -> handler(one).equals(handler));
  }

  /// The handler of `handler/part`.
  static String handler(String name) {
    int slash = name.indexOf('/');
    return slash < 0 ? name : name.substring(0, slash);
  }
}

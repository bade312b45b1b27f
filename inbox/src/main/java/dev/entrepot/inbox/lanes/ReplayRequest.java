package dev.entrepot.inbox.lanes;

import dev.entrepot.inbox.log.EventFilter;
import java.util.List;
import java.util.Set;

/// Which events are handed on once more, and to whom. Of those that were never handed on yet, or
/// wait, none is added: they are handed on anyway.
///
/// @param positions exactly these events; empty: all that the filter says
/// @param filter by key, topic, connection and time
/// @param handlers the names of those who get them; empty: all
/// @param skipped what about those that somebody skipped as dead letters
public record ReplayRequest(
    List<Long> positions, EventFilter filter, Set<String> handlers, Skipped skipped) {
  /// Events of which some dead letter was skipped, each with a reason.
  public enum Skipped {
    LEFT_OUT,
    HANDED_ON
  }

  public ReplayRequest {
    positions = List.copyOf(positions);
    handlers = Set.copyOf(handlers);
    if (positions.isEmpty() && filter.equals(EventFilter.ALL)) {
      throw new IllegalArgumentException(
          "a replay of everything is not offered; say which events, key, topic, connection or time");
    }
  }

  /// Without those that somebody skipped.
  public ReplayRequest(List<Long> positions, EventFilter filter, Set<String> handlers) {
    this(positions, filter, handlers, Skipped.LEFT_OUT);
  }

  /// The same with those that somebody skipped.
  public ReplayRequest withSkipped() {
    return new ReplayRequest(positions, filter, handlers, Skipped.HANDED_ON);
  }

  /// These events, to all handlers.
  public static ReplayRequest of(List<Long> positions) {
    return new ReplayRequest(positions, EventFilter.ALL, Set.of());
  }

  /// What the filter says, to all handlers.
  public static ReplayRequest of(EventFilter filter) {
    return new ReplayRequest(List.of(), filter, Set.of());
  }
}

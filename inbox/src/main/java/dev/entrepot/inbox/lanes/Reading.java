package dev.entrepot.inbox.lanes;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What a worker found in its lanes at one moment.
///
/// @param marks where those lanes stand that have something to do
/// @param fresh the events behind these marks that are final, by position; each lane without a gap
/// @param due events whose waiting is over, and those behind them of the same key, in their order
/// @param held [holds][KeptEvent#hold()] of `fresh` that wait for more than `due`: nothing of them
///   is handed on
record Reading(
    List<LaneMark> marks, List<KeptEvent> fresh, List<WaitingEvent> due, Set<String> held) {
  Reading {
    marks = List.copyOf(marks);
    fresh = List.copyOf(fresh);
    due = List.copyOf(due);
    held = Set.copyOf(held);
  }

  boolean empty() {
    return fresh.isEmpty() && due.isEmpty();
  }

  /// The position each lane moves to when this is settled.
  Map<Integer, Long> ends() {
    Map<Integer, Long> ends = new TreeMap<>();
    marks.forEach(mark -> ends.put(mark.lane(), mark.position()));
    fresh.forEach(event -> ends.put(event.lane(), event.position()));
    return ends;
  }
}

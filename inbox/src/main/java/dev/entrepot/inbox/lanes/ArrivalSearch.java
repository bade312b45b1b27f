package dev.entrepot.inbox.lanes;

import dev.entrepot.inbox.log.EventFilter;
import dev.entrepot.inbox.log.EventLog;
import dev.entrepot.inbox.log.Positions;
import dev.entrepot.inbox.log.Repeat;
import dev.entrepot.model.Page;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One list of events and repeated deliveries, by their positions, which are of one sequence.
final class ArrivalSearch {
  private final EventStates states;
  private final EventLog log;

  ArrivalSearch(EventStates states, EventLog log) {
    this.states = states;
    this.log = log;
  }

  Page<Arrival> list(
      EventFilter filter,
      Arrival.What what,
      EventState.@Nullable State state,
      @Nullable String cursor,
      int size) {
    return switch (what) {
      case EVENTS -> events(filter, state, cursor, size);
      case DUPLICATES -> repeats(filter, state, cursor, size);
      case BOTH ->
          together(events(filter, state, cursor, size), repeats(filter, state, cursor, size), size);
    };
  }

  private Page<Arrival> events(
      EventFilter filter, EventState.@Nullable State state, @Nullable String cursor, int size) {
    Page<EventState> found =
        state == null
            ? states.list(filter, cursor, size)
            : states.list(filter, state, cursor, size);
    return found.map(Arrival.Kept::new);
  }

  /// None in a state: it is events that have states.
  private Page<Arrival> repeats(
      EventFilter filter, EventState.@Nullable State state, @Nullable String cursor, int size) {
    Page<Repeat> found =
        state == null ? log.repeats(filter, cursor, size) : new Page<>(List.of(), null);
    return found.map(Arrival.Repeated::new);
  }

  /// Of two lists that begin at the same place, both as far as both are known.
  private static Page<Arrival> together(Page<Arrival> one, Page<Arrival> other, int size) {
    long known = Math.max(reached(one), reached(other));
    List<Arrival> all = new ArrayList<>(one.items());
    all.addAll(other.items());
    all.removeIf(arrival -> arrival.position() < known);
    all.sort(Comparator.comparingLong(Arrival::position).reversed());
    if (all.size() > size) {
      List<Arrival> shown = all.subList(0, size);
      return new Page<>(shown, Positions.text(shown.getLast().position()));
    }
    return new Page<>(all, known == 0 ? null : Positions.text(known));
  }

  /// Down to where a page tells all there is; 0: to the end.
  private static long reached(Page<Arrival> page) {
    return page.next() == null ? 0 : Positions.parse(page.next());
  }
}

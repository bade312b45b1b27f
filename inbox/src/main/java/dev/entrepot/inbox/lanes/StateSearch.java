package dev.entrepot.inbox.lanes;

import dev.entrepot.inbox.log.EventFilter;
import dev.entrepot.inbox.log.EventHead;
import dev.entrepot.inbox.log.EventLog;
import dev.entrepot.inbox.log.Positions;
import dev.entrepot.model.Page;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Looks for events in a state. The state of an event stands beside the log, so events are looked
/// through, newest first: those of rare states by the short tables that name them, the others up to
/// a bound, behind which the next page goes on.
final class StateSearch {
  private static final int STEP = 500;
  private static final int MOST_STEPS = 20;

  // Named by a dead letter or held back: more than are in the state, never fewer.
  private static final Sql HELD_BACK =
      Sql.of(
          """
          select position from inbox_waiting where replay is null and position < ?
          order by position desc limit ?
          """);

  private static final Sql DEAD =
      Sql.of(
          """
          select distinct position from inbox_dead_letter
          where replay is null and state in ('open', 'retrying') and position < ?
          order by position desc limit ?
          """);

  private final Database database;
  private final EventLog log;
  private final Function<List<EventHead>, List<EventState>> states;

  StateSearch(Database database, EventLog log, Function<List<EventHead>, List<EventState>> states) {
    this.database = database;
    this.log = log;
    this.states = states;
  }

  Page<EventState> list(
      EventFilter filter, EventState.State wanted, @Nullable String cursor, int size) {
    List<EventState> found = new ArrayList<>();
    String at = cursor;
    for (int step = 0; step < MOST_STEPS; step++) {
      Page<EventHead> looked = look(filter, wanted, at);
      boolean bounded = looked.next() != null && looked.items().size() < STEP;
      for (EventState state : states.apply(looked.items())) {
        if (state.state() == wanted) {
          found.add(state);
          if (found.size() > size) {
            List<EventState> shown = found.subList(0, size);
            return new Page<>(shown, Positions.text(shown.getLast().event().position()));
          }
        }
      }
      at = looked.next();
      // What fits the filter is so rare that very many were looked through for it already.
      if (at == null || (bounded && !namedByTables(wanted))) {
        return new Page<>(found, at);
      }
    }
    return new Page<>(found, at);
  }

  private static boolean namedByTables(EventState.State wanted) {
    return switch (wanted) {
      case WAITING, BEHIND, PARKED, REJECTED -> true;
      case ACCEPTED, WRITTEN, UNCHANGED, SKIPPED, ERASED -> false;
    };
  }

  private Page<EventHead> look(
      EventFilter filter, EventState.State wanted, @Nullable String cursor) {
    return switch (wanted) {
      case WAITING, BEHIND, PARKED -> named(filter, cursor, HELD_BACK);
      case REJECTED -> named(filter, cursor, DEAD);
      case ACCEPTED, WRITTEN, UNCHANGED, SKIPPED, ERASED -> log.find(filter, cursor, STEP);
    };
  }

  private Page<EventHead> named(EventFilter filter, @Nullable String cursor, Sql naming) {
    long before = EventLog.before(cursor);
    List<Long> positions =
        database.read(
            connection -> naming.with(before, STEP).list(connection, row -> row.int8("position")));
    if (positions.isEmpty()) {
      return new Page<>(List.of(), null);
    }
    return new Page<>(
        log.among(filter, positions),
        positions.size() < STEP ? null : Positions.text(positions.getLast()));
  }
}

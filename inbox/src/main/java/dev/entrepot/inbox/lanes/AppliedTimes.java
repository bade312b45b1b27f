package dev.entrepot.inbox.lanes;

import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.time.Instant;
import java.util.Optional;

/// When a handler did something with an event for the last time.
public final class AppliedTimes {
  // What was handed on later than at once, or once more, is in the history; of what was handed on
  // at
  // once the outcome's time is the chunk's.
  private static final Sql LAST =
      Sql.of(
          """
          select coalesce(
            (select max(at) from inbox_history
              where position = e.position and what = 'handled' and handlers ->> ? = 'w'),
            (select settled_at from inbox_chunk
              where slice = e.position >> 40 and lane = e.lane and last_position >= e.position
                and first_position <= e.position
              order by last_position limit 1)) as at
          from inbox_event e where e.position = ?
          """);

  private AppliedTimes() {}

  /// Empty when it is not known (any more): the event is past the retention, or not settled.
  public static Optional<Instant> last(Connection connection, String handler, long position) {
    return LAST.with(handler, position)
        .first(connection, row -> Optional.ofNullable(row.instantOrNull("at")))
        .flatMap(at -> at);
  }
}

package dev.entrepot.inbox.log;

import dev.entrepot.storage.Sql;
import java.sql.Connection;

/// Positions of the slices that can hold what came within the times of a filter.
///
/// @param to the first one behind them
record SliceSpan(long from, long to) {

  // A slice is marked a moment after it is first written to: an hour is more than enough.
  private static final Sql SLICES =
      Sql.of(
          """
          select
            (select min(slice) from inbox_slice
              where opened_at >= ?::timestamptz + interval '1 hour') as above,
            (select max(slice) from inbox_slice
              where closed_at < ?::timestamptz - interval '1 hour') as below
          """);

  /// @param before the span ends there at the latest
  static SliceSpan of(Connection connection, EventFilter filter, long before) {
    return SLICES
        .with(filter.to(), filter.from())
        .one(
            connection,
            row -> {
              Integer above = row.int4OrNull("above");
              Integer below = row.int4OrNull("below");
              return new SliceSpan(
                  below == null ? 0 : Positions.start(below + 1),
                  above == null ? before : Math.min(before, Positions.start(above)));
            });
  }
}

package dev.entrepot.inbox.log;

import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Positions that can hold what came within the times of a filter: what came outside of them is not
/// looked at, but for a little.
///
/// @param to the first one behind them
public record SliceSpan(long from, long to) {

  /// Positions are given in the order of arrival, but for appends that run side by side: none takes
  /// longer than this.
  private static final Duration SIDE_BY_SIDE = Duration.ofMinutes(10);

  /// So near to a time there is no use in looking more closely.
  private static final long NEAR = 1_000;

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

  // By halving: what is at or below `low` came before the time, what is at or above `high` did not.
  private static final String HALVE =
      """
      with recursive halves (step, low, high) as (
        select 0, ?::bigint, ?::bigint
        union all
        select h.step + 1,
          case when e.received_at < ? then e.position else h.low end,
          case when e.received_at < ? then h.high else m.middle end
        from halves h
        cross join lateral (select h.low + (h.high - h.low) / 2 as middle) m
        left join lateral (
          select position, received_at from %s
          where position >= m.middle and position < h.high order by position limit 1) e on true
        where h.high - h.low > ?)
      select low, high from halves order by step desc limit 1
      """;

  private static final Sql HALVE_EVENTS = Sql.of(HALVE.formatted("inbox_event"));

  private static final Sql HALVE_REPEATS = Sql.of(HALVE.formatted("inbox_duplicate"));

  /// Of events.
  ///
  /// @param before the span ends there at the latest
  static SliceSpan of(Connection connection, EventFilter filter, long before) {
    return of(connection, filter, before, HALVE_EVENTS);
  }

  /// Of repeated deliveries.
  static SliceSpan ofRepeats(Connection connection, EventFilter filter, long before) {
    return of(connection, filter, before, HALVE_REPEATS);
  }

  private static SliceSpan of(Connection connection, EventFilter filter, long before, Sql halve) {
    Instant from = filter.from();
    Instant to = filter.to();
    if (from == null && to == null) {
      return new SliceSpan(0, before);
    }
    SliceSpan slices = slices(connection, from, to, before);
    if (slices.from() >= slices.to()) {
      return slices;
    }
    SliceSpan below =
        to == null
            ? slices
            : new SliceSpan(
                slices.from(), slices.halved(connection, halve, to.plus(SIDE_BY_SIDE)).to());
    return from == null
        ? below
        : new SliceSpan(
            slices.halved(connection, halve, from.minus(SIDE_BY_SIDE)).from(), below.to());
  }

  private static SliceSpan slices(
      Connection connection, @Nullable Instant from, @Nullable Instant to, long before) {
    return SLICES
        .with(to, from)
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

  /// What of it is around a time.
  private SliceSpan halved(Connection connection, Sql halve, Instant at) {
    return halve
        .with(from, to, at, at, NEAR)
        .one(connection, row -> new SliceSpan(row.int8("low"), row.int8("high")));
  }
}

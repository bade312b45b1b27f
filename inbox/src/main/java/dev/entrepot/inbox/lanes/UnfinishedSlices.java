package dev.entrepot.inbox.lanes;

import dev.entrepot.storage.Sql;
import java.sql.Connection;

/// Which slices of the log must not be dropped yet, however old they are.
public final class UnfinishedSlices {
  private static final Sql NEEDED =
      Sql.of(
          """
          select exists (select from inbox_waiting where position >= ? and position < ?)
            or exists (select from inbox_lane l cross join lateral (
              select from inbox_event e
              where e.lane = l.lane and e.position > greatest(l.position, ?) and e.position < ?
              limit 1) e) as needed
          """);

  private UnfinishedSlices() {}

  /// Whether events of a slice were not handed on yet, or wait. Dead letters do not hold a slice:
  /// when it is gone they can only be skipped.
  public static boolean needed(Connection connection, int slice) {
    long first = Slices.first(slice);
    long end = Slices.first(slice + 1L);
    return NEEDED.with(first, end, first, end).one(connection, row -> row.bool("needed"));
  }
}

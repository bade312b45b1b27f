package dev.entrepot.inbox.delivery;

import dev.entrepot.inbox.log.Positions;
import dev.entrepot.storage.Sql;
import java.sql.Connection;

/// Which slices of the log must not be dropped yet, for what is to be delivered is in them.
public final class UndeliveredSlices {
  private static final Sql NEEDED =
      Sql.of(
          """
          select exists (
              select from delivery where position >= ? and position < ? and state = 'new')
            or exists (
              select from delivery
              where position >= ? and position < ? and state in ('waiting', 'behind')) as needed
          """);

  private UndeliveredSlices() {}

  /// Whether events of a slice are to be delivered yet, be it to a destination that is paused. Dead
  /// deliveries do not hold a slice: when it is gone they are gone, too.
  public static boolean needed(Connection connection, int slice) {
    long first = Positions.start(slice);
    long end = Positions.start(slice + 1);
    return NEEDED.with(first, end, first, end).one(connection, row -> row.bool("needed"));
  }
}

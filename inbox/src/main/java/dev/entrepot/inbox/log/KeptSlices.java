package dev.entrepot.inbox.log;

import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.util.Collection;
import java.util.Set;

/// Holds slices for the sake of a transaction that is about to ask for something of them. Whoever
/// drops slices waits for it, and then finds that they are needed; where the dropping came first,
/// they are not there any more.
public final class KeptSlices {
  private static final Sql SOME =
      Sql.of(
          "select slice from inbox_slice where slice = any(?::int[]) order by slice for key share");

  private static final Sql ALL =
      Sql.of("select slice from inbox_slice order by slice for key share");

  private KeptSlices() {}

  /// @return those of these slices that are there, and stay so until the transaction ends
  public static Set<Integer> hold(Connection transaction, Collection<Integer> slices) {
    return Set.copyOf(
        SOME.with((Object) slices.toArray(Integer[]::new))
            .list(transaction, row -> row.int4("slice")));
  }

  /// Holds all that are there.
  public static void holdAll(Connection transaction) {
    var _ = ALL.list(transaction, row -> row.int4("slice"));
  }
}

package dev.entrepot.inbox.log;

import dev.entrepot.model.Page;
import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// What fits of rows that were looked through, newest first, up to a bound. The statement gives, in
/// their order, the rows that fit and the one at the bound, with the columns `fits` and `at_bound`,
/// so that one look over the rows tells both.
///
/// @param reached the position of the row at the bound; null: there is none, or enough was found
///   before it
record LookedThrough<T>(List<T> found, @Nullable Long reached) {

  /// @param position the column that tells where a row is
  static <T> LookedThrough<T> of(
      Connection connection, Sql statement, String position, Sql.RowMapper<T> mapper) {
    List<T> found = new ArrayList<>();
    List<Long> bounds = new ArrayList<>();
    statement.list(
        connection,
        row -> {
          if (row.bool("at_bound")) {
            bounds.add(row.int8(position));
          }
          return row.bool("fits") ? found.add(mapper.map(row)) : found.isEmpty();
        });
    return new LookedThrough<>(found, bounds.isEmpty() ? null : bounds.getFirst());
  }

  /// @param size of the page; one more was asked for
  Page<T> page(int size, ToLongFunction<T> position) {
    if (found.size() > size) {
      List<T> shown = found.subList(0, size);
      return new Page<>(shown, Positions.text(position.applyAsLong(shown.getLast())));
    }
    return new Page<>(found, reached == null ? null : Positions.text(reached));
  }
}

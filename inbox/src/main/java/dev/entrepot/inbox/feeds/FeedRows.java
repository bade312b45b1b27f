package dev.entrepot.inbox.feeds;

import dev.entrepot.storage.Row;
import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The table `inbox_feed`: a row per connection and node.
final class FeedRows {
  private static final Sql PUT =
      Sql.of(
          """
          insert into inbox_feed as f
            (connection, node, answered_at, received_at, problem, problem_since, updated_at)
          values (?, ?, ?, ?, ?, ?, ?)
          on conflict (connection, node) do update set
            answered_at = coalesce(excluded.answered_at, f.answered_at),
            received_at = coalesce(excluded.received_at, f.received_at),
            problem = excluded.problem,
            problem_since = excluded.problem_since,
            updated_at = excluded.updated_at
          """);

  private static final Sql ALL =
      Sql.of(
          """
          select * from inbox_feed where ?::text is null or connection = ?
          order by connection, node
          """);

  private static final Sql FORGET =
      Sql.of("delete from inbox_feed where updated_at < clock_timestamp() - ?::interval");

  private FeedRows() {}

  static void put(Connection transaction, FeedState state) {
    PUT.with(
            state.connection(),
            state.node(),
            state.answeredAt(),
            state.receivedAt(),
            state.problem(),
            state.problemSince(),
            state.updatedAt())
        .updateOne(transaction);
  }

  /// @param name null: of all connections
  static List<FeedState> all(Connection connection, @Nullable String name) {
    return ALL.with(name, name).list(connection, FeedRows::state);
  }

  /// Those that nobody wrote for a time, by the database's clock.
  static int forget(Connection transaction, Duration silent) {
    return FORGET.with(silent).update(transaction);
  }

  private static FeedState state(Row row) {
    return new FeedState(
        row.text("connection"),
        row.text("node"),
        row.instantOrNull("answered_at"),
        row.instantOrNull("received_at"),
        row.textOrNull("problem"),
        row.instantOrNull("problem_since"),
        row.instant("updated_at"));
  }
}

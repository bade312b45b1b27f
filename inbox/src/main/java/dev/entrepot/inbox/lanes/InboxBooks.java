package dev.entrepot.inbox.lanes;

import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.util.List;

/// The running totals in `inbox_books`.
final class InboxBooks {
  private static final Sql MOVE =
      Sql.of(
          """
          insert into inbox_books as b
            (slice, connection, lane, received, written, unchanged, rejected, skipped, pending)
          select * from unnest(?::int[], ?::text[], ?::int[], ?::bigint[], ?::bigint[], ?::bigint[],
            ?::bigint[], ?::bigint[], ?::bigint[])
          on conflict (slice, connection, lane) do update set
            received = b.received + excluded.received, written = b.written + excluded.written,
            unchanged = b.unchanged + excluded.unchanged, rejected = b.rejected + excluded.rejected,
            skipped = b.skipped + excluded.skipped, pending = b.pending + excluded.pending
          """);

  private InboxBooks() {}

  static void move(Connection transaction, List<BooksMove> moves) {
    if (moves.isEmpty()) {
      return;
    }
    MOVE.with(
            Outcomes.array(moves, m -> (int) m.place().slice()),
            Outcomes.texts(moves, m -> m.place().connection()),
            Outcomes.array(moves, m -> m.place().lane()),
            Outcomes.longs(moves, BooksMove::received),
            Outcomes.longs(moves, BooksMove::written),
            Outcomes.longs(moves, BooksMove::unchanged),
            Outcomes.longs(moves, BooksMove::rejected),
            Outcomes.longs(moves, BooksMove::skipped),
            Outcomes.longs(moves, BooksMove::pending))
        .update(transaction);
  }
}

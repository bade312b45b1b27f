package dev.entrepot.inbox.lanes;

import dev.entrepot.inbox.handling.DueEvent;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.util.List;

/// Where handlers in tests write what they did.
final class AppliedTable {
  private AppliedTable() {}

  static void create(Database database) {
    int _ =
        database.write(connection ->
            Sql.of(
                    """
                    create table applied (id bigint generated always as identity, handler text not null,
                      key text not null, position bigint not null, replay uuid)
                    """)
                .update(connection));
  }

  static void enter(Connection transaction, String handler, DueEvent event) {
    Sql.of("insert into applied (handler, key, position, replay) values (?, ?, ?, ?)")
        .with(handler, event.key(), event.position(), event.replay())
        .updateOne(transaction);
  }

  /// As `first 12`, in the order they were done.
  static List<String> all(Database database) {
    return database.read(connection ->
        Sql.of("select handler || ' ' || position as done from applied order by id")
            .list(connection, row -> row.text("done")));
  }
}

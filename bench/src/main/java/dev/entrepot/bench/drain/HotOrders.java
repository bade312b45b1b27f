package dev.entrepot.bench.drain;

import dev.entrepot.storage.Database;
import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A table of the latest states of orders for those that have no hot store: one upsert for an
/// event, which lets no older state replace a newer one.
final class HotOrders {
  static final String TABLE =
      "create table hot_order (id text primary key, at timestamptz not null, document text not null)";

  static final String SELECT = "select id, document from hot_order";

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String UPSERT =
      """
      insert into hot_order (id, at, document) values (?, ?, ?)
      on conflict (id) do update set at = excluded.at, document = excluded.document
      where hot_order.at < excluded.at
      """;

  private HotOrders() {}

  /// @return false when a newer state was there
  static boolean upsert(Connection connection, String body) throws SQLException {
    JsonNode order = JSON.readTree(body);
    try (PreparedStatement statement = connection.prepareStatement(UPSERT)) {
      statement.setString(1, order.required("id").asString());
      statement.setObject(
          2,
          OffsetDateTime.parse(order.required("updated_at").asString())
              .withOffsetSameInstant(ZoneOffset.UTC));
      statement.setString(3, body);
      return statement.executeUpdate() == 1;
    }
  }

  /// @param select gives `id` and `document`
  /// @throws IllegalStateException when they are not the last state of every order
  static void require(Database database, String select, Events events) {
    Map<String, Integer> orders = new HashMap<>();
    for (int order = 0; order < events.orders().count(); order++) {
      orders.put(events.orders().id(order), order);
    }
    int _ =
        database
            .read(connection ->
                Sql.of(select)
                    .list(
                        connection,
                        row -> {
                          String id = row.text("id");
                          require(events, id, orders.remove(id), row.text("document"));
                          return true;
                        }))
            .size();
    if (!orders.isEmpty()) {
      throw new IllegalStateException(orders.size() + " orders are not there: " + orders.keySet());
    }
  }

  private static void require(Events events, String id, @Nullable Integer order, String document) {
    if (order == null || !document.equals(events.last(order))) {
      throw new IllegalStateException("order " + id + " is not in its last state: " + document);
    }
  }
}

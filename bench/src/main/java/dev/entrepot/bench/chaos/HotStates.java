package dev.entrepot.bench.chaos;

import dev.entrepot.storage.Database;
import dev.entrepot.storage.Sql;
import java.util.HashMap;
import java.util.Map;

/// The orders in the hot store, as they lie in its table.
final class HotStates {
  private HotStates() {}

  /// Documents by the order's id.
  static Map<String, String> orders(Database database) {
    Map<String, String> documents = new HashMap<>();
    database.read(connection ->
        Sql.of("select id, document from hot_entity where lower(type) = 'order' and not deleted")
            .list(connection, row -> documents.put(row.text("id"), row.text("document")))
            .size());
    return documents;
  }
}

package dev.entrepot.onboarding.uploads;

import dev.entrepot.onboarding.catalogue.Product;
import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Which products were brought by an upload that was received later than another one, changed or
/// found as they are: what the other one has of them is older than what the catalogue holds.
record LaterUploads(Map<Long, UUID> newest) {
  static final LaterUploads NONE = new LaterUploads(Map.of());

  LaterUploads {
    newest = Map.copyOf(newest);
  }

  /// The newest of them for a product; null: there is none.
  @Nullable UUID of(Product product) {
    return newest.get(product.id());
  }

  /// @param upload the other one
  static LaterUploads find(Connection connection, UUID upload, Collection<Long> products) {
    if (products.isEmpty() || !any(connection, upload)) {
      return NONE;
    }
    Long[] wanted = products.toArray(Long[]::new);
    Map<Long, UUID> newest = new HashMap<>();
    Sql.of(
            """
            select distinct on (w.product) w.product, l.id
            from (
              select id as product, created_batch as batch from product where id = any(?)
              union all
              select product_id, batch_id from product_change
              where product_id = any(?) and batch_id is not null) w
            join upload l on l.id = w.batch
            where l.number > (select number from upload where id = ?)
            order by w.product, l.number desc
            """)
        .with(wanted, wanted, upload)
        .list(connection, row -> Map.entry(row.int8("product"), row.uuid("id")))
        .forEach(entry -> newest.put(entry.getKey(), entry.getValue()));
    return new LaterUploads(newest);
  }

  private static boolean any(Connection connection, UUID upload) {
    return Sql.of(
            """
            select exists (
              select from upload l join upload own on own.vendor = l.vendor
              where own.id = ? and l.number > own.number) as any
            """)
        .with(upload)
        .one(connection, row -> row.bool("any"));
  }
}

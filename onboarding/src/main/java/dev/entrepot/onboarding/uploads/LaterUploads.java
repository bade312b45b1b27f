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
    // Nothing that came later was changed before this one was received; clocks may differ a little.
    Map<Long, UUID> newest = new HashMap<>();
    Sql.of(
            """
            with own as (
              select number, received_at - interval '1 day' as since from upload where id = ?)
            select p.id as product, coalesce(c.upload, b.id) as id
            from own cross join product p
            left join lateral (
              select l.id as upload
              from product_change c join upload l on l.id = c.batch_id
              where c.product_id = p.id and c.at >= own.since and l.number > own.number
              order by c.id desc limit 1) c on true
            left join upload b on b.id = p.created_batch and b.number > own.number
            where p.id = any(?) and coalesce(c.upload, b.id) is not null
            """)
        .with(upload, wanted)
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

package dev.entrepot.onboarding.catalogue;

import dev.entrepot.storage.Database;
import dev.entrepot.storage.Json;
import dev.entrepot.storage.Sql;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Puts products and uploads straight into their tables, as uploads do.
final class Shelf {
  private final Database database;

  Shelf(Database database) {
    this.database = database;
  }

  long product(String sku, String name, String category) {
    return product(sku, name, category, "published", null);
  }

  long scheduled(String sku, Instant publishAt) {
    return product(sku, sku, "toys", "scheduled", publishAt);
  }

  private long product(
      String sku, String name, String category, String state, @Nullable Instant publishAt) {
    return database.write(transaction ->
        Sql.of(
                """
                insert into product (vendor, vendor_product_id, sku, name, slug, category,
                  price, stock_quantity, custom, state, publish_at)
                values ('VEND001', ?, ?, ?, ?, ?, 9.5, 3, ?, ?, ?)
                returning id
                """)
            .with(
                "id-" + sku,
                sku,
                name,
                "slug-" + sku,
                category,
                new Json("{\"colour\": \"blå\"}"),
                state,
                publishAt)
            .one(transaction, row -> row.int8("id")));
  }

  void scheduledMany(int count, Instant publishAt) {
    int _ =
        database.write(transaction ->
            Sql.of(
                    """
                    insert into product (vendor, vendor_product_id, sku, name, slug, category,
                      price, stock_quantity, state, publish_at)
                    select 'VEND001', 'm' || n, 'm' || n, 'm', 'm' || n, 'toys', 1, 1,
                      'scheduled', ?
                    from generate_series(1, ?) n
                    """)
                .with(publishAt, count)
                .update(transaction));
  }

  UUID upload(UUID id) {
    return database.write(transaction -> {
      Sql.of("insert into batch (id, kind, tenant, flow, label) values (?, 'upload', '', '', '')")
          .with(id)
          .updateOne(transaction);
      Sql.of(
              """
              insert into vendor (code, name, status, currency, known_key, approval,
                max_file_bytes, max_file_rows, max_uploads_per_day, max_rows_per_day,
                phone_region)
              values ('VEND001', 'One', 'active', 'USD', 'reject', 'automatic', 1, 1, 1, 1,
                'US')
              """)
          .updateOne(transaction);
      Sql.of(
              """
              insert into upload (id, vendor, file_name, content_hash, bytes, source,
                submitted_by, limits, state)
              values (?, 'VEND001', 'a.csv', '\\x00', 1, 'portal', 'user:bob@example.com',
                'supplier', 'completed')
              """)
          .with(id)
          .updateOne(transaction);
      return id;
    });
  }

  int run(Sql sql) {
    return database.write(sql::update);
  }

  long count(Sql sql) {
    return database.read(connection -> sql.one(connection, row -> row.int8("count")));
  }
}

package dev.entrepot.bench.load;

import dev.entrepot.storage.Sql;
import java.sql.Connection;

/// What a load left behind.
///
/// @param products rows of the catalogue
/// @param checksum over everything a row of the catalogue says, without ids and times
/// @param rejected rejected rows, by error type
record TableState(long products, String checksum, String rejected) {
  private static final Sql PRODUCTS =
      Sql.of(
          """
          select count(*) n, coalesce(sum(hashtextextended(p::text, 0)::numeric), 0)::text checksum
          from (
            select vendor, vendor_product_id, sku, name, slug, category, subcategory, description,
              brand, price, compare_at_price, currency, stock_quantity, unit,
              trim_scale(weight_kg), dimensions_cm, image_url, custom, state
            from product
          ) p
          """);

  private static final Sql REJECTED =
      Sql.of(
          """
          select coalesce(string_agg(code || ' ' || n, ', ' order by code), 'none') counts
          from (select code, count(*) n from dead_letter group by code) d
          """);

  static TableState read(Connection connection) {
    String rejected = REJECTED.one(connection, row -> row.text("counts"));
    return PRODUCTS.one(
        connection, row -> new TableState(row.int8("n"), row.text("checksum"), rejected));
  }
}

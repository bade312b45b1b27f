package dev.entrepot.onboarding.uploads;

import dev.entrepot.storage.Sql;
import java.nio.file.Path;
import java.sql.Connection;
import org.jspecify.annotations.Nullable;

/// The keys the catalogue knew when the reading of a file began, and the slugs given out since: a
/// quick way to tell that a key is new. Whether one is known is always asked of the database. A
/// catalogue too large to be held is not held, nor is any for a file of few rows, whose keys are
/// asked for quicker than all keys are read: then every key counts as possibly known. Not safe for
/// use by many threads.
final class CatalogueKeys implements AutoCloseable {
  private static final long MOST_PRODUCTS = 5_000_000;
  private static final int FETCH_ROWS = 10_000;
  private static final long FEW_ROWS = 20_000;

  private final SeenKeys skus;
  private final SeenKeys vendorProductIds;
  private final SeenKeys slugs;
  private boolean held;

  /// Without any keys yet.
  CatalogueKeys(Path spillFolder, long mostBytesInMemory) {
    skus = new SeenKeys(spillFolder, mostBytesInMemory);
    vendorProductIds = new SeenKeys(spillFolder, mostBytesInMemory);
    slugs = new SeenKeys(spillFolder, mostBytesInMemory);
  }

  /// Reads the catalogue's keys, if that is worth it.
  ///
  /// @param connection in a transaction, so that the rows are streamed
  /// @param rows how many rows the file has, or may have; null: not known
  void read(Connection connection, String vendor, @Nullable Long rows) {
    held = (rows == null || rows > FEW_ROWS) && !isTooLarge(connection);
    if (held) {
      record Keys(String sku, String slug, @Nullable String id) {}
      Sql.of(
              """
              select sku, slug, case when vendor = ? then vendor_product_id end id from product
              """)
          .with(vendor)
          .forEach(
              connection,
              FETCH_ROWS,
              row -> new Keys(row.text("sku"), row.text("slug"), row.textOrNull("id")),
              known -> {
                skus.putIfAbsent(known.sku, 1);
                slugs.putIfAbsent(known.slug, 1);
                if (known.id != null) {
                  vendorProductIds.putIfAbsent(known.id, 1);
                }
              });
    }
  }

  private static boolean isTooLarge(Connection connection) {
    return Sql.of("select count(*) n from (select 1 from product limit ?) p")
            .with(MOST_PRODUCTS + 1)
            .one(connection, row -> row.int8("n"))
        > MOST_PRODUCTS;
  }

  /// Whether the keys were read; otherwise they must be asked for, slugs included.
  boolean held() {
    return held;
  }

  boolean mayKnowSku(String sku) {
    return !held || skus.contains(sku);
  }

  boolean mayKnowVendorProductId(String id) {
    return !held || vendorProductIds.contains(id);
  }

  boolean mayKnowSlug(String slug) {
    return !held || slugs.contains(slug);
  }

  /// Gives out a slug.
  ///
  /// @return whether it was not given out before
  boolean takeSlug(String slug) {
    return slugs.putIfAbsent(slug, 1) == 0;
  }

  @Override
  public void close() {
    skus.close();
    vendorProductIds.close();
    slugs.close();
  }
}

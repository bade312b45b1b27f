package dev.entrepot.onboarding.uploads;

import dev.entrepot.onboarding.catalogue.Product;
import dev.entrepot.onboarding.catalogue.ProductRows;
import dev.entrepot.onboarding.catalogue.Slugs;
import dev.entrepot.onboarding.mapping.Field;
import dev.entrepot.onboarding.mapping.MappedRow;
import dev.entrepot.onboarding.rules.CheckedRow;
import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The products of the catalogue that share a key with the rows of a chunk, read for that chunk.
record KnownProducts(
    Map<String, Product> skus, Map<String, Product> vendorProductIds, Set<String> slugs) {

  private static final long MOST_CUSTOM_BYTES = 8_000_000;

  static final KnownProducts NONE = new KnownProducts(Map.of(), Map.of(), Set.of());

  @Nullable Product bySku(@Nullable String sku) {
    return sku == null ? null : skus.get(sku);
  }

  @Nullable Product byVendorProductId(@Nullable String id) {
    return id == null ? null : vendorProductIds.get(id);
  }

  /// The product that a row is about, by its sku before all.
  @Nullable Product target(@Nullable String sku, @Nullable String vendorProductId) {
    Product bySku = bySku(sku);
    return bySku != null ? bySku : byVendorProductId(vendorProductId);
  }

  /// The products that were found.
  Set<Long> ids() {
    Set<Long> ids = new HashSet<>();
    skus.values().forEach(product -> ids.add(product.id()));
    vendorProductIds.values().forEach(product -> ids.add(product.id()));
    return ids;
  }

  boolean hasSlug(String slug) {
    return slugs.contains(slug);
  }

  /// Asks the catalogue for the keys of a chunk.
  ///
  /// @param keys leaves out keys that are certainly new; null: asks for all of them
  /// @param given slugs that were given to rows of the chunk before, to be asked for as well
  /// @throws HeavyChunkException when that is too much at once, and the chunk has several rows
  static KnownProducts load(
      Connection connection,
      String vendor,
      CheckedChunk chunk,
      @Nullable CatalogueKeys keys,
      Collection<String> given) {
    Set<String> skus = new LinkedHashSet<>();
    Set<String> ids = new LinkedHashSet<>();
    Set<String> slugs = new LinkedHashSet<>(given);
    for (CheckedChunk.Entry entry : chunk.entries()) {
      CheckedRow checked = entry.checked();
      if (checked != null && checked.row().skipped() == null) {
        collect(checked.row(), keys, skus, ids, slugs);
      }
    }
    if (skus.isEmpty() && ids.isEmpty() && slugs.isEmpty()) {
      return NONE;
    }
    if (chunk.entries().size() > 1) {
      requireLight(connection, vendor, skus, ids);
    }
    return find(connection, vendor, skus, ids, slugs);
  }

  /// Custom fields alone may be of any length.
  private static void requireLight(
      Connection connection, String vendor, Set<String> skus, Set<String> ids) {
    if (skus.isEmpty() && ids.isEmpty()) {
      return;
    }
    long bytes =
        Sql.of(
                """
                select coalesce(sum(octet_length(custom::text)), 0)::bigint as n from product
                where custom is not null and id in (
                  select id from product where sku = any(?)
                  union
                  select id from product where vendor = ? and vendor_product_id = any(?))
                """)
            .with(skus.toArray(String[]::new), vendor, ids.toArray(String[]::new))
            .one(connection, row -> row.int8("n"));
    if (bytes > MOST_CUSTOM_BYTES) {
      throw new HeavyChunkException(bytes);
    }
  }

  /// Asks the catalogue for the keys of rows that were checked before.
  static KnownProducts of(Connection connection, String vendor, List<Candidate> candidates) {
    Set<String> skus = new LinkedHashSet<>();
    Set<String> ids = new LinkedHashSet<>();
    Set<String> slugs = new LinkedHashSet<>();
    for (Candidate candidate : candidates) {
      skus.add(candidate.sku());
      ids.add(candidate.vendorProductId());
      collectSlugs(candidate.name(), candidate.sku(), slugs);
    }
    return find(connection, vendor, skus, ids, slugs);
  }

  private static void collectSlugs(String name, String sku, Set<String> slugs) {
    String slug = Slugs.slug(name);
    slugs.add(slug);
    slugs.add(slug + "-" + Slugs.slug(sku));
  }

  private static KnownProducts find(
      Connection connection, String vendor, Set<String> skus, Set<String> ids, Set<String> slugs) {
    Map<String, Product> bySku = new HashMap<>();
    Map<String, Product> byId = new HashMap<>();
    for (Product product : products(connection, vendor, skus, ids)) {
      if (skus.contains(product.sku())) {
        bySku.put(product.sku(), product);
      }
      if (product.vendor().equals(vendor) && ids.contains(product.vendorProductId())) {
        byId.put(product.vendorProductId(), product);
      }
    }
    return new KnownProducts(bySku, byId, slugs(connection, slugs));
  }

  private static void collect(
      MappedRow row,
      @Nullable CatalogueKeys keys,
      Set<String> skus,
      Set<String> ids,
      Set<String> slugs) {
    String sku = row.value(Field.SKU);
    if (sku != null && (keys == null || keys.mayKnowSku(sku))) {
      skus.add(sku);
    }
    String id = row.value(Field.VENDOR_PRODUCT_ID);
    if (id != null && (keys == null || keys.mayKnowVendorProductId(id))) {
      ids.add(id);
    }
    String name = row.value(Field.PRODUCT_NAME);
    if (keys == null && name != null && sku != null) {
      collectSlugs(name, sku, slugs);
    }
  }

  private static List<Product> products(
      Connection connection, String vendor, Set<String> skus, Set<String> ids) {
    return Sql.of(
            """
            select * from product where sku = any(?)
            union
            select * from product where vendor = ? and vendor_product_id = any(?)
            """)
        .with(skus.toArray(String[]::new), vendor, ids.toArray(String[]::new))
        .list(connection, ProductRows::product);
  }

  private static Set<String> slugs(Connection connection, Set<String> slugs) {
    if (slugs.isEmpty()) {
      return Set.of();
    }
    return new HashSet<>(
        Sql.of("select slug from product where slug = any(?)")
            .with((Object) slugs.toArray(String[]::new))
            .list(connection, row -> row.text("slug")));
  }
}

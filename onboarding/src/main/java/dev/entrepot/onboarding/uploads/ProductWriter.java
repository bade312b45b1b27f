package dev.entrepot.onboarding.uploads;

import dev.entrepot.onboarding.catalogue.Product;
import dev.entrepot.onboarding.catalogue.ProductChange.FieldChange;
import dev.entrepot.onboarding.catalogue.ProductRows;
import dev.entrepot.onboarding.mapping.Field;
import dev.entrepot.storage.CopyIn;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.StorageException;
import java.sql.Connection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Writes products in bulk: new ones by COPY straight into the table (whether their keys are free
/// was looked up before, and the unique constraints have the last word), changed ones by COPY into
/// a staging table and one set-based update.
final class ProductWriter {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final List<String> NEW_COLUMNS =
      List.of(
          "vendor",
          "vendor_product_id",
          "sku",
          "name",
          "slug",
          "category",
          "subcategory",
          "description",
          "brand",
          "price",
          "compare_at_price",
          "currency",
          "stock_quantity",
          "unit",
          "weight_kg",
          "dimensions_cm",
          "image_url",
          "custom",
          "source_price",
          "source_currency",
          "state",
          "publish_at",
          "created_batch",
          "created_record");
  private static final List<String> STAGED_COLUMNS =
      List.of(
          "id",
          "vendor_product_id",
          "sku",
          "name",
          "category",
          "subcategory",
          "description",
          "brand",
          "price",
          "compare_at_price",
          "currency",
          "stock_quantity",
          "unit",
          "weight_kg",
          "dimensions_cm",
          "image_url",
          "custom",
          "source_price",
          "source_currency",
          "seen_at");

  private final RunPlan plan;

  ProductWriter(RunPlan plan) {
    this.plan = plan;
  }

  void create(Connection transaction, List<Verdict.Create> creates) {
    if (creates.isEmpty()) {
      return;
    }
    String state = plan.publishAt() == null ? "published" : "scheduled";
    try (CopyIn copy = CopyIn.into(transaction, "product", NEW_COLUMNS)) {
      for (Verdict.Create create : creates) {
        Candidate product = create.candidate();
        copy.row();
        copy.text(plan.vendor().code());
        copy.text(product.vendorProductId());
        copy.text(product.sku());
        copy.text(product.name());
        copy.text(product.slug());
        copy.text(product.category());
        copy.text(product.subcategory());
        copy.text(product.description());
        copy.text(product.brand());
        copy.numeric(product.price());
        copy.numeric(product.compareAtPrice());
        copy.text(plan.currency());
        copy.int4(product.stockQuantity());
        copy.text(Objects.requireNonNullElse(product.unit(), Candidate.DEFAULT_UNIT));
        copy.numeric(product.weightKg());
        copy.text(product.dimensionsCm());
        copy.text(product.imageUrl());
        copy.jsonb(ProductRows.customJson(product.custom()));
        copy.numeric(product.sourcePrice());
        copy.text(product.sourceCurrency());
        copy.text(state);
        copy.timestamp(plan.publishAt());
        copy.uuid(plan.upload());
        copy.int8(create.number());
      }
      copy.finish();
    }
  }

  void update(Connection transaction, List<Verdict.Update> updates) {
    if (updates.isEmpty()) {
      return;
    }
    Sql.of(
            """
            create temp table if not exists staged_product (
              id bigint, vendor_product_id text, sku text, name text, category text,
              subcategory text, description text, brand text, price numeric,
              compare_at_price numeric, currency text, stock_quantity int, unit text,
              weight_kg numeric, dimensions_cm text, image_url text, custom jsonb,
              source_price numeric, source_currency text, seen_at timestamptz
            ) on commit delete rows
            """)
        .update(transaction);
    stage(transaction, updates);
    int changed =
        Sql.of(
                """
                update product p
                set vendor_product_id = s.vendor_product_id, sku = s.sku, name = s.name,
                    category = s.category, subcategory = s.subcategory,
                    description = s.description, brand = s.brand, price = s.price,
                    compare_at_price = s.compare_at_price, currency = s.currency,
                    stock_quantity = s.stock_quantity, unit = s.unit, weight_kg = s.weight_kg,
                    dimensions_cm = s.dimensions_cm, image_url = s.image_url, custom = s.custom,
                    source_price = s.source_price, source_currency = s.source_currency,
                    updated_at = now()
                from staged_product s
                where p.id = s.id and p.updated_at = s.seen_at
                """)
            .update(transaction);
    if (changed != updates.size()) {
      throw new StorageException(
          StorageException.Code.CONFLICT,
          (updates.size() - changed) + " products were changed by somebody else meanwhile; repeat");
    }
  }

  private void stage(Connection transaction, List<Verdict.Update> updates) {
    try (CopyIn copy = CopyIn.into(transaction, "staged_product", STAGED_COLUMNS)) {
      for (Verdict.Update update : updates) {
        Product known = update.known();
        Candidate next = update.candidate();
        copy.row();
        copy.int8(known.id());
        copy.text(next.vendorProductId());
        copy.text(next.sku());
        copy.text(next.name());
        copy.text(next.category());
        copy.text(kept(Field.SUBCATEGORY, known, Product::subcategory, next.subcategory()));
        copy.text(kept(Field.DESCRIPTION, known, Product::description, next.description()));
        copy.text(kept(Field.BRAND, known, Product::brand, next.brand()));
        copy.numeric(next.price());
        copy.numeric(
            kept(Field.COMPARE_AT_PRICE, known, Product::compareAtPrice, next.compareAtPrice()));
        copy.text(plan.currency());
        copy.int4(next.stockQuantity());
        copy.text(
            Objects.requireNonNullElse(
                kept(Field.UNIT, known, Product::unit, next.unit()), Candidate.DEFAULT_UNIT));
        copy.numeric(kept(Field.WEIGHT_KG, known, Product::weightKg, next.weightKg()));
        copy.text(kept(Field.DIMENSIONS_CM, known, Product::dimensionsCm, next.dimensionsCm()));
        copy.text(kept(Field.IMAGE_URL, known, Product::imageUrl, next.imageUrl()));
        Map<String, String> custom = new HashMap<>(known.custom());
        custom.keySet().removeAll(plan.provided());
        custom.putAll(next.custom());
        copy.jsonb(ProductRows.customJson(custom));
        copy.numeric(next.sourcePrice());
        copy.text(next.sourceCurrency());
        copy.timestamp(known.updatedAt());
      }
      copy.finish();
    }
  }

  private <T extends @Nullable Object> @Nullable T kept(
      Field field, Product known, Function<Product, T> before, @Nullable T next) {
    return plan.mapped().contains(field) ? next : before.apply(known);
  }

  /// Writes what happened to products that were known before.
  void history(
      Connection transaction, List<Verdict.Update> updates, List<Verdict.Unchanged> unchanged) {
    if (updates.isEmpty() && unchanged.isEmpty()) {
      return;
    }
    List<String> columns = List.of("product_id", "kind", "batch_id", "record", "actor", "changes");
    try (CopyIn copy = CopyIn.into(transaction, "product_change", columns)) {
      for (Verdict.Update update : updates) {
        entry(copy, update.known().id(), "updated", update.number(), update.changes());
      }
      for (Verdict.Unchanged same : unchanged) {
        entry(copy, same.productId(), "unchanged", same.number(), List.of());
      }
      copy.finish();
    }
  }

  private void entry(
      CopyIn copy, long product, String kind, long record, List<FieldChange> changes) {
    copy.row();
    copy.int8(product);
    copy.text(kind);
    copy.uuid(plan.upload());
    copy.int8(record);
    copy.text(plan.actor());
    copy.jsonb(JSON.writeValueAsString(changes));
  }
}

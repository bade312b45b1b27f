package dev.entrepot.onboarding.catalogue;

import dev.entrepot.storage.Row;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Reads products from rows of the table `product`.
public final class ProductRows {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final TypeReference<Map<String, String>> CUSTOM = new TypeReference<>() {};

  private ProductRows() {}

  /// The product of a row that holds every column of the table.
  public static Product product(Row row) {
    return new Product(
        row.int8("id"),
        row.text("vendor"),
        row.text("vendor_product_id"),
        row.text("sku"),
        row.text("name"),
        row.text("slug"),
        row.text("category"),
        row.textOrNull("subcategory"),
        row.textOrNull("description"),
        row.textOrNull("brand"),
        row.numeric("price"),
        row.numericOrNull("compare_at_price"),
        row.text("currency"),
        row.int4("stock_quantity"),
        row.text("unit"),
        row.numericOrNull("weight_kg"),
        row.textOrNull("dimensions_cm"),
        row.textOrNull("image_url"),
        custom(row.jsonOrNull("custom")),
        row.numericOrNull("source_price"),
        row.textOrNull("source_currency"),
        ProductState.valueOf(row.text("state").toUpperCase(Locale.ROOT)),
        row.instantOrNull("publish_at"),
        row.uuidOrNull("created_batch"),
        row.int8OrNull("created_record"),
        row.instant("created_at"),
        row.instant("updated_at"));
  }

  /// A state as the table keeps it.
  static String stored(ProductState state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  private static Map<String, String> custom(@Nullable String json) {
    return json == null ? Map.of() : JSON.readValue(json, CUSTOM);
  }

  /// The custom fields as the table keeps them: a JSON object, or null when there are none.
  public static @Nullable String customJson(Map<String, String> custom) {
    return custom.isEmpty() ? null : JSON.writeValueAsString(custom);
  }
}

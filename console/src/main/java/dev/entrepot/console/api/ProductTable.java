package dev.entrepot.console.api;

import dev.entrepot.onboarding.catalogue.Product;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Products as a table: the columns of the template first, so that an export can be mended and sent
/// in again.
final class ProductTable {
  static final List<String> HEADER =
      List.of(
          "vendor_product_id",
          "product_name",
          "category",
          "subcategory",
          "description",
          "sku",
          "brand",
          "price",
          "compare_at_price",
          "stock_quantity",
          "unit",
          "weight_kg",
          "dimensions_cm",
          "image_url",
          "vendor",
          "currency",
          "slug",
          "state",
          "publish_at",
          "created_at",
          "updated_at");

  /// Price, compare-at price, stock and weight.
  static final Set<Integer> NUMERIC = Set.of(7, 8, 9, 11);

  private ProductTable() {}

  static List<String> cells(Product product) {
    return List.of(
        product.vendorProductId(),
        product.name(),
        product.category(),
        text(product.subcategory()),
        text(product.description()),
        product.sku(),
        text(product.brand()),
        number(product.price()),
        number(product.compareAtPrice()),
        Integer.toString(product.stockQuantity()),
        product.unit(),
        number(product.weightKg()),
        text(product.dimensionsCm()),
        text(product.imageUrl()),
        product.vendor(),
        product.currency(),
        product.slug(),
        product.state().name().toLowerCase(Locale.ROOT),
        text(product.publishAt()),
        product.createdAt().toString(),
        product.updatedAt().toString());
  }

  private static String text(@Nullable Object value) {
    return value == null ? "" : value.toString();
  }

  private static String number(@Nullable BigDecimal value) {
    return value == null ? "" : value.toPlainString();
  }
}

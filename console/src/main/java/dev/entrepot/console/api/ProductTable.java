package dev.entrepot.console.api;

import dev.entrepot.onboarding.catalogue.Product;
import dev.entrepot.onboarding.mapping.Field;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Products as a table: the columns of the template first, so that an export can be mended and sent
/// in again; then what the catalogue says of them; last the suppliers' own columns.
final class ProductTable {
  private static final List<String> FIELDS =
      Arrays.stream(Field.values()).map(Field::column).toList();
  private static final List<String> OURS =
      List.of(
          "vendor",
          "currency",
          "source_price",
          "source_currency",
          "slug",
          "state",
          "publish_at",
          "created_batch",
          "created_record",
          "created_at",
          "updated_at");
  private static final Set<String> NUMBERS =
      Set.of("price", "compare_at_price", "stock_quantity", "weight_kg", "source_price");

  private final List<String> custom;
  private final List<String> header;

  /// @param custom the names of the suppliers' own columns
  ProductTable(List<String> custom) {
    this.custom = custom.stream().filter(name -> !FIELDS.contains(name)).toList();
    List<String> names = new ArrayList<>(FIELDS);
    names.addAll(OURS);
    for (String name : this.custom) {
      names.add(OURS.contains(name) ? "custom_" + name : name);
    }
    this.header = List.copyOf(names);
  }

  List<String> header() {
    return header;
  }

  /// The columns that hold numbers.
  Set<Integer> numeric() {
    return NUMBERS.stream().map(header::indexOf).collect(Collectors.toUnmodifiableSet());
  }

  List<String> cells(Product product) {
    List<String> cells = new ArrayList<>(header.size());
    for (Field field : Field.values()) {
      cells.add(cell(product, field));
    }
    cells.addAll(
        List.of(
            product.vendor(),
            product.currency(),
            number(product.sourcePrice()),
            text(product.sourceCurrency()),
            product.slug(),
            product.state().name().toLowerCase(Locale.ROOT),
            text(product.publishAt()),
            text(product.createdBatch()),
            text(product.createdRecord()),
            product.createdAt().toString(),
            product.updatedAt().toString()));
    for (String name : custom) {
      cells.add(text(product.custom().get(name)));
    }
    return cells;
  }

  private static String cell(Product product, Field field) {
    return switch (field) {
      case VENDOR_PRODUCT_ID -> product.vendorProductId();
      case PRODUCT_NAME -> product.name();
      case CATEGORY -> product.category();
      case SUBCATEGORY -> text(product.subcategory());
      case DESCRIPTION -> text(product.description());
      case SKU -> product.sku();
      case BRAND -> text(product.brand());
      case PRICE -> number(product.price());
      case COMPARE_AT_PRICE -> number(product.compareAtPrice());
      case STOCK_QUANTITY -> Integer.toString(product.stockQuantity());
      case UNIT -> product.unit();
      case WEIGHT_KG -> number(product.weightKg());
      case DIMENSIONS_CM -> text(product.dimensionsCm());
      case IMAGE_URL -> text(product.imageUrl());
      case EAN, CONTACT_EMAIL, CONTACT_PHONE -> text(product.custom().get(field.column()));
    };
  }

  private static String text(@Nullable Object value) {
    return value == null ? "" : value.toString();
  }

  private static String number(@Nullable BigDecimal value) {
    return value == null ? "" : value.toPlainString();
  }
}

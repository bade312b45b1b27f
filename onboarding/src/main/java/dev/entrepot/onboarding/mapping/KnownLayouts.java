package dev.entrepot.onboarding.mapping;

import static dev.entrepot.onboarding.mapping.Mapping.Conversion.FIRST_OF_LIST;
import static dev.entrepot.onboarding.mapping.Mapping.Conversion.GRAMS_TO_KILOGRAMS;
import static dev.entrepot.onboarding.mapping.Mapping.Conversion.LAST_OF_PATH;
import static dev.entrepot.onboarding.mapping.Mapping.Conversion.OUNCES_TO_KILOGRAMS;
import static dev.entrepot.onboarding.mapping.Mapping.Conversion.POUNDS_TO_KILOGRAMS;
import static dev.entrepot.onboarding.mapping.Mapping.Conversion.STRIP_CURRENCY;
import static dev.entrepot.onboarding.mapping.Mapping.Conversion.STRIP_HTML;
import static dev.entrepot.onboarding.mapping.Mapping.Conversion.TRIM;

import dev.entrepot.onboarding.mapping.Mapping.Conversion;
import dev.entrepot.onboarding.mapping.Mapping.DecimalStyle;
import dev.entrepot.onboarding.mapping.Mapping.FieldMapping;
import dev.entrepot.onboarding.mapping.Mapping.UnknownColumns;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The layouts of well-known programs.
final class KnownLayouts {
  private static final Map<String, String> AVAILABILITY =
      Map.of(
          "in stock",
          "1",
          "in_stock",
          "1",
          "out of stock",
          "0",
          "out_of_stock",
          "0",
          "preorder",
          "0",
          "backorder",
          "0");

  private KnownLayouts() {}

  static List<KnownLayout> all() {
    return List.of(
        ShopifyLayout.classic(),
        ShopifyLayout.current(),
        wooCommerce(),
        amazonTemplate(),
        amazonListings(),
        googleMerchant());
  }

  /// The built-in exporter of WooCommerce.
  private static KnownLayout wooCommerce() {
    return new KnownLayout(
        List.of("SKU", "Name", "Regular price", "Sale price", "Categories"),
        mapping(
            "WooCommerce product export",
            List.of(
                field(Field.VENDOR_PRODUCT_ID, List.of("ID"), TRIM),
                field(Field.VENDOR_PRODUCT_ID, List.of("SKU"), TRIM),
                field(Field.PRODUCT_NAME, List.of("Name"), TRIM),
                field(Field.CATEGORY, List.of("Categories"), FIRST_OF_LIST, LAST_OF_PATH),
                field(Field.DESCRIPTION, List.of("Description"), STRIP_HTML),
                field(Field.DESCRIPTION, List.of("Short description"), STRIP_HTML),
                field(Field.SKU, List.of("SKU"), TRIM),
                field(Field.SKU, List.of("ID"), TRIM),
                field(Field.BRAND, List.of("Brands"), FIRST_OF_LIST),
                field(Field.PRICE, List.of("Sale price"), STRIP_CURRENCY),
                field(Field.PRICE, List.of("Regular price"), STRIP_CURRENCY),
                expression(
                    Field.COMPARE_AT_PRICE,
                    "row[\"Sale price\"] == \"\" ? \"\" : row[\"Regular price\"]"),
                withFallback(Field.STOCK_QUANTITY, List.of("Stock"), Map.of(), "0"),
                field(Field.WEIGHT_KG, List.of("Weight (kg)")),
                field(Field.WEIGHT_KG, List.of("Weight (g)"), GRAMS_TO_KILOGRAMS),
                field(Field.WEIGHT_KG, List.of("Weight (lbs)"), POUNDS_TO_KILOGRAMS),
                field(Field.WEIGHT_KG, List.of("Weight (oz)"), OUNCES_TO_KILOGRAMS),
                joined(
                    Field.DIMENSIONS_CM,
                    List.of("Length (cm)", "Width (cm)", "Height (cm)"),
                    "x",
                    Map.of()),
                field(Field.IMAGE_URL, List.of("Images"), FIRST_OF_LIST),
                field(Field.EAN, List.of("GTIN, UPC, EAN, or ISBN"), TRIM)),
            Map.of("Tags", "tags"),
            List.of("Regular price", "Sale price"),
            "row without a price (its variations have their own)"),
        List.of("stock_quantity: products whose stock is not tracked get 0"));
  }

  /// A product feed for Google Merchant Center, with attributes as column names.
  private static KnownLayout googleMerchant() {
    return new KnownLayout(
        List.of("id", "title", "link", "image_link", "availability", "price"),
        mapping(
            "Google Merchant feed",
            List.of(
                field(Field.VENDOR_PRODUCT_ID, List.of("id"), TRIM),
                field(Field.PRODUCT_NAME, List.of("title"), TRIM),
                field(Field.CATEGORY, List.of("product_type"), FIRST_OF_LIST, LAST_OF_PATH),
                field(Field.CATEGORY, List.of("google_product_category"), LAST_OF_PATH),
                field(Field.DESCRIPTION, List.of("description"), STRIP_HTML),
                field(Field.SKU, List.of("sku"), TRIM),
                field(Field.SKU, List.of("id"), TRIM),
                field(Field.BRAND, List.of("brand"), TRIM),
                field(Field.PRICE, List.of("sale_price"), STRIP_CURRENCY),
                field(Field.PRICE, List.of("price"), STRIP_CURRENCY),
                field(Field.COMPARE_AT_PRICE, List.of("price"), STRIP_CURRENCY),
                field(Field.STOCK_QUANTITY, List.of("quantity")),
                field(Field.STOCK_QUANTITY, List.of("sell_on_google_quantity")),
                withFallback(Field.STOCK_QUANTITY, List.of("availability"), AVAILABILITY, null),
                field(Field.IMAGE_URL, List.of("image_link"), TRIM),
                field(Field.EAN, List.of("gtin"), TRIM)),
            Map.of("mpn", "mpn", "item_group_id", "item_group_id"),
            List.of(),
            null),
        List.of("stock_quantity: the feed says only whether there is stock, which counts as 1"));
  }

  /// The inventory template (flat file) that sellers upload to Amazon.
  private static KnownLayout amazonTemplate() {
    return new KnownLayout(
        List.of("item_sku", "item_name", "standard_price"),
        mapping(
            "Amazon inventory template",
            List.of(
                field(Field.VENDOR_PRODUCT_ID, List.of("item_sku"), TRIM),
                field(Field.PRODUCT_NAME, List.of("item_name"), TRIM),
                field(Field.CATEGORY, List.of("item_type"), TRIM),
                field(Field.CATEGORY, List.of("feed_product_type"), TRIM),
                field(Field.DESCRIPTION, List.of("product_description"), STRIP_HTML),
                field(Field.SKU, List.of("item_sku"), TRIM),
                field(Field.BRAND, List.of("brand_name"), TRIM),
                field(Field.PRICE, List.of("standard_price"), STRIP_CURRENCY),
                field(Field.COMPARE_AT_PRICE, List.of("list_price"), STRIP_CURRENCY),
                field(Field.STOCK_QUANTITY, List.of("quantity")),
                field(Field.IMAGE_URL, List.of("main_image_url"), TRIM),
                expression(
                    Field.EAN,
                    "row[\"external_product_id_type\"].upperAscii() in [\"EAN\", \"UPC\", \"GTIN\"] ? row[\"external_product_id\"] : \"\"")),
            Map.of(),
            List.of("standard_price", "quantity"),
            "row without price and stock (its variations have their own)"),
        List.of());
  }

  /// The report of all listings that Amazon gives to sellers.
  private static KnownLayout amazonListings() {
    return new KnownLayout(
        List.of("item-name", "seller-sku", "price", "quantity", "asin1"),
        mapping(
            "Amazon listings report",
            List.of(
                field(Field.VENDOR_PRODUCT_ID, List.of("seller-sku"), TRIM),
                field(Field.PRODUCT_NAME, List.of("item-name"), TRIM),
                field(Field.DESCRIPTION, List.of("item-description"), STRIP_HTML),
                field(Field.SKU, List.of("seller-sku"), TRIM),
                field(Field.PRICE, List.of("price"), STRIP_CURRENCY),
                field(Field.STOCK_QUANTITY, List.of("quantity")),
                field(Field.IMAGE_URL, List.of("image-url"), TRIM)),
            Map.of("asin1", "asin"),
            List.of(),
            null),
        List.of("category: the report has none; give a fallback"));
  }

  static Mapping mapping(
      String name,
      List<FieldMapping> fields,
      Map<String, String> custom,
      List<String> skipWhenBlank,
      @Nullable String skipReason) {
    return new Mapping(
        name,
        DecimalStyle.POINT,
        fields,
        custom,
        UnknownColumns.IGNORE,
        List.of(),
        null,
        skipWhenBlank,
        skipReason);
  }

  static FieldMapping field(Field field, List<String> sources, Conversion... conversions) {
    return new FieldMapping(field, sources, " ", List.of(conversions), Map.of(), null, null);
  }

  static FieldMapping joined(
      Field field, List<String> sources, String join, Map<String, String> values) {
    return new FieldMapping(field, sources, join, List.of(TRIM), values, null, null);
  }

  static FieldMapping withFallback(
      Field field, List<String> sources, Map<String, String> values, @Nullable String fallback) {
    return new FieldMapping(field, sources, " ", List.of(), values, fallback, null);
  }

  private static FieldMapping expression(Field field, String expression) {
    return new FieldMapping(field, List.of(), " ", List.of(), Map.of(), null, expression);
  }
}

package dev.entrepot.onboarding.mapping;

import static dev.entrepot.onboarding.mapping.Mapping.Conversion.FIRST_OF_LIST;
import static dev.entrepot.onboarding.mapping.Mapping.Conversion.GRAMS_TO_KILOGRAMS;
import static dev.entrepot.onboarding.mapping.Mapping.Conversion.LAST_OF_PATH;
import static dev.entrepot.onboarding.mapping.Mapping.Conversion.STRIP_HTML;
import static dev.entrepot.onboarding.mapping.Mapping.Conversion.TRIM;

import dev.entrepot.onboarding.mapping.Mapping.DecimalStyle;
import dev.entrepot.onboarding.mapping.Mapping.FieldMapping;
import dev.entrepot.onboarding.mapping.Mapping.UnknownColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Shopify's product CSV, export and import alike: one row per variant, then rows that only bring
/// further images. What belongs to the product stands in its first row. Column names: Shopify help
/// centre, "Using CSV files to import and export products", in the spelling until 2024 (`Handle`,
/// `Variant Price`) and the one since (`URL handle`, `Price`).
final class ShopifyLayout {
  private static final String NAME = "Shopify product export";
  private static final List<String> OPTIONS =
      List.of("Option1 Value", "Option2 Value", "Option3 Value");
  private static final Map<String, String> NO_OPTION = Map.of("default title", "");

  /// The names of the columns that the two spellings have in other words.
  private record Spelling(
      String handle,
      String description,
      String sku,
      String price,
      String compareAtPrice,
      String stock,
      String grams,
      String barcode,
      String image,
      String variantImage) {}

  private ShopifyLayout() {}

  static KnownLayout classic() {
    var spelling =
        new Spelling(
            "Handle",
            "Body (HTML)",
            "Variant SKU",
            "Variant Price",
            "Variant Compare At Price",
            "Variant Inventory Qty",
            "Variant Grams",
            "Variant Barcode",
            "Image Src",
            "Variant Image");
    return layout(List.of("Handle", "Title", "Option1 Value", "Variant Price"), spelling);
  }

  static KnownLayout current() {
    var spelling =
        new Spelling(
            "URL handle",
            "Description",
            "SKU",
            "Price",
            "Compare-at price",
            "Inventory quantity",
            "Weight value (grams)",
            "Barcode",
            "Product image URL",
            "Variant image URL");
    return layout(List.of("URL handle", "Title", "Option1 value", "Price"), spelling);
  }

  private static KnownLayout layout(List<String> signature, Spelling spelling) {
    var key = new ArrayList<String>();
    key.add(spelling.handle);
    key.addAll(OPTIONS);
    var skip = new ArrayList<>(List.of(spelling.price, spelling.sku));
    skip.addAll(OPTIONS);
    return new KnownLayout(
        signature,
        new Mapping(
            NAME,
            DecimalStyle.POINT,
            fields(spelling, key),
            Map.of("Cost per item", "cost", "Tags", "tags"),
            UnknownColumns.IGNORE,
            List.of(
                "Title",
                spelling.description,
                "Vendor",
                "Type",
                "Product Category",
                "Standard Product Type",
                "Custom Product Type",
                "Tags",
                spelling.image),
            spelling.handle,
            skip,
            "image row"),
        List.of("stock_quantity: variants without an inventory quantity get 0"));
  }

  private static List<FieldMapping> fields(Spelling spelling, List<String> key) {
    var name = new ArrayList<>(List.of("Title"));
    name.addAll(OPTIONS);
    return List.of(
        KnownLayouts.joined(Field.VENDOR_PRODUCT_ID, key, "-", NO_OPTION),
        KnownLayouts.joined(Field.PRODUCT_NAME, name, " ", NO_OPTION),
        KnownLayouts.field(Field.CATEGORY, List.of("Type"), TRIM),
        KnownLayouts.field(Field.CATEGORY, List.of("Product Category"), LAST_OF_PATH),
        KnownLayouts.field(Field.CATEGORY, List.of("Standard Product Type"), LAST_OF_PATH),
        KnownLayouts.field(Field.CATEGORY, List.of("Custom Product Type"), TRIM),
        KnownLayouts.field(Field.CATEGORY, List.of("Tags"), FIRST_OF_LIST),
        KnownLayouts.field(Field.DESCRIPTION, List.of(spelling.description), STRIP_HTML),
        KnownLayouts.field(Field.SKU, List.of(spelling.sku), TRIM),
        KnownLayouts.joined(Field.SKU, key, "-", NO_OPTION),
        KnownLayouts.field(Field.BRAND, List.of("Vendor"), TRIM),
        KnownLayouts.field(Field.PRICE, List.of(spelling.price)),
        KnownLayouts.field(Field.COMPARE_AT_PRICE, List.of(spelling.compareAtPrice)),
        KnownLayouts.withFallback(Field.STOCK_QUANTITY, List.of(spelling.stock), Map.of(), "0"),
        KnownLayouts.field(Field.WEIGHT_KG, List.of(spelling.grams), GRAMS_TO_KILOGRAMS),
        KnownLayouts.field(Field.IMAGE_URL, List.of(spelling.variantImage), TRIM),
        KnownLayouts.field(Field.IMAGE_URL, List.of(spelling.image), TRIM),
        KnownLayouts.field(Field.EAN, List.of(spelling.barcode), TRIM));
  }
}

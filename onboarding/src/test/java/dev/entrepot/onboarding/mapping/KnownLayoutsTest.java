package dev.entrepot.onboarding.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.onboarding.mapping.Mappings.Suggestion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KnownLayoutsTest {
  private static final String CLASSIC =
      "Handle,Title,Body (HTML),Vendor,Product Category,Type,Tags,Published,Option1 Name,Option1 Value,"
          + "Option2 Name,Option2 Value,Option3 Name,Option3 Value,Variant SKU,Variant Grams,"
          + "Variant Inventory Tracker,Variant Inventory Qty,Variant Inventory Policy,Variant Price,"
          + "Variant Compare At Price,Variant Barcode,Image Src,Image Position,Variant Image,"
          + "Variant Weight Unit,Cost per item,Status";
  private static final String CURRENT =
      "Title,URL handle,Description,Vendor,Product category,Type,Tags,Published on online store,Status,"
          + "SKU,Barcode,Option1 name,Option1 value,Option1 Linked To,Option2 name,Option2 value,"
          + "Option2 Linked To,Option3 name,Option3 value,Option3 Linked To,Price,Compare-at price,"
          + "Cost per item,Charge tax,Inventory tracker,Inventory quantity,Weight value (grams),"
          + "Weight unit for display,Product image URL,Image position,Variant image URL";

  @Test
  void mapsShopifysClassicSpelling() {
    List<MappedRow> rows =
        map(
            "Shopify product export",
            CLASSIC,
            cells(
                "Handle",
                "tee",
                "Title",
                "Tee",
                "Body (HTML)",
                "<p>Soft</p>",
                "Vendor",
                "Acme",
                "Product Category",
                "Apparel & Accessories > Clothing > Shirts",
                "Tags",
                "men, tops",
                "Option1 Value",
                "S",
                "Option2 Value",
                "Red",
                "Variant SKU",
                "TEE-S",
                "Variant Grams",
                "120"),
            cells(
                "Handle",
                "tee",
                "Option1 Value",
                "M",
                "Option2 Value",
                "Red",
                "Variant Price",
                "20.00",
                "Variant Compare At Price",
                "25.00",
                "Variant Inventory Qty",
                "7",
                "Variant Grams",
                "28",
                "Cost per item",
                "8.50",
                "Image Src",
                "https://x.example/2.jpg",
                "Variant Image",
                "https://x.example/m.jpg"),
            cells("Handle", "tee", "Image Src", "https://x.example/3.jpg", "Image Position", "3"),
            cells(
                "Handle",
                "mug",
                "Title",
                "Mug",
                "Type",
                "Mugs",
                "Option1 Value",
                "Default Title",
                "Variant Price",
                "9"),
            cells("Handle", "bag", "Title", "Bag", "Tags", "bags, men", "Variant Price", "9"));

    assertThat(rows.get(0).values())
        .containsEntry(Field.VENDOR_PRODUCT_ID, "tee-S-Red")
        .containsEntry(Field.SKU, "TEE-S")
        .containsEntry(Field.PRODUCT_NAME, "Tee S Red")
        .containsEntry(Field.CATEGORY, "Shirts")
        .containsEntry(Field.DESCRIPTION, "Soft")
        .containsEntry(Field.STOCK_QUANTITY, "0")
        .containsEntry(Field.WEIGHT_KG, "0.12")
        .doesNotContainKeys(Field.PRICE, Field.IMAGE_URL);
    assertThat(rows.get(1).values())
        .containsEntry(Field.VENDOR_PRODUCT_ID, "tee-M-Red")
        .containsEntry(Field.SKU, "tee-M-Red")
        .containsEntry(Field.PRODUCT_NAME, "Tee M Red")
        .containsEntry(Field.CATEGORY, "Shirts")
        .containsEntry(Field.BRAND, "Acme")
        .containsEntry(Field.PRICE, "20.00")
        .containsEntry(Field.COMPARE_AT_PRICE, "25.00")
        .containsEntry(Field.STOCK_QUANTITY, "7")
        .containsEntry(Field.IMAGE_URL, "https://x.example/m.jpg");
    assertThat(rows.get(1).custom())
        .containsEntry("cost", "8.50")
        .containsEntry("tags", "men, tops");
    assertThat(rows.get(2).skipped()).isEqualTo("image row of tee");
    assertThat(rows.get(3).values())
        .containsEntry(Field.VENDOR_PRODUCT_ID, "mug")
        .containsEntry(Field.PRODUCT_NAME, "Mug")
        .containsEntry(Field.CATEGORY, "Mugs");
    assertThat(rows.get(4).value(Field.CATEGORY)).isEqualTo("bags");
  }

  @Test
  void mapsShopifysCurrentSpelling() {
    List<MappedRow> rows =
        map(
            "Shopify product export",
            CURRENT,
            cells(
                "URL handle",
                "tee",
                "Title",
                "Tee",
                "Vendor",
                "Acme",
                "Type",
                "Shirts",
                "Option1 value",
                "S",
                "SKU",
                "TEE-S",
                "Price",
                "19.99",
                "Inventory quantity",
                "3",
                "Product image URL",
                "https://x.example/1.jpg",
                "Barcode",
                "4006381333931"),
            cells("URL handle", "tee", "Option1 value", "M", "Price", "19.99"),
            cells("URL handle", "tee", "Product image URL", "https://x.example/2.jpg"));

    assertThat(rows.get(0).values())
        .containsEntry(Field.VENDOR_PRODUCT_ID, "tee-S")
        .containsEntry(Field.EAN, "4006381333931")
        .containsEntry(Field.PRICE, "19.99");
    assertThat(rows.get(1).values())
        .containsEntry(Field.SKU, "tee-M")
        .containsEntry(Field.PRODUCT_NAME, "Tee M")
        .containsEntry(Field.CATEGORY, "Shirts")
        .containsEntry(Field.STOCK_QUANTITY, "0")
        .containsEntry(Field.IMAGE_URL, "https://x.example/1.jpg");
    assertThat(rows.get(2).skipped()).isEqualTo("image row of tee");
  }

  @Test
  void mapsAWooCommerceExport() {
    List<MappedRow> rows =
        map(
            "WooCommerce product export",
            "ID,Type,SKU,Name,Published,Short description,Description,In stock?,Stock,Weight (lbs),"
                + "Length (cm),Width (cm),Height (cm),Sale price,Regular price,Categories,Tags,Images,Parent",
            cells(
                "ID",
                "44",
                "Type",
                "simple",
                "SKU",
                "hoodie",
                "Name",
                "Hoodie",
                "Stock",
                "3",
                "Weight (lbs)",
                "1.5",
                "Length (cm)",
                "10",
                "Width (cm)",
                "8",
                "Height (cm)",
                "1",
                "Sale price",
                "42",
                "Regular price",
                "45",
                "Categories",
                "Clothing > Hoodies, Sale"),
            cells("ID", "45", "Name", "Cap", "Regular price", "16", "Categories", "Caps"),
            cells("ID", "46", "Type", "variable", "Name", "Shirt", "Categories", "Shirts"));

    assertThat(rows.get(0).values())
        .containsEntry(Field.VENDOR_PRODUCT_ID, "44")
        .containsEntry(Field.SKU, "hoodie")
        .containsEntry(Field.CATEGORY, "Hoodies")
        .containsEntry(Field.PRICE, "42")
        .containsEntry(Field.COMPARE_AT_PRICE, "45")
        .containsEntry(Field.WEIGHT_KG, "0.680388555")
        .containsEntry(Field.DIMENSIONS_CM, "10x8x1");
    assertThat(rows.get(1).values())
        .containsEntry(Field.SKU, "45")
        .containsEntry(Field.PRICE, "16")
        .containsEntry(Field.STOCK_QUANTITY, "0")
        .doesNotContainKey(Field.COMPARE_AT_PRICE);
    assertThat(rows.get(2).skipped())
        .isEqualTo("row without a price (its variations have their own)");
  }

  @Test
  void mapsAGoogleMerchantFeed() {
    List<MappedRow> rows =
        map(
            "Google Merchant feed",
            "id,title,description,link,image_link,availability,price,sale_price,brand,gtin,product_type",
            cells(
                "id",
                "TV1",
                "title",
                "TV",
                "image_link",
                "https://x.example/tv.jpg",
                "availability",
                "in_stock",
                "price",
                "159.00 USD",
                "sale_price",
                "139.00 USD",
                "product_type",
                "Electronics > TVs"));

    assertThat(rows.getFirst().values())
        .containsEntry(Field.VENDOR_PRODUCT_ID, "TV1")
        .containsEntry(Field.SKU, "TV1")
        .containsEntry(Field.PRICE, "139.00")
        .containsEntry(Field.COMPARE_AT_PRICE, "159.00")
        .containsEntry(Field.STOCK_QUANTITY, "1")
        .containsEntry(Field.CATEGORY, "TVs");
  }

  @Test
  void mapsAmazonsFiles() {
    MappedRow template =
        map(
                "Amazon inventory template",
                "feed_product_type,item_sku,external_product_id,external_product_id_type,item_name,brand_name,standard_price,quantity,main_image_url",
                cells(
                    "feed_product_type",
                    "shirt",
                    "item_sku",
                    "S1",
                    "item_name",
                    "Shirt",
                    "external_product_id",
                    "4006381333931",
                    "external_product_id_type",
                    "ean",
                    "standard_price",
                    "9.99",
                    "quantity",
                    "4"))
            .getFirst();
    MappedRow listing =
        map(
                "Amazon listings report",
                "item-name,item-description,listing-id,seller-sku,price,quantity,asin1",
                cells(
                    "item-name",
                    "Shirt",
                    "seller-sku",
                    "S1",
                    "price",
                    "9.99",
                    "quantity",
                    "4",
                    "asin1",
                    "B01"))
            .getFirst();

    assertThat(template.values())
        .containsEntry(Field.EAN, "4006381333931")
        .containsEntry(Field.CATEGORY, "shirt");
    assertThat(listing.values()).containsEntry(Field.SKU, "S1").doesNotContainKey(Field.CATEGORY);
    assertThat(listing.custom()).containsEntry("asin", "B01");
  }

  @Test
  void readsDecimalCommasInKnownLayouts() {
    Suggestion suggestion =
        Suggester.suggest(
            List.of("Handle", "Title", "Option1 Value", "Variant Price"),
            List.of(List.of("a", "A", "S", "19,99")));

    assertThat(suggestion.mapping().decimal()).isEqualTo(Mapping.DecimalStyle.COMMA);
    assertThat(suggestion.missing()).containsExactly(Field.CATEGORY);
  }

  @SafeVarargs
  private static List<MappedRow> map(
      String origin, String columns, Map<String, String>... cellsByColumn) {
    List<String> header = List.of(columns.split(","));
    List<List<String>> rows = new ArrayList<>();
    for (Map<String, String> cells : cellsByColumn) {
      assertThat(header).containsAll(cells.keySet());
      rows.add(header.stream().map(column -> cells.getOrDefault(column, "")).toList());
    }
    Suggestion suggestion = Suggester.suggest(header, rows);
    assertThat(suggestion.origin()).isEqualTo(origin);
    MappingPlan.Cursor cursor = MappingPlan.compile(suggestion.mapping(), header).start();
    return rows.stream().map(cursor::apply).toList();
  }

  /// Column, cell, column, cell, …
  private static Map<String, String> cells(String... pairs) {
    var cells = new LinkedHashMap<String, String>();
    for (int i = 0; i < pairs.length; i += 2) {
      cells.put(pairs[i], pairs[i + 1]);
    }
    return cells;
  }
}

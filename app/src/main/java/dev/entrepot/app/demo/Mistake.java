package dev.entrepot.app.demo;

import java.util.List;
import java.util.Map;

/// A mistake as suppliers make them, put into a row of the standard columns.
enum Mistake {
  BLANK_NAME,
  NO_STOCK_FIGURE,
  PRICE_ON_REQUEST,
  PRICE_ZERO,
  HALF_A_PIECE,
  NEGATIVE_STOCK,
  MISSPELT_CATEGORY,
  UNKNOWN_CATEGORY,
  SKU_OF_THE_ROW_ABOVE,
  REDUCED_TO_MORE,
  WEIGHT_WITH_UNIT,
  PICTURE_ON_A_DISK,
  EAN_WITH_A_SLIP,
  TWO_AT_ONCE;

  /// Spoils every so-many-th row, each with the next kind of mistake.
  static void sprinkle(List<Map<String, String>> rows, int every) {
    Mistake[] kinds = values();
    for (int i = every - 1, n = 0; i < rows.size(); i += every, n++) {
      kinds[n % kinds.length].spoil(rows.get(i), rows.get(i - 1));
    }
  }

  private void spoil(Map<String, String> row, Map<String, String> above) {
    switch (this) {
      case BLANK_NAME -> row.put("product_name", "");
      case NO_STOCK_FIGURE -> row.put("stock_quantity", "");
      case PRICE_ON_REQUEST -> row.put("price", "on request");
      case PRICE_ZERO -> row.put("price", "0.00");
      case HALF_A_PIECE -> row.put("stock_quantity", "12.5");
      case NEGATIVE_STOCK -> row.put("stock_quantity", "-3");
      case MISSPELT_CATEGORY ->
          row.put("category", cell(row, "category").replaceFirst("[aeiou]", ""));
      case UNKNOWN_CATEGORY -> row.put("category", "Gift ideas");
      case SKU_OF_THE_ROW_ABOVE -> row.put("sku", cell(above, "sku"));
      case REDUCED_TO_MORE -> row.put("compare_at_price", "0.99");
      case WEIGHT_WITH_UNIT -> row.put("weight_kg", cell(row, "weight_kg") + " kg approx.");
      case PICTURE_ON_A_DISK -> row.put("image_url", "C:\\pictures\\new\\IMG_2231.jpg");
      case EAN_WITH_A_SLIP -> {
        String ean = cell(row, "ean");
        int last = Character.digit(ean.charAt(12), 10);
        row.put("ean", ean.substring(0, 12) + (last + 1) % 10);
      }
      case TWO_AT_ONCE -> {
        row.put("price", "12,50 €");
        row.put("stock_quantity", "plenty");
      }
    }
  }

  private static String cell(Map<String, String> row, String column) {
    return row.getOrDefault(column, "");
  }
}

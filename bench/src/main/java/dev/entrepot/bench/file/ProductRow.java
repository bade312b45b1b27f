package dev.entrepot.bench.file;

/// One row of a file in the making.
final class ProductRow {
  private static final int ID = 0;
  private static final int NAME = 1;
  private static final int CATEGORY = 2;
  private static final int DESCRIPTION = 4;
  private static final int SKU = 5;
  private static final int BRAND = 6;
  private static final int PRICE = 7;
  private static final int COMPARE_AT = 8;
  private static final int STOCK = 9;
  private static final int WEIGHT = 10;
  private static final int IMAGE = 11;

  private final String[] cells;

  ProductRow(MadeUpProduct product) {
    cells =
        new String[] {
          product.vendorProductId(),
          product.name(),
          product.category(),
          product.subcategory(),
          product.description(),
          product.sku(),
          product.brand(),
          money(product.price()),
          product.compareAtPrice() == 0 ? "" : money(product.compareAtPrice()),
          String.valueOf(product.stock()),
          product.weight(),
          product.imageUrl()
        };
  }

  private static String money(int cents) {
    return cents / 100 + "." + cents / 10 % 10 + cents % 10;
  }

  /// Breaks one rule without breaking a column's type.
  void breakRule(int kind) {
    switch (kind % 8) {
      case 0 -> cells[PRICE] = "0.00";
      case 1 -> cells[PRICE] = cells[PRICE] + "5";
      case 2 -> cells[STOCK] = "2000000";
      case 3 -> cells[CATEGORY] = cells[CATEGORY].replace("e", "") + " (old)";
      case 4 -> cells[COMPARE_AT] = "0.50";
      case 5 -> cells[IMAGE] = "see catalogue page " + kind;
      case 6 -> cells[NAME] = (cells[NAME] + " ").repeat(8).strip();
      default -> cells[WEIGHT] = "-1";
    }
  }

  /// Another delivery of the product.
  void change(int kind) {
    cells[PRICE] = money(100 + kind % 60_000);
    cells[COMPARE_AT] = "";
    if (kind % 5 == 0) {
      cells[DESCRIPTION] = "Now with a \"better\" finish;\nsee the sheet, line " + kind;
    }
  }

  /// One of few names, so that many rows slug alike.
  void alike(int kind) {
    cells[NAME] = kind % 2 == 0 ? "Blå stol – Ægir" : "Garden set " + kind % 50;
    cells[BRAND] = "Brand " + kind % 3;
  }

  /// A row that cannot be read, or that collides with an earlier one.
  String odd(int kind, MadeUpProduct earlier) {
    switch (kind % 7) {
      case 0 -> {
        return cells[ID] + "," + cells[NAME] + ",too few cells";
      }
      case 1 -> cells[PRICE] = "on request";
      case 2 -> cells[STOCK] = "12.5";
      case 3 -> cells[SKU] = earlier.sku();
      case 4 -> cells[ID] = earlier.vendorProductId();
      case 5 -> {
        cells[SKU] = "";
        cells[CATEGORY] = " ";
        cells[PRICE] = "-3";
      }
      default -> {
        cells[ID] = earlier.vendorProductId();
        cells[SKU] = earlier.sku();
      }
    }
    return toString();
  }

  @Override
  public String toString() {
    StringBuilder line = new StringBuilder(256);
    for (int i = 0; i < cells.length; i++) {
      if (i > 0) {
        line.append(',');
      }
      String cell = cells[i];
      if (cell.indexOf(',') >= 0 || cell.indexOf('"') >= 0 || cell.indexOf('\n') >= 0) {
        line.append('"').append(cell.replace("\"", "\"\"")).append('"');
      } else {
        line.append(cell);
      }
    }
    return line.toString();
  }
}

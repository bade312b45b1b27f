package dev.entrepot.bench.file;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// A supplier's file of 12 columns, made up: the same seed gives the same bytes.
///
/// @param rows how many data rows
/// @param firstProduct the number of the product on the first row
/// @param mix what is wrong with how many rows
public record ProductFile(long seed, int rows, int firstProduct, Mix mix) {

  /// The columns, in the file's order.
  public static final List<String> HEADER =
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
          "weight_kg",
          "image_url");

  /// Shares of all rows, each from 0 to 1.
  ///
  /// @param bad break one rule, yet could be loaded by anything that only looks at types and keys
  /// @param odd are unreadable, have numbers that are none, or repeat an earlier row's keys
  /// @param changed have another price than the product's first delivery
  /// @param alike share their name and brand with other rows, so that slugs collide
  public record Mix(double bad, double odd, double changed, double alike) {
    /// Good rows, and one in fifty that breaks a rule.
    public static final Mix LOADABLE = new Mix(0.02, 0, 0, 0);

    /// Every kind of row.
    public static final Mix EVERYTHING = new Mix(0.03, 0.04, 0.3, 0.05);

    /// Good rows alone.
    public static final Mix GOOD = new Mix(0, 0, 0, 0);
  }

  /// The names of the categories the rows speak of.
  public static List<String> categories() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < MadeUpProduct.CATEGORIES; i++) {
      names.add(MadeUpProduct.category(i));
    }
    return names;
  }

  /// Writes the file.
  ///
  /// @return its size in bytes
  public long write(Path file) throws IOException {
    var random = new SplittableRandom(seed ^ 0x5DEECE66DL);
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write(String.join(",", HEADER));
      out.write('\n');
      for (int row = 0; row < rows; row++) {
        out.write(row(row, random));
        out.write('\n');
      }
    }
    return Files.size(file);
  }

  private String row(int row, SplittableRandom random) {
    int number = firstProduct + row;
    ProductRow cells = new ProductRow(MadeUpProduct.of(seed, number));
    double lot = random.nextDouble();
    int kind = random.nextInt(1 << 16);
    int other = firstProduct + random.nextInt(row + 1);
    if (lot < mix.bad) {
      cells.breakRule(kind);
    } else if (lot < mix.bad + mix.odd) {
      return cells.odd(kind, MadeUpProduct.of(seed, other));
    } else if (lot < mix.bad + mix.odd + mix.changed) {
      cells.change(kind);
    } else if (lot < mix.bad + mix.odd + mix.changed + mix.alike) {
      cells.alike(kind);
    }
    return cells.toString();
  }
}

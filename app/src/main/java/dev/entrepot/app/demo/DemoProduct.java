package dev.entrepot.app.demo;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/// A product of a demo vendor, without fault.
record DemoProduct(
    String id,
    String name,
    String category,
    String subcategory,
    String description,
    String sku,
    String brand,
    BigDecimal price,
    BigDecimal compareAtPrice,
    int stock,
    BigDecimal weightKg,
    String dimensions,
    String imageUrl,
    String ean,
    String colour) {

  /// Puts products together, always the same ones for the same seed.
  static List<DemoProduct> make(Assortment assortment, int count, long seed) {
    Random random = new Random(seed);
    List<Recipe> recipes = recipes(assortment);
    Collections.shuffle(recipes, random);
    List<DemoProduct> products = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      // Beyond the last recipe the round begins again as another edition.
      products.add(
          of(assortment, recipes.get(i % recipes.size()), i, i / recipes.size(), seed, random));
    }
    return products;
  }

  private record Recipe(
      Assortment.Line line, String style, String material, String colour, int size) {}

  private static List<Recipe> recipes(Assortment assortment) {
    List<Recipe> recipes = new ArrayList<>();
    for (Assortment.Line line : assortment.lines()) {
      for (String style : assortment.styles()) {
        for (String material : line.materials()) {
          for (int size = 0; size < line.sizes().size(); size++) {
            String colour = assortment.colours().get(recipes.size() % assortment.colours().size());
            recipes.add(new Recipe(line, style, material, colour, size));
          }
        }
      }
    }
    return recipes;
  }

  private static DemoProduct of(
      Assortment assortment, Recipe recipe, int index, int edition, long seed, Random random) {
    Assortment.Line line = recipe.line();
    String number = "%d%04d".formatted(seed % 10, index + 1);
    String sku = assortment.prefix() + "-" + number;
    BigDecimal price =
        BigDecimal.valueOf(
            line.cents() * (10L + 4L * recipe.size()) / 10 + random.nextInt(8) * 50L, 2);
    String size = line.sizes().get(recipe.size());
    String name =
        "%s %s, %s, %s%s"
            .formatted(
                recipe.style(),
                line.kind(),
                recipe.material(),
                size,
                edition == 0 ? "" : " (edition " + (edition + 1) + ")");
    int width = 12 + 6 * recipe.size() + random.nextInt(5);
    return new DemoProduct(
        "%s%s".formatted(assortment.prefix().toLowerCase(Locale.ROOT), number),
        name,
        line.category(),
        line.subcategory(),
        "%s of %s in %s, from the %s collection. Made to be used every day."
            .formatted(line.kind(), recipe.material(), recipe.colour(), recipe.style()),
        sku,
        assortment.brands().get(index % assortment.brands().size()),
        price,
        price.multiply(new BigDecimal("1.25")).setScale(2, java.math.RoundingMode.HALF_UP),
        random.nextInt(240),
        BigDecimal.valueOf(line.grams() * (10L + 6L * recipe.size()) / 10, 3),
        "%dx%dx%d".formatted(width, width - random.nextInt(6), 4 + random.nextInt(20)),
        "https://images.example.com/" + sku.toLowerCase(Locale.ROOT) + ".jpg",
        ean("29" + "%02d".formatted(seed % 100) + "%08d".formatted(index + 1)),
        recipe.colour());
  }

  /// Twelve digits and their check digit (GTIN-13).
  private static String ean(String twelve) {
    int sum = 0;
    for (int i = 0; i < twelve.length(); i++) {
      sum += (twelve.charAt(i) - '0') * (i % 2 == 0 ? 1 : 3);
    }
    return twelve + (10 - sum % 10) % 10;
  }
}

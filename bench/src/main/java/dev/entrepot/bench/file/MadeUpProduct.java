package dev.entrepot.bench.file;

import java.util.SplittableRandom;

/// A product that follows from a seed and a number alone, as the cells of a file.
///
/// @param price in cents
/// @param compareAtPrice in cents; 0: none
record MadeUpProduct(
    String vendorProductId,
    String name,
    String category,
    String subcategory,
    String description,
    String sku,
    String brand,
    int price,
    int compareAtPrice,
    int stock,
    String weight,
    String imageUrl) {

  private static final String[] MATERIALS = {
    "Oak", "Pine", "Steel", "Linen", "Cotton", "Wool", "Glass", "Brass", "Copper", "Bamboo",
    "Leather", "Ceramic", "Marble", "Rattan", "Walnut", "Velvet", "Cork", "Stone", "Birch", "Zinc"
  };
  private static final String[] STYLES = {
    "Classic", "Nordic", "Compact", "Folding", "Round", "Tall", "Outdoor", "Vintage", "Slim",
    "Heavy", "Striped", "Plain"
  };
  private static final String[] THINGS = {
    "Garden Chair", "Side Table", "Desk Lamp", "Storage Box", "Serving Tray", "Wall Shelf",
    "Tea Kettle", "Floor Cushion", "Picture Frame", "Coat Stand", "Plant Pot", "Bread Knife",
    "Hand Towel", "Door Mat", "Tool Case", "Bird Feeder", "Candle Holder", "Salad Bowl",
    "Bath Stool", "Window Blind"
  };
  private static final String[] PARTS = {
    "Indoor", "Outdoor", "Kitchen", "Bath", "Office", "Kids", "Workshop", "Travel"
  };

  /// How many categories there are.
  static final int CATEGORIES = 40;

  /// The name of a category.
  static String category(int index) {
    return THINGS[index % THINGS.length] + (index < THINGS.length ? "s" : "s and More");
  }

  /// The product of a number.
  static MadeUpProduct of(long seed, int number) {
    var random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + number);
    String material = pick(MATERIALS, random);
    String style = pick(STYLES, random);
    String thing = pick(THINGS, random);
    int price = 199 + random.nextInt(49_900);
    // Odd, so that it is one to one: SKUs come in no order, as they do from an ERP.
    int scattered = number * 0x9E3779B1;
    String code = Integer.toUnsignedString(scattered, 36);
    return new MadeUpProduct(
        "VP-" + (1_000_000 + number),
        style + " " + material + " " + thing + " " + (100_000 + number),
        category(random.nextInt(CATEGORIES)),
        pick(PARTS, random),
        "A "
            + style.toLowerCase(java.util.Locale.ROOT)
            + " piece in "
            + material.toLowerCase(java.util.Locale.ROOT)
            + ", made to last, model "
            + code,
        "SKU-" + code,
        "Brand " + random.nextInt(400),
        price,
        random.nextInt(10) < 3 ? price + 100 + random.nextInt(5_000) : 0,
        random.nextInt(2_000),
        random.nextInt(40) + "." + random.nextInt(1, 10),
        "https://img.example.com/p/" + code + ".jpg");
  }

  private static String pick(String[] words, SplittableRandom random) {
    return words[random.nextInt(words.length)];
  }
}

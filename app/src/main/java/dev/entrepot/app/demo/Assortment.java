package dev.entrepot.app.demo;

import java.util.List;

/// What a demo vendor makes: words from which its products are put together.
///
/// @param prefix begins every SKU
/// @param brands whose names stand on the products
/// @param lines what there is, by category
/// @param styles go before the kind of thing, for example a collection's name
/// @param colours go behind it
record Assortment(
    String prefix,
    List<String> brands,
    List<Line> lines,
    List<String> styles,
    List<String> colours) {

  /// One kind of thing.
  ///
  /// @param category a code of [DemoCatalogue]
  /// @param kind for example `Mixing bowl`
  /// @param materials of which it is made
  /// @param sizes in which it comes
  /// @param cents the price of the smallest one
  /// @param grams the weight of the smallest one
  record Line(
      String category,
      String subcategory,
      String kind,
      List<String> materials,
      List<String> sizes,
      int cents,
      int grams) {}

  private static final List<String> SMALL_TO_LARGE = List.of("small", "medium", "large");

  static final Assortment HOME =
      new Assortment(
          "NH",
          List.of("Nordic Home", "Fjell & Fjord"),
          List.of(
              line("kitchen", "Bowls", "Mixing bowl", "stoneware, beech, enamel", 1890, 620),
              line("kitchen", "Boards", "Cutting board", "oak, beech, walnut", 2450, 900),
              line("kitchen", "Storage", "Storage jar", "glass, stoneware", 1290, 540),
              line("tableware", "Plates", "Dinner plate", "stoneware, porcelain", 1490, 610),
              line("tableware", "Cups", "Coffee cup", "stoneware, porcelain, enamel", 990, 280),
              line("tableware", "Carafes", "Water carafe", "glass", 2290, 700),
              line("textiles", "Blankets", "Throw blanket", "wool, cotton, linen", 5900, 1100),
              line("textiles", "Towels", "Kitchen towel", "linen, cotton", 1150, 160),
              line("textiles", "Cushions", "Cushion cover", "linen, wool, velvet", 2700, 240),
              line("decoration", "Vases", "Vase", "stoneware, glass, brass", 3290, 850),
              line("decoration", "Candles", "Candle holder", "brass, oak, glass", 1690, 330),
              line("outdoor", "Planters", "Planter", "terracotta, zinc, stoneware", 2890, 2100)),
          List.of("Aska", "Birk", "Dal", "Eira", "Frost", "Hygg", "Lund", "Myr", "Sol", "Tind"),
          List.of("sand", "slate", "moss", "chalk", "rust", "night blue"));

  static final Assortment LIGHT =
      new Assortment(
          "LL",
          List.of("Lumen", "Lumen Werkstatt"),
          List.of(
              line("lighting", "Tischleuchten", "Tischleuchte", "Messing, Glas, Eiche", 8900, 1400),
              line(
                  "lighting",
                  "Pendelleuchten",
                  "Pendelleuchte",
                  "Glas, Stahl, Papier",
                  12900,
                  1900),
              line("lighting", "Stehleuchten", "Stehleuchte", "Stahl, Nussbaum", 18900, 6200),
              line("lighting", "Leuchtmittel", "LED-Lampe E27", "Glas", 790, 60),
              line(
                  "lighting",
                  "Außenleuchten",
                  "Wandleuchte außen",
                  "Aluminium, Edelstahl",
                  7400,
                  1300)),
          List.of("Abend", "Bogen", "Funke", "Größe Null", "Halo", "Morgenröte", "Prisma", "Süd"),
          List.of("weiß", "schwarz", "grün", "kupfer"));

  static final Assortment GARDEN =
      new Assortment(
          "AV",
          List.of("Atelier Verde"),
          List.of(
              line("outdoor", "Pots", "Herb pot", "terracotta, glazed clay", 1400, 900),
              line("outdoor", "Tools", "Garden trowel", "ash and steel", 2600, 310),
              line("decoration", "Prints", "Botanical print", "cotton paper", 3200, 120),
              line("textiles", "Aprons", "Garden apron", "waxed cotton, linen", 4800, 420)),
          List.of("Alba", "Fern", "Luna", "Oliva", "Rosa", "Salvia"),
          List.of("natural", "olive", "clay"));

  static final Assortment KITCHEN =
      new Assortment(
          "CO",
          List.of("Copper & Oak"),
          List.of(
              line("kitchen", "Pans", "Frying pan", "copper, cast iron, steel", 6900, 1500),
              line("kitchen", "Pots", "Saucepan", "copper, steel", 8400, 1700),
              line(
                  "kitchen",
                  "Knives",
                  "Chef's knife",
                  "steel and oak, steel and walnut",
                  9900,
                  260),
              line("tableware", "Serving", "Serving board", "oak, walnut, olive wood", 3900, 1100)),
          List.of("Forge", "Hearth", "Mill", "Orchard", "Smith"),
          List.of("polished", "brushed", "dark"));

  private static Line line(
      String category, String subcategory, String kind, String materials, int cents, int grams) {
    return new Line(
        category, subcategory, kind, List.of(materials.split(", ")), SMALL_TO_LARGE, cents, grams);
  }
}

package dev.entrepot.simulators.siesa;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Makes products that look like a clothes shop's stock; the same count and seed make the same.
///
/// Codes are `P0000001` and on; EANs have the right check digit; one in five has no RFID tag, one
/// in ten no location; all were modified in January 2026, one second after the other.
public final class SiesaProducts {
  private static final String[] KINDS = {
    "Camisa",
    "Pantalón",
    "Chaqueta",
    "Falda",
    "Vestido",
    "Camiseta",
    "Buzo",
    "Blusa",
    "Bermuda",
    "Abrigo"
  };
  private static final String[] CUTS = {
    "Oxford", "Clásico", "Slim", "Recto", "Deportivo", "Casual", "Ejecutivo", "Juvenil"
  };
  private static final String[] COLOURS = {
    "Azul", "Blanco", "Negro", "Gris", "Rojo", "Verde", "Beige", "Vino Tinto", "Índigo"
  };
  private static final String[] SIZES = {"XS", "S", "M", "L", "XL", "XXL"};
  private static final Instant BEGIN = Instant.parse("2026-01-01T05:00:00Z");

  private SiesaProducts() {}

  public static List<SiesaProduct> generate(int count, long seed) {
    return generate(count, seed, 1);
  }

  /// Products that are numbered from another than 1, to add to those there are.
  public static List<SiesaProduct> generate(int count, long seed, int first) {
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    var products = new ArrayList<SiesaProduct>(count);
    for (int i = 0; i < count; i++) {
      products.add(product(first + i, random));
    }
    return products;
  }

  private static SiesaProduct product(int number, RandomGenerator random) {
    var kind = one(KINDS, random);
    var name =
        "%s %s %s %s".formatted(kind, one(CUTS, random), one(COLOURS, random), one(SIZES, random));
    char zone = (char) ('A' + random.nextInt(6));
    boolean tagged = random.nextInt(5) > 0;
    boolean located = random.nextInt(10) > 0;
    return new SiesaProduct(
        "P%07d".formatted(number),
        "EXT-%07d".formatted(number),
        name,
        ean("770%09d".formatted(number)),
        BigDecimal.valueOf(random.nextInt(500)),
        tagged ? "E280%020X".formatted(number) : null,
        located
            ? "%c-%02d-%02d".formatted(zone, 1 + random.nextInt(40), 1 + random.nextInt(20))
            : null,
        located ? String.valueOf(zone) : null,
        kind,
        true,
        BEGIN.plusSeconds(number % 2_000_000),
        Map.of());
  }

  /// Twelve digits and their check digit.
  static String ean(String twelve) {
    int sum = 0;
    for (int i = 0; i < 12; i++) {
      sum += (twelve.charAt(i) - '0') * (i % 2 == 0 ? 1 : 3);
    }
    return twelve + (10 - sum % 10) % 10;
  }

  private static String one(String[] words, RandomGenerator random) {
    return words[random.nextInt(words.length)];
  }
}

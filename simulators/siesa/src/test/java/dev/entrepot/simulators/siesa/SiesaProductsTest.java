package dev.entrepot.simulators.siesa;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SiesaProductsTest {

  @Test
  void are_the_same_for_the_same_seed() {
    assertThat(SiesaProducts.generate(500, 7)).isEqualTo(SiesaProducts.generate(500, 7));
    assertThat(SiesaProducts.generate(500, 7)).isNotEqualTo(SiesaProducts.generate(500, 8));
  }

  @Test
  void look_like_products() {
    var products = SiesaProducts.generate(1000, 7);
    assertThat(products.stream().map(SiesaProduct::ean)).allMatch(SiesaProductsTest::right);
    assertThat(products.stream().map(SiesaProduct::code).collect(Collectors.toSet())).hasSize(1000);
    var locations = new HashSet<String>();
    products.forEach(product -> locations.add(String.valueOf(product.location())));
    assertThat(locations).contains("null");
    locations.remove("null");
    assertThat(locations).allMatch(location -> location.matches("[A-F]-[0-9]{2}-[0-9]{2}"));
    assertThat(products.stream().filter(product -> product.tag() == null)).hasSizeBetween(100, 300);
  }

  @Test
  void have_the_check_digits_of_known_codes() {
    assertThat(SiesaProducts.ean("400638133393")).isEqualTo("4006381333931");
    assertThat(SiesaProducts.ean("590123412345")).isEqualTo("5901234123457");
  }

  private static boolean right(String ean) {
    return ean.length() == 13 && SiesaProducts.ean(ean.substring(0, 12)).equals(ean);
  }
}

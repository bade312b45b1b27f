package dev.entrepot.onboarding.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CategoryIndexTest {
  private final CategoryIndex index =
      new CategoryIndex(
          List.of(
              category("garden", "Home & Garden", true),
              category("shoes", "Shoes", true),
              category("t-shirts", "T-Shirts", true),
              category("toys", "Toys", false)));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "garden | garden",
        "GARDEN | garden",
        "Home & Garden | garden",
        "'  home & garden ' | garden",
        "T-SHIRTS | t-shirts",
        "Clothing > T-Shirts | t-shirts",
        "Clothing>Tops> t-shirts  | t-shirts",
        "Clothing » Shoes | shoes",
      })
  void findsByCodeNameAndPath(String text, String code) {
    assertThat(index.codeOf(text)).isEqualTo(code);
  }

  @ParameterizedTest
  @ValueSource(strings = {"toys", "Toys", "", " ", ">", "shoes >", "T Shirts", "garde"})
  void findsNothingElse(String text) {
    assertThat(index.codeOf(text)).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Shooes | shoes",
        "Shose | shoes",
        "Fashion > Sheos | shoes",
        "T Shirts | t-shirts",
        "Home and Garden | Home & Garden",
        "gardne | garden",
      })
  void suggestsTheNearest(String text, String nearest) {
    assertThat(index.nearest(text)).isEqualTo(nearest);
    assertThat(index.nearest(text)).isEqualTo(nearest);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Electronics", "toy", "x", "", "sh"})
  void suggestsNothingFar(String text) {
    assertThat(index.nearest(text)).isNull();
  }

  @Test
  void anEmptyCatalogueHasNothing() {
    var empty = new CategoryIndex(List.of(category("toys", "Toys", false)));

    assertThat(empty.isEmpty()).isTrue();
    assertThat(empty.codeOf("toys")).isNull();
    assertThat(empty.nearest("toys")).isNull();
  }

  @Property
  void whatIsSuggestedIsFound(@ForAll String text) {
    String nearest = index.nearest(text);
    assertThat(nearest == null || index.codeOf(nearest) != null).isTrue();
  }

  @Property
  void distanceIsSymmetricAndBounded(@ForAll String a, @ForAll String b) {
    int distance = EditDistance.within(a, b, 5);

    assertThat(distance).isEqualTo(EditDistance.within(b, a, 5)).isBetween(0, 6);
    assertThat(EditDistance.within(a, a, 5)).isZero();
  }

  private static Category category(String code, String name, boolean active) {
    return new Category(code, name, null, active, 0, Instant.EPOCH);
  }
}

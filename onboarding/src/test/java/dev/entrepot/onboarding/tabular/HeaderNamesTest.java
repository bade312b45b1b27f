package dev.entrepot.onboarding.tabular;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeaderNamesTest {
  @ParameterizedTest
  @CsvSource({
    "Product Name, productname",
    "product_name, productname",
    "PRODUCT-NAME*, productname",
    "Größe (cm), grossecm",
    "Prix d'achat HT, prixdachatht",
    "Quantité, quantite",
    "Œuvre, oeuvre",
    "Størrelse, storrelse",
    "Łódź, lodz",
    "ＳＫＵ, sku",
    "İsim, isim",
    "商品名, 商品名",
    "image url 2, imageurl2",
    "'  ', ''",
    "€, ''",
  })
  void namesAreComparedByLettersAndDigits(String name, String normalised) {
    assertThat(HeaderNames.normalise(name)).isEqualTo(normalised);
    assertThat(HeaderNames.normalise(normalised)).isEqualTo(normalised);
  }
}

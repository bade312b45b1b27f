package dev.entrepot.onboarding.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlugsTest {
  private static final String SHAPE = "[a-z0-9]+(-[a-z0-9]+)*";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          Blue Widget                    | blue-widget
          "  Blue -- Widget!  "          | blue-widget
          Crème Brûlée 500 g             | creme-brulee-500-g
          Straße nach Øster Łódź         | strasse-nach-oster-lodz
          Ærøskøbing Œuvre Þór ðað       | aeroskobing-oeuvre-thor-dad
          El Niño                        | el-nino
          Men's T-Shirt                  | mens-t-shirt
          L’Oréal Paris                  | loreal-paris
          Щётка для обуви                | shchyotka-dlya-obuvi
          Объём                          | obyom
          Κρέμα χεριών                   | krema-cherion
          İstanbul ışık ŞİŞE             | istanbul-isik-sise
          ＦＵＬＬ　ｗｉｄｔｈ７         | full-width7
          ﬁne ½ litre                    | fine-1-2-litre
          ٣ cups                         | 3-cups
          茶 green tea 茶                | green-tea
          茶壺                           | product
          "🎉"                           | product
          "---"                          | product
          A_B.C/D                        | a-b-c-d
          50 % off                       | 50-off
          """)
  void names(String name, String slug) {
    assertThat(Slugs.slug(name)).isEqualTo(slug);
  }

  @Example
  void nothingGivesTheFallback() {
    assertThat(Slugs.slug("")).isEqualTo("product");
    assertThat(Slugs.slug("\uD800")).isEqualTo("product");
    assertThat(Slugs.slug("a\uD800b")).isEqualTo("a-b");
  }

  @Example
  void aLongNameEndsAtAWord() {
    String words = "word ".repeat(40);
    assertThat(Slugs.slug(words)).hasSize(79).endsWith("-word").matches(SHAPE);
    assertThat(Slugs.slug("x".repeat(200))).isEqualTo("x".repeat(80));
    assertThat(Slugs.slug("x".repeat(80) + " y")).isEqualTo("x".repeat(80));
    assertThat(Slugs.slug("ß".repeat(200))).hasSize(80).matches(SHAPE);
  }

  @Property
  void everySlugHasTheShape(@ForAll String name) {
    assertThat(Slugs.slug(name)).matches(SHAPE).hasSizeBetween(1, Slugs.MAX_LENGTH);
  }

  @Property
  void aSlugIsItsOwnSlug(@ForAll @StringLength(max = 120) String name) {
    String slug = Slugs.slug(name);
    assertThat(Slugs.slug(slug)).isEqualTo(slug);
  }

  @Property
  void composedOrDecomposedMakesNoDifference(@ForAll @StringLength(max = 60) String name) {
    String composed = Normalizer.normalize(name, Normalizer.Form.NFC);
    String decomposed = Normalizer.normalize(name, Normalizer.Form.NFD);
    assertThat(Slugs.slug(decomposed)).isEqualTo(Slugs.slug(composed));
  }
}

package dev.entrepot.onboarding.mapping;

import static dev.entrepot.onboarding.mapping.Plans.apply;
import static dev.entrepot.onboarding.mapping.Plans.field;
import static dev.entrepot.onboarding.mapping.Plans.mapping;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.onboarding.mapping.Mapping.Conversion;
import dev.entrepot.onboarding.mapping.Mapping.DecimalStyle;
import dev.entrepot.onboarding.mapping.Mapping.FieldMapping;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Values on their way from a column to a field.
class ConvertedFieldsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "POINT | 1,299.00 | 1299.00",
        "POINT | 12,99 | 12,99",
        "POINT | abc | abc",
        "COMMA | 1.299,00 | 1299.00",
        "COMMA | 19.99 | 19.99",
      })
  void readsNumbersInTheFilesStyle(DecimalStyle style, String text, String value) {
    var mapping = mapping(style, FieldMapping.direct(Field.PRICE, "p"));

    assertThat(apply(mapping, List.of("p"), text).value(Field.PRICE)).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "WEIGHT_KG | GRAMS_TO_KILOGRAMS | 28 | 0.028",
        "WEIGHT_KG | GRAMS_TO_KILOGRAMS | 0 | 0",
        "WEIGHT_KG | GRAMS_TO_KILOGRAMS | 1,500,000 | 1500",
        "WEIGHT_KG | POUNDS_TO_KILOGRAMS | 2 | 0.90718474",
        "WEIGHT_KG | OUNCES_TO_KILOGRAMS | 1 | 0.028349523125",
        "PRICE | CENTS_TO_UNITS | 1999 | 19.99",
        "PRICE | CENTS_TO_UNITS | 2000 | 20",
        "PRICE | CENTS_TO_UNITS | free | free",
        "PRICE | STRIP_CURRENCY | € 19.90 | 19.90",
        "PRICE | STRIP_CURRENCY | 19.90 EUR | 19.90",
        "PRICE | STRIP_CURRENCY | CHF 1'299.00 | 1299.00",
        "PRICE | STRIP_CURRENCY | about 5 | about 5",
        "STOCK_QUANTITY | DIGITS_ONLY | 12 pcs | 12",
        "STOCK_QUANTITY | DIGITS_ONLY | none | -",
        "SKU | UPPER_CASE | ab-1 | AB-1",
        "SKU | LOWER_CASE | AB-1 | ab-1",
        "SKU | TRIM | '  a b ' | a b",
        "CATEGORY | LAST_OF_PATH | Home > Garden > Pots | Pots",
        "CATEGORY | LAST_OF_PATH | Pots | Pots",
        "CATEGORY | LAST_OF_PATH | Home > | Home",
        "CATEGORY | FIRST_OF_LIST | 'Pot, Plants' | Pot",
        "CATEGORY | FIRST_OF_LIST | '; ,' | -",
        "DESCRIPTION | STRIP_HTML | '<p>Red &amp; <b>blue</b></p>' | Red & blue",
        "DESCRIPTION | STRIP_HTML | 5 < 6 | 5 < 6",
        "DESCRIPTION | STRIP_HTML | <script>alert(1)</script>ok | ok",
      })
  void converts(Field field, Conversion conversion, String text, String value) {
    var mapping =
        mapping(
            new FieldMapping(field, List.of("c"), " ", List.of(conversion), Map.of(), null, null));

    assertThat(apply(mapping, List.of("c"), text).value(field)).isEqualTo(value);
  }

  @Test
  void stripsHtmlToLines() {
    assertThat(
            HtmlText.plain(
                "<h2>Choker</h2><p>Black   cord.<br>Two lines.</p>\n<ul>\n<li>14k gold</li>\n<li>12\" long</li></ul><!-- no -->"))
        .isEqualTo("Choker\nBlack cord.\nTwo lines.\n- 14k gold\n- 12\" long");
  }

  @Test
  void convertsDecimalCommasOfWeightsAndDimensions() {
    var mapping =
        mapping(
            DecimalStyle.COMMA,
            new FieldMapping(
                Field.WEIGHT_KG,
                List.of("g"),
                " ",
                List.of(Conversion.GRAMS_TO_KILOGRAMS),
                Map.of(),
                null,
                null),
            FieldMapping.direct(Field.DIMENSIONS_CM, "d"));
    MappedRow row = apply(mapping, List.of("g", "d"), "1.250,5", "10,5 x 20 x 30,25 cm");

    assertThat(row.value(Field.WEIGHT_KG)).isEqualTo("1.2505");
    assertThat(row.value(Field.DIMENSIONS_CM)).isEqualTo("10.5 x 20 x 30.25 cm");
  }

  @Test
  void refusesToScaleText() {
    var mapping =
        mapping(
            new FieldMapping(
                Field.BRAND,
                List.of("b"),
                " ",
                List.of(Conversion.CENTS_TO_UNITS),
                Map.of(),
                null,
                null));

    assertThatThrownBy(() -> MappingPlan.compile(mapping, List.of("b")))
        .hasMessage("CENTS_TO_UNITS converts numbers, but brand is text: take the conversion off");
  }

  @Test
  void replacesValuesWithoutCase() {
    var mapping =
        mapping(
            new FieldMapping(
                Field.STOCK_QUANTITY,
                List.of("s"),
                " ",
                List.of(),
                Map.of("In Stock", "10", "sold out", "0"),
                "1",
                null));

    assertThat(apply(mapping, List.of("s"), "in stock").value(Field.STOCK_QUANTITY))
        .isEqualTo("10");
    assertThat(apply(mapping, List.of("s"), " SOLD OUT ").value(Field.STOCK_QUANTITY))
        .isEqualTo("0");
    assertThat(apply(mapping, List.of("s"), "").value(Field.STOCK_QUANTITY)).isEqualTo("1");
  }

  @Property
  void noConversionThrows(@ForAll String text, @ForAll Conversion conversion) {
    assertThat(Conversions.apply(conversion, text)).isNotNull();
  }
}

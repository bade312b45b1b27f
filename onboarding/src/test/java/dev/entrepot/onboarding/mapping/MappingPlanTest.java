package dev.entrepot.onboarding.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.onboarding.OnboardingException;
import dev.entrepot.onboarding.mapping.Mapping.Conversion;
import dev.entrepot.onboarding.mapping.Mapping.DecimalStyle;
import dev.entrepot.onboarding.mapping.Mapping.FieldMapping;
import dev.entrepot.onboarding.mapping.Mapping.UnknownColumns;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MappingPlanTest {

  @Test
  void takesFieldsFromColumns() {
    MappedRow row =
        apply(
            mapping(
                FieldMapping.direct(Field.SKU, "SKU"), FieldMapping.direct(Field.BRAND, "brand")),
            List.of("sku", "Brand", "Other"),
            "A-1",
            " ",
            "x");

    assertThat(row.value(Field.SKU)).isEqualTo("A-1");
    assertThat(row.value(Field.BRAND)).isNull();
    assertThat(row.values()).containsOnlyKeys(Field.SKU);
    assertThat(row.custom()).isEmpty();
    assertThat(row.skipped()).isNull();
  }

  @Test
  void takesMissingCellsAsBlankAndLeavesOutSurplusOnes() {
    var plan =
        MappingPlan.compile(
            mapping(FieldMapping.direct(Field.SKU, "sku"), FieldMapping.direct(Field.EAN, "ean")),
            List.of("sku", "ean"));

    assertThat(plan.start().apply(List.of("A")).value(Field.EAN)).isNull();
    assertThat(plan.start().apply(List.of("A", "1", "2")).value(Field.EAN)).isEqualTo("1");
    assertThat(plan.start().apply(List.of()).values()).isEmpty();
  }

  @Test
  void namesUnknownColumns() {
    assertThatThrownBy(() ->
            MappingPlan.compile(
                mapping(FieldMapping.direct(Field.PRICE, "Preis")), List.of("sku", "price")))
        .isInstanceOfSatisfying(
            OnboardingException.class,
            e -> assertThat(e.code()).isEqualTo(OnboardingException.Code.INVALID))
        .hasMessage(
            "the file has no column \"Preis\", which the mapping uses for price: it has sku, price");
  }

  @Test
  void tellsWhatIsMissingAndWhichColumnToMark() {
    var plan =
        MappingPlan.compile(
            mapping(
                FieldMapping.direct(Field.SKU, "sku"),
                field(Field.STOCK_QUANTITY, List.of(), "0", null),
                field(Field.PRICE, List.of(), null, "row['net'] + ''"),
                field(Field.CATEGORY, List.of(), " ", null)),
            List.of("net", "sku"));

    assertThat(plan.missingRequired())
        .containsExactly(Field.VENDOR_PRODUCT_ID, Field.PRODUCT_NAME, Field.CATEGORY);
    assertThat(plan.columnOf(Field.SKU)).isEqualTo(1);
    assertThat(plan.columnOf(Field.PRICE)).isZero();
    assertThat(plan.columnOf(Field.STOCK_QUANTITY)).isEqualTo(-1);
    assertThat(plan.columnOf(Field.BRAND)).isEqualTo(-1);
  }

  @Test
  void joinsSourcesAndLeavesOutBlanksAndReplacedOnes() {
    var mapping =
        mapping(
            new FieldMapping(
                Field.PRODUCT_NAME,
                List.of("title", "option1", "option2"),
                " - ",
                List.of(Conversion.TRIM),
                Map.of("Default Title", ""),
                null,
                null));
    List<String> header = List.of("title", "option1", "option2");

    assertThat(apply(mapping, header, " Shirt ", "S", "Red").value(Field.PRODUCT_NAME))
        .isEqualTo("Shirt - S - Red");
    assertThat(apply(mapping, header, "Shirt", "default title", "").value(Field.PRODUCT_NAME))
        .isEqualTo("Shirt");
    assertThat(apply(mapping, header, "", "", "").value(Field.PRODUCT_NAME)).isNull();
  }

  @Test
  void triesSeveralEntriesOfAFieldInOrder() {
    var mapping =
        mapping(
            FieldMapping.direct(Field.SKU, "sku"),
            new FieldMapping(
                Field.SKU, List.of("handle", "size"), "-", List.of(), Map.of(), "none", null));
    List<String> header = List.of("sku", "handle", "size");

    assertThat(apply(mapping, header, "S1", "shirt", "L").value(Field.SKU)).isEqualTo("S1");
    assertThat(apply(mapping, header, "", "shirt", "L").value(Field.SKU)).isEqualTo("shirt-L");
    assertThat(apply(mapping, header, "", "", "").value(Field.SKU)).isEqualTo("none");
  }

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

  @Test
  void fillsDownWithinAGroup() {
    var mapping =
        new Mapping(
            "m",
            DecimalStyle.POINT,
            List.of(
                FieldMapping.direct(Field.PRODUCT_NAME, "title"),
                FieldMapping.direct(Field.SKU, "sku")),
            Map.of(),
            UnknownColumns.IGNORE,
            List.of("title"),
            "handle",
            List.of("sku"),
            "image row");
    var cursor = MappingPlan.compile(mapping, List.of("handle", "title", "sku")).start();

    assertThat(cursor.apply(List.of("a", "Anna", "1")).value(Field.PRODUCT_NAME)).isEqualTo("Anna");
    assertThat(cursor.apply(List.of("a", "", "2")).value(Field.PRODUCT_NAME)).isEqualTo("Anna");
    assertThat(cursor.filled()).containsExactly("a", "Anna", "2");
    assertThat(cursor.apply(List.of("a")).skipped()).isEqualTo("image row of a");
    assertThat(cursor.apply(List.of("a", "Anne", "3")).value(Field.PRODUCT_NAME)).isEqualTo("Anne");
    assertThat(cursor.apply(List.of("a", "", "4")).value(Field.PRODUCT_NAME)).isEqualTo("Anne");
    assertThat(cursor.apply(List.of("b", "", "5")).value(Field.PRODUCT_NAME)).isNull();
    assertThat(cursor.apply(List.of("a", "", "6")).value(Field.PRODUCT_NAME)).isNull();
    assertThat(cursor.apply(List.of("", "Zoe", "7")).value(Field.PRODUCT_NAME)).isEqualTo("Zoe");
    assertThat(cursor.apply(List.of("", "", "8")).value(Field.PRODUCT_NAME)).isNull();
  }

  @Test
  void keepsCustomColumns() {
    List<String> header =
        List.of("sku", "Cost per item", "Größe (cm)", "größe cm", "", "Price €", "!");
    var ignoring =
        new Mapping(
            "m",
            DecimalStyle.POINT,
            List.of(FieldMapping.direct(Field.SKU, "sku")),
            Map.of("Cost per item", "cost"),
            UnknownColumns.IGNORE,
            List.of(),
            null,
            List.of(),
            null);
    var keeping =
        new Mapping(
            "m",
            DecimalStyle.POINT,
            ignoring.fields(),
            ignoring.custom(),
            UnknownColumns.KEEP,
            List.of(),
            null,
            List.of(),
            null);
    String[] cells = {"A", "3.50", "42", " ", "x", "9", "y"};

    assertThat(apply(ignoring, header, cells).custom()).isEqualTo(Map.of("cost", "3.50"));
    Map<String, String> custom = apply(keeping, header, cells).custom();
    assertThat(custom)
        .containsExactly(
            Map.entry("cost", "3.50"),
            Map.entry("grosse_cm", "42"),
            Map.entry("price", "9"),
            Map.entry("column", "y"));
    assertThat(custom.get("cost")).isEqualTo("3.50");
    assertThat(custom.get("nothing")).isNull();
    assertThat(custom.containsKey("grosse_cm_2")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "PRICE | number(row['net']) * 1.19 | 10,00 | 11.9",
        "PRICE | number(row.net) * 1.19 | 9,99 | 11.89",
        "PRICE | row['net'] | 1.299,50 | 1299.50",
        "PRICE | row['net'] | free | free",
        "PRICE | number(row['net']) * 2 | free | free",
        "PRICE | number(row['net']) / 0 | 5 | Infinity",
        "PRICE | 100 / int(row['net']) | 0 | 0 (cannot be calculated)",
        "PRICE | number(row['net']) | - | -",
        "STOCK_QUANTITY | row['net'] == 'yes' ? 10 : 0 | yes | 10",
        "STOCK_QUANTITY | number(row['net']) / 2 | 10 | 5",
        "SKU | row['net'].upperAscii() + '-X' | ab | AB-X",
        "SKU | row['net'].substring(5) | ab | -",
        "BRAND | row['net'] == '' | - | true",
      })
  void calculates(Field field, String expression, String cell, String value) {
    var mapping = mapping(DecimalStyle.COMMA, field(field, List.of(), null, expression));

    assertThat(apply(mapping, List.of("net"), cell == null ? "" : cell).value(field))
        .isEqualTo(value);
  }

  @Test
  void fallsBackWhenAnExpressionGivesNothing() {
    var mapping =
        mapping(
            new FieldMapping(
                Field.SKU, List.of("b"), " ", List.of(), Map.of(), "none", "row['a'] + ''"));

    assertThat(apply(mapping, List.of("a", "b"), "1", "2").value(Field.SKU)).isEqualTo("1");
    assertThat(apply(mapping, List.of("a", "b"), "", "2").value(Field.SKU)).isEqualTo("2");
    assertThat(apply(mapping, List.of("a", "b"), "", "").value(Field.SKU)).isEqualTo("none");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "row['gross'] | the mapping of price: the file has no column \"gross\"",
        "row['net'] * 2 | the mapping of price: the expression is wrong at character 12",
        "net * 2 | the mapping of price: the expression reads net: columns are read as row[\"net\"]",
        "[1, 2] | the mapping of price: the expression gives list",
      })
  void namesTheFieldWhoseExpressionIsWrong(String expression, String message) {
    var mapping = mapping(field(Field.PRICE, List.of(), null, expression));

    assertThatThrownBy(() -> MappingPlan.compile(mapping, List.of("net")))
        .isInstanceOf(OnboardingException.class)
        .hasMessageStartingWith(message);
  }

  @Property
  void carriesAnyTextUnharmed(@ForAll @Size(3) List<String> cells) {
    var mapping =
        mapping(
            FieldMapping.direct(Field.SKU, "a"),
            FieldMapping.direct(Field.DESCRIPTION, "b"),
            FieldMapping.direct(Field.PRICE, "c"));
    MappedRow row = apply(mapping, List.of("a", "b", "c"), cells.toArray(String[]::new));

    assertThat(row.value(Field.SKU)).isEqualTo(blankToNull(cells.get(0)));
    assertThat(row.value(Field.DESCRIPTION)).isEqualTo(blankToNull(cells.get(1)));
    String plain = DecimalText.canonical(cells.get(2), DecimalStyle.POINT);
    assertThat(row.value(Field.PRICE)).isEqualTo(plain == null ? blankToNull(cells.get(2)) : plain);
  }

  @Property
  void noConversionThrows(@ForAll String text, @ForAll Conversion conversion) {
    assertThat(Conversions.apply(conversion, text)).isNotNull();
  }

  private static @Nullable String blankToNull(String text) {
    return Blanks.isBlank(text) ? null : text;
  }

  private static FieldMapping field(
      Field field, List<String> sources, @Nullable String fallback, @Nullable String expression) {
    return new FieldMapping(field, sources, " ", List.of(), Map.of(), fallback, expression);
  }

  private static Mapping mapping(FieldMapping... fields) {
    return mapping(DecimalStyle.POINT, fields);
  }

  private static Mapping mapping(DecimalStyle style, FieldMapping... fields) {
    return new Mapping(
        "test",
        style,
        List.of(fields),
        Map.of(),
        UnknownColumns.IGNORE,
        List.of(),
        null,
        List.of(),
        null);
  }

  private static MappedRow apply(Mapping mapping, List<String> header, String... cells) {
    return MappingPlan.compile(mapping, header).start().apply(Arrays.asList(cells));
  }
}

package dev.entrepot.onboarding.mapping;

import static dev.entrepot.onboarding.mapping.Plans.apply;
import static dev.entrepot.onboarding.mapping.Plans.field;
import static dev.entrepot.onboarding.mapping.Plans.mapping;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.onboarding.OnboardingException;
import dev.entrepot.onboarding.mapping.Mapping.Conversion;
import dev.entrepot.onboarding.mapping.Mapping.DecimalStyle;
import dev.entrepot.onboarding.mapping.Mapping.FieldMapping;
import dev.entrepot.onboarding.mapping.Mapping.UnknownColumns;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

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

  private static @Nullable String blankToNull(String text) {
    return Blanks.isBlank(text) ? null : text;
  }
}

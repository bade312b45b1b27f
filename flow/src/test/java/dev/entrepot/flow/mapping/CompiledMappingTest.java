package dev.entrepot.flow.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.flow.config.FlowConfigException;
import dev.entrepot.spi.record.Fields;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompiledMappingTest {
  private final CompiledMapping given = KongFields.compile(KongFields.GIVEN);

  @Test
  void makesAnItemAsTheGivenFormSays() {
    MappedRecord mapped =
        given.map(
            KongFields.product(
                "f_ubicacion", "A-01-05", "f_tag_rfid", " E2000017 ", "f_alta", "2026-01-31"));

    assertThat(mapped.problems()).isEmpty();
    assertThat(mapped.key()).isEqualTo("P-1");
    assertThat(mapped.canonical().values())
        .containsEntry("sku", "P-1")
        .containsEntry("warehouse_location", "A0105")
        .containsEntry("rfid_tag_id", "E2000017")
        .containsEntry("custom:since", "2026-01-31");
    assertThat(mapped.item().values())
        .isEqualTo(
            Map.of(
                "product_id", "P-1",
                "external_reference", "EXT-1",
                "name", "Cafe 500 g",
                "barcode", "7702001042470",
                "quantity", 12L,
                "rfid_tag_id", "E2000017"));
  }

  @Test
  void leavesOutWhatTheSourceDoesNotHave() {
    MappedRecord mapped = given.map(KongFields.product("f_ean", "  ", "f_tag_rfid", null));

    assertThat(mapped.problems()).isEmpty();
    assertThat(mapped.item().values()).doesNotContainKeys("barcode", "rfid_tag_id");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "f_codigo           | ''            | id                 | MISSING",
        "f_nombre           |               | name               | MISSING",
        "f_ean              | 7702001042471 | ean                | BAD_EAN",
        "f_ean              | 770200104247  | ean                | BAD_EAN",
        "f_cantidad         | twelve        | stock_quantity     | NOT_A_NUMBER",
        "f_cantidad         | 1,5           | stock_quantity     | NOT_WHOLE",
        "f_ubicacion        | a-01-05       | warehouse_location | BAD_LOCATION",
        "f_ubicacion        | A0105         | warehouse_location | BAD_LOCATION",
        "f_alta             | 2026-02-30    | custom:since       | NOT_A_DATE",
        "f_alta             | 31/01/2026    | custom:since       | NOT_A_DATE",
      })
  void saysWhatIsWrongWithARecord(String field, String value, String canonical, String code) {
    MappedRecord mapped = given.map(KongFields.product(field, value));

    assertThat(mapped.problems())
        .singleElement()
        .satisfies(problem -> {
          assertThat(problem.field()).isEqualTo(canonical);
          assertThat(problem.code()).isEqualTo(code);
          assertThat(problem.message()).startsWith(canonical);
        });
  }

  @Test
  void tellsAllThatIsWrongAtOnce() {
    MappedRecord mapped =
        given.map(KongFields.product("f_nombre", null, "f_ean", "x", "f_cantidad", "y"));

    assertThat(mapped.problems())
        .extracting(Problem::field)
        .containsExactly("name", "ean", "stock_quantity");
    assertThat(mapped.key()).isEqualTo("P-1");
  }

  @Test
  void refusesValuesWithParts() {
    assertThat(given.map(KongFields.product("f_nombre", List.of("a"))).problems())
        .extracting(Problem::code)
        .containsExactly("HAS_PARTS");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "12 | 12", "12,50 | 12.5", "12.50 | 12.5", "1.234,56 | 1234.56", "1,234.56 | 1234.56",
        "1.234.567 | 1234567", "-3,0 | -3", "0,000 | 0", "+7 | 7", ".5 | 0.5"
      })
  void readsNumbersWithCommaOrPoint(String text, BigDecimal number) {
    CompiledMapping decimal =
        KongFields.compile(KongFields.GIVEN.replace("\"integer\"", "\"decimal\""));
    assertThat(
            new BigDecimal(
                String.valueOf(
                    decimal.map(KongFields.product("f_cantidad", text)).item().value("quantity"))))
        .isEqualByComparingTo(number);
  }

  @ParameterizedTest
  @CsvSource({"'1.23.456'", "'1,2,3'", "'12-'", "''' '''", "'1e5'", "'--1'", "','", "'1.234.56'"})
  void takesNothingForANumberThatIsNone(String text) {
    assertThat(given.map(KongFields.product("f_cantidad", text)).problems())
        .extracting(Problem::code)
        .containsExactly("NOT_A_NUMBER");
  }

  @Test
  void calculatesTransformsAndChecks() {
    CompiledMapping mapping =
        KongFields.compile(
            """
            product_type: kong
            mappings:
              product:
                id: {from: f_codigo, to: product_id, transform: [upper]}
                external_id: {expr: "source.f_codigo + '-X'", to: external_reference}
                name: {from: f_nombre, to: name, transform: [collapse]}
                stock_quantity: {from: f_cantidad, to: quantity, expr: "value == null ? 0.0 : value * 2"}
                category: {from: grupo.nombre, default: Otros}
                custom:active: {from: f_activo, type: boolean}
                custom:price: {expr: "has(source.f_precio) ? number(source.f_precio) * 2 : 0.0", type: decimal}
            rules:
              - {check: "product.stock_quantity >= 0", message: the stock is below zero}
              - {check: "source.f_nombre != 'PRUEBA'", message: a test product}
            """);

    MappedRecord mapped =
        mapping.map(
            KongFields.product(
                "f_precio",
                "1.234,50",
                "f_codigo",
                "p-1",
                "f_nombre",
                "Cafe   500 g",
                "f_activo",
                "Sí",
                "grupo",
                Map.of("nombre", "Granos")));
    assertThat(mapped.problems()).isEmpty();
    assertThat(mapped.canonical().values())
        .containsEntry("id", "P-1")
        .containsEntry("external_id", "p-1-X")
        .containsEntry("name", "Cafe 500 g")
        .containsEntry("category", "Granos")
        .containsEntry("custom:price", 2469L)
        .containsEntry("custom:active", true);
    assertThat(mapped.item().value("quantity")).isEqualTo(24L);
    assertThat(mapping.map(KongFields.product("f_cantidad", null)).canonical().values())
        .containsEntry("stock_quantity", 0L)
        .containsEntry("category", "Otros");
    assertThat(mapping.map(KongFields.product("f_cantidad", -1L)).problems())
        .containsExactly(new Problem("stock_quantity", "RULE", "the stock is below zero", null));
    assertThat(mapping.map(KongFields.product("f_nombre", "PRUEBA")).problems())
        .extracting(Problem::message)
        .containsExactly("a test product");
    assertThat(mapping.map(KongFields.product("f_cantidad", "many")).problems())
        .extracting(Problem::code)
        .containsExactly("EXPRESSION");
  }

  @Test
  void explainsEachFieldOfARecord() {
    MappingPreview preview =
        MappingPreview.of(given, KongFields.product("f_ubicacion", "A-01-05", "f_ean", "1"));

    FieldStory location =
        preview.fields().stream()
            .filter(story -> story.canonical().equals("warehouse_location"))
            .findFirst()
            .orElseThrow();
    assertThat(location.raw()).isEqualTo("A-01-05");
    assertThat(location.steps()).containsExactly("location_format: A0105", "string: A0105");
    assertThat(preview.fields())
        .filteredOn(story -> !story.problems().isEmpty())
        .extracting(FieldStory::canonical)
        .containsExactly("ean");
    assertThat(preview.result()).isEqualTo(given.map(preview.source()));
  }

  @Test
  void tellsHowWellItFitsRecords() {
    List<Fields> records =
        List.of(
            KongFields.product("f_peso", 3L),
            KongFields.product("f_ean", "1"),
            KongFields.product("f_ean", null));

    MappingCoverage coverage = MappingCoverage.of(given, KongFields.KNOWN, records);

    assertThat(coverage.records()).isEqualTo(3);
    assertThat(coverage.rejected()).isEqualTo(1);
    assertThat(coverage.unread()).containsOnly(Map.entry("f_color", 0), Map.entry("f_peso", 1));
    assertThat(coverage.unfilled()).isEmpty();
    assertThat(coverage.fields())
        .filteredOn(field -> field.canonical().equals("ean"))
        .containsExactly(new MappingCoverage.FieldCoverage("ean", 1, 1, Map.of("BAD_EAN", 1)));
  }

  @Test
  void refusesAMappingWithAllItsProblems() {
    assertThatThrownBy(() -> KongFields.compile("product_type: kong\nmappings: {product: {}}"))
        .isInstanceOfSatisfying(
            FlowConfigException.class,
            fault -> assertThat(fault.problems()).hasSizeGreaterThanOrEqualTo(4))
        .hasMessageContaining("the product needs external_id");
  }
}

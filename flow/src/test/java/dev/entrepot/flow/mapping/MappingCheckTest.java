package dev.entrepot.flow.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.flow.config.ConfigProblem;
import dev.entrepot.flow.config.ConfigProblems;
import dev.entrepot.flow.config.ConfigTree;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MappingCheckTest {

  @Test
  void hasNothingToSayOfTheGivenOne() {
    assertThat(KongFields.problems(KongFields.GIVEN)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"external_id\" | \"external_ids\" | mappings.product.external_ids | external_id",
        "\"f_codigo_externo\" | null | mappings.product.external_id | siesa_field",
        "\"barcode\" | \"barcodes\" | mappings.product.ean.to | perhaps barcode",
        "\"barcode\" | \"name\" | mappings.product.ean.to | name and ean both go to name",
        "\"integer\" | \"intger\" | mappings.product.stock_quantity.type | perhaps integer",
        "\"integer\" | \"boolean\" | mappings.product.stock_quantity.type | integer or decimal",
        "^[0-9]{13}$ | ^[0-9 | mappings.product.ean.validation | is wrong",
        "^[0-9]{13}$ | (a{900}){900} | mappings.product.ean.validation | too large",
        "YYYY-MM-DD | YYYY-QQ | transformations.date_format | QQ",
        "A0105 | 0105A | transformations.location_format | 01",
        "date_format | date_formats | transformations.date_formats | perhaps date_format",
        "siesa_field\": \"f_nombre | siesa_fild\": \"f_nombre | mappings.product.name.siesa_fild | perhaps siesa_field",
        "\"product_field\": \"product_id\", |  | mappings.product | the destination needs product_id",
        "\"kong\" | null | product_type | product_type is missing",
      })
  void tellsWhereAndHowToMendIt(String old, String changed, String place, String told) {
    List<ConfigProblem> problems =
        KongFields.problems(KongFields.GIVEN.replace(old, changed == null ? "" : changed));

    assertThat(problems)
        .anySatisfy(problem -> {
          assertThat(problem.refuses()).isTrue();
          assertThat(problem.place()).isEqualTo(place);
          assertThat(problem.toString()).contains(told);
          assertThat(problem.remedy()).isNotBlank();
        });
  }

  @Test
  void tellsEverythingAtOnce() {
    List<ConfigProblem> problems =
        KongFields.problems(
            """
            product_type: kong
            mappings:
              product:
                id: {from: f_codigo, to: product_id, transform: [uper]}
                name: {from: f_nombre, to: name, expr: "value +"}
                stock_quantity: {to: quantity, type: integer, default: many}
                colour: {from: f_color}
            rules:
              - check: "price > 3"
            """);

    assertThat(problems)
        .extracting(ConfigProblem::place)
        .contains(
            "mappings.product.id.transform.1",
            "mappings.product.name.expr",
            "mappings.product.stock_quantity.default",
            "mappings.product.colour",
            "mappings.product.external_id",
            "rules.1.check",
            "rules.1.message");
  }

  @Test
  void knowsTheLineOfAProblem() {
    var problems = new ConfigProblems();
    ConfigTree tree =
        ConfigTree.read("product_type: kong\nmappings:\n  product:\n    id: 3\n", problems);

    assertThat(tree.line("mappings.product.id")).isEqualTo(4);
    assertThat(tree.line("mappings.product.id.type")).isEqualTo(4);
    assertThat(tree.line("rules")).isEqualTo(1);
  }

  @Test
  void doubtsFieldsThatItDoesNotKnow() {
    assertThat(KongFields.problems(KongFields.GIVEN.replace("f_nombre", "f_nombr")))
        .singleElement()
        .satisfies(problem -> {
          assertThat(problem.refuses()).isFalse();
          assertThat(problem.remedy()).contains("f_nombre");
        });
  }

  @ParameterizedTest
  @CsvSource({"'a: b: c'", "'{'", "'- x'", "''", "'null'", "'a: 1\na: 2'", "'&a [*a]'", "'3'"})
  void refusesTextsThatAreNoMapping(String text) {
    assertThat(KongFields.problems(text)).anyMatch(ConfigProblem::refuses);
  }

  @Property(tries = 200)
  void readsAnyTextWithoutFailing(@ForAll @StringLength(max = 60) String text) {
    assertThat(KongFields.problems(text)).isNotEmpty();
  }
}

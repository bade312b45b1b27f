package dev.entrepot.onboarding.mapping;

import static dev.entrepot.onboarding.mapping.Plans.apply;
import static dev.entrepot.onboarding.mapping.Plans.field;
import static dev.entrepot.onboarding.mapping.Plans.mapping;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.onboarding.OnboardingException;
import dev.entrepot.onboarding.mapping.Mapping.DecimalStyle;
import dev.entrepot.onboarding.mapping.Mapping.FieldMapping;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Fields that an expression gives.
class CalculatedFieldsTest {
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
}

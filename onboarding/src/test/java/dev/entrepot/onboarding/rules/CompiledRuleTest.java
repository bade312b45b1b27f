package dev.entrepot.onboarding.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.onboarding.OnboardingException;
import dev.entrepot.onboarding.catalogue.CategoryIndex;
import dev.entrepot.onboarding.mapping.Field;
import dev.entrepot.onboarding.mapping.MappedRow;
import dev.entrepot.onboarding.mapping.Mapping;
import dev.entrepot.onboarding.mapping.Mapping.DecimalStyle;
import dev.entrepot.onboarding.mapping.MappingPlan;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompiledRuleTest {
  private static final MappedRow ROW =
      MappedRow.of(
          Map.of(
              Field.SKU, "AB-1",
              Field.PRODUCT_NAME, "Running shoe",
              Field.PRICE, "12.00",
              Field.STOCK_QUANTITY, "6"),
          Map.of("cost", "10", "color", "red", "box", "4", "gtin", "0400", "note", "n/a"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "price > cost * 1.1",
        "price > 5",
        "price == 12",
        "price != 5 && 12 == price",
        "price in [5, 12]",
        "price * 2 == 24",
        "price * stock_quantity < 100",
        "cost * stock_quantity == 60",
        "cost * 2 > price",
        "cost == 10",
        "stock_quantity % 3 == 0",
        "stock_quantity == 6",
        "stock_quantity / 4 == 1",
        "compare_at_price == null || compare_at_price > price",
        "weight_kg == null",
        "cost != null && price > cost * 1.1",
        "sku.startsWith('AB')",
        "sku.matches('^[A-Z]{2}-[0-9]+$')",
        "brand == '' || brand.size() > 2",
        "brand == ''",
        "color == 'red'",
        "color in ['red', 'blue']",
        "color.startsWith('r') && size(color) == 3",
        "gtin == '0400'",
        "custom[\"cost\"] == '10'",
        "custom.color == 'red'",
        "double(custom.cost) * 1.1 < price",
        "'cost' in custom && !('weight' in custom)",
        "has(custom.cost)",
        "product_name.lowerAscii().contains('shoe')",
        "['red', 'blue'].exists(c, c == color)",
        "math.abs(price - cost) < 3",
        "price > 11 ? cost > 9 : cost < 5",
      })
  void holds(String expression) {
    assertThat(CompiledRule.of(expression).evaluate(ROW)).isEqualTo(RuleOutcome.Plain.PASSED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "price > cost * 1.3",
        "price == 5",
        "stock_quantity > 6",
        "color == 'blue'",
        "sku.endsWith('X')",
        "compare_at_price != null",
        "'weight' in custom",
        "has(custom.weight) && double(custom.weight) > 1.0",
      })
  void fails(String expression) {
    assertThat(CompiledRule.of(expression).evaluate(ROW)).isEqualTo(RuleOutcome.Plain.FAILED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "compare_at_price > price",
        "weight_kg < 30",
        "price > wholesale * 2",
        "custom['wholesale'] != ''",
        "double(custom.wholesale) < price",
        "1 / 0 > 2 && weight_kg > 1",
      })
  void passesRowsThatLackWhatItNeeds(String expression) {
    assertThat(CompiledRule.of(expression).evaluate(ROW)).isEqualTo(RuleOutcome.Plain.INAPPLICABLE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "price > note | a value is not of the kind the expression expects: note is \"n/a\"",
        "stock_quantity / 0 > 1 | it divides by zero",
        "double(sku) > 1.0 | a text cannot be converted",
        "sku.substring(10) == '' | substring failure: Range [10, 4) out of bounds",
      })
  void failsRowsItCannotBeTriedOn(String expression, String reason) {
    assertThat(CompiledRule.of(expression).evaluate(ROW)).isEqualTo(new RuleOutcome.Broken(reason));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "price > | at character 8",
        "price > sku | at character 7: > cannot be used with (number, text)",
        "price | gives a number, but true or false is needed",
        "cost | gives a value that may be anything, but true or false is needed",
        "fuzzy(price) | at character 6: there is no function fuzzy",
        "pricee > 5 | there is no column pricee: did you mean price?",
        "stock > 5 | there is no column stock: did you mean stock_quantity?",
        "Price > 5 | there is no column Price: did you mean price?",
        "weight < 5 | did you mean weight_kg?",
        "true | reads no column",
        "1 < 2 | reads no column",
        "'   ' | the expression is blank",
        "sku.matches('(') | the pattern \"(\" is wrong",
        "sku.matches('(a{1,100}){1,100}') | is too large",
        "sku.matches(brand) | needs its pattern written out",
        "sku.replace('a', 'b') == '' | there is no function replace",
        "price > 5 &&& true | at character",
      })
  void explainsWhatIsWrong(String expression, String message) {
    assertThatThrownBy(() -> CompiledRule.of(expression))
        .isInstanceOfSatisfying(
            OnboardingException.class,
            e -> {
              assertThat(e.code()).isEqualTo(OnboardingException.Code.INVALID);
              assertThat(e.field()).isEqualTo("expression");
            })
        .hasMessageContaining(message);
  }

  @Test
  void isBounded() {
    String list = "[" + "1,".repeat(99) + "1]";
    String nested = "%1$s.all(a, %1$s.all(b, a + b > 0)) && price > 0".formatted(list);

    assertThat(CompiledRule.of(nested).evaluate(ROW))
        .isEqualTo(new RuleOutcome.Broken("it takes too many steps"));
    assertThatThrownBy(() -> CompiledRule.of("price > 0" + " && price > 0".repeat(200)))
        .hasMessageContaining("more than 2000 characters");
    assertThatThrownBy(() -> CompiledRule.of("(".repeat(900) + "price > 0" + ")".repeat(900)))
        .isInstanceOf(OnboardingException.class);
  }

  @Test
  void readsCustomNumbersAsTheFileWritesThem() {
    Mapping mapping =
        new Mapping(
            "price list",
            DecimalStyle.COMMA,
            List.of(Mapping.FieldMapping.direct(Field.PRICE, "Preis")),
            Map.of("EK", "cost"),
            Mapping.UnknownColumns.IGNORE,
            List.of(),
            null,
            List.of(),
            null);
    MappedRow row =
        MappingPlan.compile(mapping, List.of("Preis", "EK"))
            .start()
            .apply(List.of("1.299,00", "1.200,50"));

    assertThat(CompiledRule.of("price - cost == 98.5").evaluate(row))
        .isEqualTo(RuleOutcome.Plain.PASSED);
  }

  @Test
  void codesAreNamesInUpperSnakeCase() {
    assertThat(RuleCodes.of("Margin too small")).isEqualTo("MARGIN_TOO_SMALL");
    assertThat(RuleCodes.of(" größe > 3! ")).isEqualTo("GROSSE_3");
    assertThat(RuleCodes.of("!?")).isEmpty();
    assertThat(RuleCodes.isBuiltIn(RuleCodes.of("invalid price"))).isTrue();
  }

  @Test
  void rejectsOrWarnsAfterTheBuiltInRules() {
    var checker =
        new RowChecker(
            new CategoryIndex(List.of()),
            "US",
            List.of(
                rule("Margin too small", "price > cost * 1.3", VendorRules.Severity.REJECT, true),
                rule("Red is out", "color != 'red'", VendorRules.Severity.WARN, true),
                rule("No notes", "price > note", VendorRules.Severity.REJECT, true),
                rule("Asleep", "price > 1000", VendorRules.Severity.REJECT, false)));

    CheckedRow checked = checker.check(ROW);

    assertThat(checked.problems())
        .extracting(Problem::code)
        .containsExactly(
            "MISSING_REQUIRED_FIELDS", "MISSING_REQUIRED_FIELDS", "MARGIN_TOO_SMALL", "NO_NOTES");
    assertThat(checked.problems().get(2))
        .isEqualTo(new Problem("MARGIN_TOO_SMALL", Field.PRICE, "mend it", "12.00", null));
    assertThat(checked.problems().get(3).message())
        .isEqualTo(
            "mend it (the rule could not be tried: a value is not of the kind the expression expects: note is \"n/a\")");
    assertThat(checked.warnings()).extracting(Problem::code).containsExactly("RED_IS_OUT");
  }

  @Test
  void namesTheRuleThatDoesNotCompile() {
    List<VendorRules.Rule> rules =
        List.of(rule("Broken", "price >", VendorRules.Severity.REJECT, true));

    assertThatThrownBy(() -> new RowChecker(new CategoryIndex(List.of()), "US", rules))
        .hasMessageStartingWith("rule \"Broken\" cannot be used, mend or deactivate it: ");
  }

  static VendorRules.Rule rule(
      String name, String expression, VendorRules.Severity severity, boolean active) {
    return new VendorRules.Rule(
        new UUID(0, 1),
        new VendorRules.Draft(null, name, expression, "mend it", "price", severity, active),
        VendorRules.Author.OPERATOR,
        "user:anna@example.com",
        Instant.EPOCH,
        1);
  }
}

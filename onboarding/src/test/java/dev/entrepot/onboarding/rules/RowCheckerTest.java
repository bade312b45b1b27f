package dev.entrepot.onboarding.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.onboarding.catalogue.Category;
import dev.entrepot.onboarding.catalogue.CategoryIndex;
import dev.entrepot.onboarding.mapping.Field;
import dev.entrepot.onboarding.mapping.MappedRow;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RowCheckerTest {
  private static final String EMOJI = "👟";

  private final RowChecker checker =
      new RowChecker(
          new CategoryIndex(List.of(new Category("shoes", "Shoes", null, true, 0, Instant.EPOCH))),
          "US",
          List.of());

  @Test
  void acceptsARightRow() {
    CheckedRow checked = checker.check(row(Map.of()));

    assertThat(checked.problems()).isEmpty();
    assertThat(checked.warnings()).isEmpty();
    assertThat(checked.price()).isEqualTo("19.99");
    assertThat(checked.stock()).isEqualTo(5);
    assertThat(checked.categoryCode()).isEqualTo("shoes");
    assertThat(checked.compareAtPrice()).isNull();
    assertThat(checked.weightKg()).isNull();
  }

  @ParameterizedTest
  @EnumSource(
      value = Field.class,
      names = {"VENDOR_PRODUCT_ID", "PRODUCT_NAME", "CATEGORY", "SKU", "PRICE", "STOCK_QUANTITY"})
  void requiresEachRequiredField(Field field) {
    Problem problem = only(field, "  ");

    assertThat(problem.code()).isEqualTo("MISSING_REQUIRED_FIELDS");
    assertThat(problem.field()).isEqualTo(field);
    assertThat(problem.message()).isEqualTo(field.column() + " is missing: every product needs it");
  }

  @Test
  void reportsEveryFailedRuleInOrder() {
    CheckedRow checked =
        checker.check(
            row(
                Map.of(
                    Field.SKU, "",
                    Field.PRICE, "abc",
                    Field.STOCK_QUANTITY, "-1",
                    Field.PRODUCT_NAME, "n".repeat(201),
                    Field.CATEGORY, "Shooes",
                    Field.COMPARE_AT_PRICE, "x",
                    Field.WEIGHT_KG, "heavy",
                    Field.DIMENSIONS_CM, "big",
                    Field.IMAGE_URL, "shoe.jpg",
                    Field.EAN, "4006381333932")));

    assertThat(checked.problems())
        .extracting(Problem::code)
        .containsExactly(
            "MISSING_REQUIRED_FIELDS",
            "INVALID_PRICE",
            "INVALID_STOCK",
            "FIELD_LENGTH_EXCEEDED",
            "INVALID_CATEGORY",
            "INVALID_COMPARE_AT_PRICE",
            "INVALID_WEIGHT",
            "INVALID_DIMENSIONS",
            "INVALID_IMAGE_URL",
            "INVALID_EAN");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.01", "0.5", "1", "19.9", "19.99", "999999.99", "007", "5.00"})
  void acceptsPrices(String price) {
    CheckedRow checked = checker.check(row(Map.of(Field.PRICE, price)));

    assertThat(checked.problems()).isEmpty();
    assertThat(checked.price()).isEqualByComparingTo(new BigDecimal(price));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "abc | price \"abc\" is not a number: write it like 19.99 | -",
        "12,99 | price \"12,99\" is not a number: write it like 12.99 | 12.99",
        "$5 | price \"$5\" is not a number: write it like 5 | 5",
        "1e3 | price \"1e3\" is not a number: write it like 1000 | 1000",
        "+5 | price \"+5\" is not a number: write it like 5 | 5",
        "٣ | price \"٣\" is not a number: write it like 3 | 3",
        "NaN | price \"NaN\" is not a number: write it like 19.99 | -",
        "1,2,3 | price \"1,2,3\" is not a number: write it like 19.99 | -",
        "0 | price 0 is too low: the lowest is 0.01 | -",
        "0.00 | price 0.00 is too low: the lowest is 0.01 | -",
        "0.009 | price 0.009 is too low: the lowest is 0.01 | -",
        "-0 | price -0 is too low: the lowest is 0.01 | -",
        "-5.00 | price -5.00 is too low: the lowest is 0.01 | -",
        "1000000 | price 1000000 is too high: the highest is 999999.99 | -",
        "999999.995 | price 999999.995 is too high: the highest is 999999.99 | -",
        "19.990000000000002 | price 19.990000000000002 has 15 decimals: at most 2 are allowed, like 19.99 | 19.99",
        "0.011 | price 0.011 has 3 decimals: at most 2 are allowed, like 0.01 | 0.01",
        "10.000 | price 10.000 has 3 decimals: at most 2 are allowed, like 10.00 | 10.00",
      })
  void refusesPrices(String price, String message, String suggestion) {
    Problem problem = only(Field.PRICE, price);

    assertThat(problem.code()).isEqualTo("INVALID_PRICE");
    assertThat(problem.field()).isEqualTo(Field.PRICE);
    assertThat(problem.message()).isEqualTo(message);
    assertThat(problem.value()).isEqualTo(price);
    assertThat(problem.suggestion()).isEqualTo(suggestion);
  }

  @ParameterizedTest
  @CsvSource({"0,0", "5,5", "1000000,1000000", "007,7", "10.0,10", "10.00,10"})
  void acceptsStock(String stock, int quantity) {
    CheckedRow checked = checker.check(row(Map.of(Field.STOCK_QUANTITY, stock)));

    assertThat(checked.problems()).isEmpty();
    assertThat(checked.stock()).isEqualTo(quantity);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "many | stock_quantity \"many\" is not a number: write it like 25 | -",
        "-1 | stock_quantity -1 has a minus sign: the least is 0 | 0",
        "-0 | stock_quantity -0 has a minus sign: the least is 0 | 0",
        "1000001 | stock_quantity 1000001 is too high: the most is 1000000 | -",
        "99999999999999999999 | stock_quantity 99999999999999999999 is too high: the most is 1000000 | -",
        "5.5 | stock_quantity 5.5 is not a whole number: give whole units, 5 or 6, or count in a smaller unit, such as grams instead of kilograms | -",
        "10.000 | stock_quantity 10.000 is not a whole number: write it without decimals, like 10 | 10",
        "+5 | stock_quantity \"+5\" is not a number: write it like 5 | 5",
        "５ | stock_quantity \"５\" is not a number: write it like 5 | 5",
      })
  void refusesStock(String stock, String message, String suggestion) {
    Problem problem = only(Field.STOCK_QUANTITY, stock);

    assertThat(problem.code()).isEqualTo("INVALID_STOCK");
    assertThat(problem.message()).isEqualTo(message);
    assertThat(problem.suggestion()).isEqualTo(suggestion);
  }

  @ParameterizedTest
  @CsvSource({
    "VENDOR_PRODUCT_ID,100",
    "PRODUCT_NAME,200",
    "DESCRIPTION,2000",
    "SKU,100",
    "BRAND,100"
  })
  void limitsLengthsInCodePoints(Field field, int limit) {
    assertThat(checker.check(row(Map.of(field, "x".repeat(limit)))).problems()).isEmpty();
    assertThat(checker.check(row(Map.of(field, EMOJI.repeat(limit)))).problems()).isEmpty();

    Problem problem = only(field, EMOJI.repeat(limit + 1));
    assertThat(problem.code()).isEqualTo("FIELD_LENGTH_EXCEEDED");
    assertThat(problem.field()).isEqualTo(field);
    assertThat(problem.message())
        .isEqualTo(
            "%s has %d characters: at most %d are allowed"
                .formatted(field.column(), limit + 1, limit));
  }

  @Test
  void suggestsTheNearestCategory() {
    Problem problem = only(Field.CATEGORY, "Shooes");

    assertThat(problem.code()).isEqualTo("INVALID_CATEGORY");
    assertThat(problem.message())
        .isEqualTo(
            "category \"Shooes\" is not an active category of the catalogue: did you mean \"shoes\"?");
    assertThat(problem.suggestion()).isEqualTo("shoes");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "19.98 | compare_at_price 19.98 is below the price 19.99: it is the price before a reduction; leave it blank when there is none",
        "0 | compare_at_price 0 is too low: the lowest is 0.01",
        "none | compare_at_price \"none\" is not a number: write it like 19.99",
      })
  void refusesCompareAtPrices(String text, String message) {
    Problem problem = only(Field.COMPARE_AT_PRICE, text);

    assertThat(problem.code()).isEqualTo("INVALID_COMPARE_AT_PRICE");
    assertThat(problem.message()).isEqualTo(message);
  }

  @Test
  void comparesPricesOnlyWhenBothAreNumbers() {
    assertThat(checker.check(row(Map.of(Field.COMPARE_AT_PRICE, "19.99"))).compareAtPrice())
        .isEqualTo("19.99");
    assertThat(
            checker.check(row(Map.of(Field.PRICE, "abc", Field.COMPARE_AT_PRICE, "1"))).problems())
        .extracting(Problem::code)
        .containsExactly("INVALID_PRICE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0.028", "12.5", "1000000", "0.30000000000000004"})
  void acceptsWeights(String weight) {
    CheckedRow checked = checker.check(row(Map.of(Field.WEIGHT_KG, weight)));

    assertThat(checked.problems()).isEmpty();
    assertThat(checked.weightKg()).isEqualByComparingTo(new BigDecimal(weight));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "-0", "1000000.1", "2 kg", "heavy"})
  void refusesWeights(String weight) {
    assertThat(only(Field.WEIGHT_KG, weight).code()).isEqualTo("INVALID_WEIGHT");
  }

  @Test
  void doesNotCheckSkippedOrInventColumns() {
    Map<Field, String> none = Map.of();

    assertThat(checker.check(MappedRow.of(none, Map.of())).problems())
        .extracting(Problem::code)
        .containsOnly("MISSING_REQUIRED_FIELDS")
        .hasSize(6);
  }

  @Test
  void cutsLongValuesInMessages() {
    Problem problem = only(Field.PRICE, EMOJI.repeat(1000));

    assertThat(problem.message()).contains(EMOJI.repeat(60) + "…").hasSizeLessThan(250);
    assertThat(problem.value()).hasSize(2 * 500 + 1).endsWith("…");
  }

  @Property
  void neverThrowsAndExplainsEveryRefusal(@ForAll String text, @ForAll Field field) {
    for (Problem problem : checker.check(row(Map.of(field, text))).problems()) {
      assertThat(problem.message()).startsWith(field.column());
      assertThat(problem.field()).isEqualTo(field);
    }
  }

  private Problem only(Field field, String value) {
    List<Problem> problems = checker.check(row(Map.of(field, value))).problems();
    assertThat(problems).hasSize(1);
    return problems.getFirst();
  }

  static MappedRow row(Map<Field, String> changes) {
    var values =
        new EnumMap<Field, String>(
            Map.of(
                Field.VENDOR_PRODUCT_ID, "1001",
                Field.PRODUCT_NAME, "Running shoe",
                Field.CATEGORY, "Shoes",
                Field.SKU, "SHOE-1",
                Field.PRICE, "19.99",
                Field.STOCK_QUANTITY, "5"));
    values.putAll(changes);
    return MappedRow.of(
        values.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)),
        Map.of());
  }
}

package dev.entrepot.onboarding.tabular;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.onboarding.tabular.CellFormats.Kind;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CellTextTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "19.99, 19.99",
    "19.989999999999998, 19.99",
    "0.30000000000000004, 0.3",
    "12.50, 12.5",
    "100, 100",
    "1E+2, 100",
    "1.5E-3, 0.0015",
    "-0, 0",
    "-0.50, -0.5",
    "4006381333931, 4006381333931",
    "1.2345678901234568E+17, 123456789012346000",
    "12345678901234567890, 12345678901234567890",
    "007, 7",
    "1E-500, 1E-500",
    "0E999999999, 0",
    "1E999999999, 1E999999999",
    "abc, abc",
    "NaN, NaN",
  })
  void numbersArePlain(String stored, String text) {
    assertThat(CellText.number(stored)).isEqualTo(text);
  }

  @Test
  void everyPriceComesBackFromItsDouble() {
    for (int cents = 1; cents < 100_000_000; cents += 9_973) {
      String price = java.math.BigDecimal.valueOf(cents, 2).stripTrailingZeros().toPlainString();
      assertThat(CellText.number(Double.toString(cents / 100.0))).isEqualTo(price);
      assertThat(
              CellText.number(
                  new java.math.BigDecimal(cents / 100.0)
                      .round(new java.math.MathContext(17))
                      .toString()))
          .isEqualTo(price);
    }
  }

  @Test
  void absurdNumbersAreCheap() {
    Assertions.assertTimeout(
        Duration.ofMinutes(1),
        () -> {
          CellText dates = new CellText(false);
          assertThat(dates.of("1E2147483647", Kind.DATE)).isEqualTo("1E2147483647");
          assertThat(dates.of("-1E-2147483647", Kind.TIME)).isNotNull();
          assertThat(dates.of("9".repeat(1_000_000), Kind.NUMBER)).hasSize(1_000_000);
        });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "General|NUMBER",
        "0.00|NUMBER",
        "#,##0.00 €|NUMBER",
        "0\" days\"|NUMBER",
        "[Red]0.00|NUMBER",
        "0.00E+00|NUMBER",
        "\\d0|NUMBER",
        "0;[h]|NUMBER",
        "yyyy-mm-dd|DATE",
        "[$-407]d. mmmm yyyy|DATE",
        "dd/mm/yyyy hh:mm:ss|DATE",
        "mmm|DATE",
        "h:mm AM/PM|TIME",
        "mm:ss.0|TIME",
        "[h]:mm:ss|ELAPSED",
        "[mm]:ss|ELAPSED",
      })
  void formatsAreUnderstood(String code, Kind kind) {
    assertThat(CellFormats.kindOf(code)).isEqualTo(kind);
  }
}

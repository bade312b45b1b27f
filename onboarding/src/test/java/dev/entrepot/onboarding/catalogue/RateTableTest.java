package dev.entrepot.onboarding.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import org.junit.jupiter.api.Test;

class RateTableTest {
  private static final Currency EUR = Currency.getInstance("EUR");
  private static final Currency USD = Currency.getInstance("USD");
  private static final Currency GBP = Currency.getInstance("GBP");
  private static final Currency JPY = Currency.getInstance("JPY");

  @Test
  void alongARate() {
    RateTable table = table(rate("EUR", "USD", "1.1"), rate("USD", "EUR", "0.5"));
    assertThat(convert(table, "10.05", EUR, USD)).isEqualByComparingTo("11.06");
  }

  @Test
  void againstARateWithoutRoundingInBetween() {
    // One twelfth has no exact decimal; 0.06 / 12 is exactly half a cent.
    RateTable table = table(rate("USD", "EUR", "12"));
    assertThat(convert(table, "0.06", EUR, USD)).isEqualByComparingTo("0.01");
  }

  @Test
  void throughAThirdCurrencyPreferringRatesOverInvertedOnes() {
    RateTable table =
        table(
            rate("USD", "EUR", "2"),
            rate("USD", "GBP", "3"),
            rate("EUR", "JPY", "100"),
            rate("JPY", "GBP", "0.01"));
    // Through USD one rate must be inverted, through JPY none.
    assertThat(convert(table, "10.00", EUR, GBP)).isEqualByComparingTo("10.00");
  }

  @Test
  void noWay() {
    RateTable table = table(rate("EUR", "USD", "1.1"));
    assertThat(table.conversion(GBP, USD)).isEmpty();
    assertThat(table(new Catalogue.Rate[0]).conversion(EUR, USD)).isEmpty();
  }

  @Test
  void sameCurrencyStaysAsItIs() {
    assertThat(convert(table(), "1.005", EUR, EUR)).isEqualTo(new BigDecimal("1.005"));
  }

  @Test
  void decimalsOfTheTargetButTwoAtMost() {
    RateTable table = table(rate("EUR", "JPY", "163.4"), rate("EUR", "KWD", "0.3333"));
    assertThat(convert(table, "10.05", EUR, JPY)).isEqualTo(new BigDecimal("1642"));
    assertThat(convert(table, "1", EUR, Currency.getInstance("KWD")))
        .isEqualTo(new BigDecimal("0.33"));
  }

  private static BigDecimal convert(RateTable table, String price, Currency from, Currency to) {
    return table.conversion(from, to).orElseThrow().convert(new BigDecimal(price));
  }

  private static RateTable table(Catalogue.Rate... rates) {
    return new RateTable(List.of(rates));
  }

  private static Catalogue.Rate rate(String source, String target, String rate) {
    return new Catalogue.Rate(source, target, new BigDecimal(rate), Instant.EPOCH);
  }
}

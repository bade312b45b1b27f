package dev.entrepot.simulators.siesa;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SiesaCatalogueTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

  @Test
  void selling_lowers_the_stock_and_never_below_nothing() {
    var catalogue = new SiesaCatalogue(Clock.fixed(NOW, ZoneOffset.UTC));
    List<SiesaProduct> products = SiesaProducts.generate(4, 7);
    catalogue.load(
        List.of(
            products.get(0).quantity(BigDecimal.valueOf(2)),
            products.get(1).quantity(BigDecimal.ZERO),
            products.get(2).quantity(new BigDecimal("1.5")),
            products.get(3).quantity(BigDecimal.ONE)));

    catalogue.sell(2);
    assertThat(stock(catalogue)).containsExactly("1", "0", "0.5", "1");
    assertThat(catalogue.since(NOW)).hasSize(2);

    catalogue.sell(2);
    catalogue.sell(9);
    assertThat(stock(catalogue)).containsExactly("0", "0", "0.5", "0");
  }

  @Test
  void what_is_removed_is_gone_and_the_others_move_forward() {
    var catalogue = new SiesaCatalogue(Clock.fixed(NOW, ZoneOffset.UTC));
    catalogue.load(SiesaProducts.generate(4, 7));
    catalogue.remove("P0000002");
    assertThat(catalogue.all())
        .extracting(SiesaProduct::code)
        .containsExactly("P0000001", "P0000003", "P0000004");
    catalogue.deactivate("P0000004");
    assertThat(catalogue.find("P0000004").orElseThrow().active()).isFalse();
    assertThat(catalogue.find("P0000002")).isEmpty();
    assertThat(catalogue.find("P0000003").orElseThrow().code()).isEqualTo("P0000003");
  }

  private static List<String> stock(SiesaCatalogue catalogue) {
    return catalogue.all().stream()
        .map(product -> Objects.requireNonNull(product.quantity()).toPlainString())
        .toList();
  }
}

package dev.entrepot.kit.naming;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.spi.event.Identity;
import dev.entrepot.spi.event.Lookup;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class NamingTest {

  @Property(tries = 500)
  void everyTextFitsAnIdentity(@ForAll @StringLength(min = 1, max = 1500) String text) {
    String fit = Names.fit(text);

    assertThat(new Identity(fit, fit, fit, null).key()).isEqualTo(fit);
  }

  @Test
  void textsThatFitStayAndOthersStayDifferent() {
    assertThat(Names.join("shop.example", "orders", "ä1")).isEqualTo("shop.example/orders/ä1");
    assertThat(Names.fit("a\u0000b")).startsWith("a?b~").isNotEqualTo(Names.fit("a\u0001b"));
    assertThat(Names.fit("x".repeat(600))).isNotEqualTo(Names.fit("x".repeat(601)));
    assertThat(Names.fit("\ud800")).startsWith("?~");
    assertThat(Names.words(" a\u0000b ")).isEqualTo("a b");
  }

  @Test
  void lookupsAreNormalisedAndBounded() {
    assertThat(
            new Lookups()
                .add(Lookup.CUSTOMER_EMAIL, Optional.of(" Jon@Doe.CA "))
                .add(Lookup.ORDER_NUMBER, Optional.of("#1001"))
                .add(Lookup.ORDER_ID, Optional.of("  "))
                .addAll(Lookup.SKU, List.of("A", "A", "b"))
                .build())
        .containsEntry(Lookup.CUSTOMER_EMAIL, List.of("jon@doe.ca"))
        .containsEntry(Lookup.ORDER_NUMBER, List.of("#1001"))
        .containsEntry(Lookup.SKU, List.of("A", "b"))
        .hasSize(3);
    List<String> many = IntStream.range(0, 200).mapToObj(Integer::toString).toList();
    assertThat(new Lookups().addAll(Lookup.SKU, many).build().get(Lookup.SKU))
        .hasSize(Lookups.MOST);
  }

  @Property(tries = 100)
  void timesOrNothing(@ForAll @NotEmpty String text) {
    assertThat(Times.offsetOr(text, ZoneId.of("UTC"))).isEmpty();
  }

  @Test
  void timesWithAndWithoutOffset() {
    ZoneId zone = ZoneId.of("America/New_York");
    Instant at = Instant.parse("2026-01-31T14:30:00Z");

    assertThat(Times.offset("2026-01-31T09:30:00-05:00")).contains(at);
    assertThat(Times.offset("2026-01-31T14:30:00.000000000Z")).contains(at);
    assertThat(Times.offset("2026-01-31T09:30:00")).isEmpty();
    assertThat(Times.offsetOr("2026-01-31T09:30:00", zone)).contains(at);
    assertThat(Times.offsetOr("2026-01-31 09:30:00", zone)).contains(at);
  }
}

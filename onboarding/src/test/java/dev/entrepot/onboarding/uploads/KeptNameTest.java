package dev.entrepot.onboarding.uploads;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class KeptNameTest {
  @Test
  void aNameThatFitsIsKept() {
    assertThat(KeptName.of("1", "Frühling 2026.csv")).isEqualTo("1-Frühling 2026.csv");
  }

  @Test
  void aLongNameIsShortenedBetweenItsCharactersAndKeepsItsEnding() {
    String name = KeptName.of("20261121T052303.000Z", "🚗".repeat(62) + ".csv");
    assertThat(name).startsWith("20261121T052303.000Z-🚗🚗").endsWith(".csv").doesNotContain("?");
    assertThat(name.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(240, 250);
  }

  @Test
  void longNamesThatDifferStayDifferent() {
    String stem = "a".repeat(240);
    assertThat(KeptName.of("1", stem + "x.csv")).isNotEqualTo(KeptName.of("1", stem + "y.csv"));
    assertThat(KeptName.of("1", "a." + "b".repeat(249))).hasSize(250);
  }

  @Test
  void whatTheSystemCannotSpellIsSpelledPlainly() {
    assertThat(KeptName.of("1", "a\0b.csv")).matches("1-a_b~[0-9a-f]{8}\\.csv");
  }
}

package dev.entrepot.console.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FiguresTest {
  @Test
  void separatesThousands() {
    assertThat(Figures.count(1_234_567)).isEqualTo("1,234,567");
    assertThat(Figures.decimal(new BigDecimal("1234.50"))).isEqualTo("1,234.50");
    assertThat(Figures.decimal(new BigDecimal("1E+3"))).isEqualTo("1,000");
  }

  @Test
  void writesShares() {
    assertThat(Figures.share(929, 1000)).isEqualTo("92.9 %");
    assertThat(Figures.share(0, 0)).isEqualTo("–");
  }

  @Test
  void writesSizes() {
    assertThat(Figures.bytes(999)).isEqualTo("999 B");
    assertThat(Figures.bytes(10_000_000)).isEqualTo("10.0 MB");
    assertThat(Figures.bytes(2_000_000_000_000_000L)).isEqualTo("2000.0 TB");
  }

  @Test
  void writesDurations() {
    assertThat(Figures.duration(Duration.ofMillis(340))).isEqualTo("340 ms");
    assertThat(Figures.duration(Duration.ofMillis(4_200))).isEqualTo("4.2 s");
    assertThat(Figures.duration(Duration.ofSeconds(200))).isEqualTo("3 min 20 s");
    assertThat(Figures.duration(Duration.ofMinutes(125))).isEqualTo("2 h 5 min");
    assertThat(Figures.duration(Duration.ofHours(76))).isEqualTo("3 d 4 h");
  }
}

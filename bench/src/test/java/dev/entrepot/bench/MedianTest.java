package dev.entrepot.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MedianTest {
  @Test
  void isTheMiddle() {
    assertThat(Median.of(List.of(3.0, 1.0, 2.0))).isEqualTo(new Median(2, 1, 3));
    assertThat(Median.of(List.of(4.0, 1.0, 2.0, 3.0))).isEqualTo(new Median(2.5, 1, 4));
    assertThat(Median.of(List.of(7.0))).isEqualTo(new Median(7, 7, 7));
  }
}

package dev.entrepot.cli.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgeTest {
  @ParameterizedTest
  @CsvSource({
    "2026-11-21T12:00:00.400Z, 0s",
    "2026-11-21T12:00:01Z, 0s",
    "2026-11-21T11:59:48Z, 12s",
    "2026-11-21T11:58:59Z, 1m",
    "2026-11-21T10:30:00Z, 1h",
    "2026-11-19T11:00:00Z, 2d",
    "'', ''"
  })
  void saysTheLargestUnitThatFits(String moment, String age) {
    assertThat(Age.of(moment, Instant.parse("2026-11-21T12:00:00Z"))).isEqualTo(age);
  }
}

package dev.entrepot.kit.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.spi.remote.LimitNotice;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LimitHeadersTest {
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

  private static @Nullable LimitNotice read(String... namesAndValues) {
    Map<String, List<String>> headers = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      headers.put(namesAndValues[i], List.of(namesAndValues[i + 1]));
    }
    return LimitHeaders.read(HttpHeaders.of(headers, (name, value) -> true), NOW);
  }

  @Test
  void silenceIsNoNotice() {
    assertThat(read("Content-Type", "application/json")).isNull();
    assertThat(read("Retry-After", "soon", "X-RateLimit-Limit", "many")).isNull();
  }

  @Test
  void retryAfterInSecondsOrAsDate() {
    assertThat(read("Retry-After", "7")).isEqualTo(LimitNotice.pause(Duration.ofSeconds(7)));
    assertThat(read("Retry-After", "Fri, 20 Nov 2026 12:00:30 GMT"))
        .isEqualTo(LimitNotice.pause(Duration.ofSeconds(30)));
    assertThat(read("Retry-After", "Fri, 20 Nov 2026 11:00:00 GMT"))
        .isEqualTo(LimitNotice.pause(Duration.ZERO));
  }

  @Test
  void aDateIsMeasuredByTheAnswersOwnClock() {
    assertThat(
            read(
                "Retry-After", "Fri, 20 Nov 2026 15:00:09 GMT",
                "Date", "Fri, 20 Nov 2026 15:00:00 GMT"))
        .isEqualTo(LimitNotice.pause(Duration.ofSeconds(9)));
  }

  @Test
  void aWaitOfYearsIsAMistake() {
    assertThat(read("Retry-After", "999999999")).isEqualTo(LimitNotice.pause(Duration.ofDays(1)));
  }

  @Test
  void customaryHeaders() {
    assertThat(
            read(
                "X-RateLimit-Limit", "100",
                "X-RateLimit-Remaining", "3",
                "X-RateLimit-Reset", "20"))
        .isEqualTo(new LimitNotice(null, 100, null, 3, Duration.ofSeconds(20)));
    long at = NOW.plusSeconds(45).getEpochSecond();
    assertThat(read("X-RateLimit-Reset", Long.toString(at)))
        .isEqualTo(new LimitNotice(null, null, null, null, Duration.ofSeconds(45)));
    assertThat(read("X-RateLimit-Reset", at + "000"))
        .isEqualTo(new LimitNotice(null, null, null, null, Duration.ofSeconds(45)));
  }

  @Test
  void draftsOfTheStandard() {
    assertThat(
            read(
                "RateLimit-Limit", "100, 100;w=60",
                "RateLimit-Remaining", "99",
                "RateLimit-Reset", "50"))
        .isEqualTo(new LimitNotice(null, 100, Duration.ofMinutes(1), 99, Duration.ofSeconds(50)));
    assertThat(
            read("RateLimit", "limit=100, remaining=50, reset=5", "RateLimit-Policy", "100;w=60"))
        .isEqualTo(new LimitNotice(null, 100, Duration.ofMinutes(1), 50, Duration.ofSeconds(5)));
    assertThat(
            read(
                "RateLimit", "\"default\";r=50;t=30", "RateLimit-Policy", "\"default\";q=100;w=60"))
        .isEqualTo(new LimitNotice(null, 100, Duration.ofMinutes(1), 50, Duration.ofSeconds(30)));
  }
}

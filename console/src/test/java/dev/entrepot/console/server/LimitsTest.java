package dev.entrepot.console.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LimitsTest {
  @Test
  void aBurstIsLetThroughAndAFloodIsNot() {
    AtomicLong nanos = new AtomicLong();
    RateLimit limit = new RateLimit(10, 5, nanos::get);
    for (int i = 0; i < 5; i++) {
      limit.take("a");
    }
    assertThatThrownBy(() -> limit.take("a"))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.problem().status()).isEqualTo(429);
              assertThat(e.headers()).containsExactly(new Answer.Header("Retry-After", "1"));
            });
    limit.take("b");
    nanos.addAndGet(Duration.ofMillis(100).toNanos());
    limit.take("a");
    assertThatThrownBy(() -> limit.take("a")).isInstanceOf(ProblemException.class);
    nanos.addAndGet(Duration.ofHours(1).toNanos());
    for (int i = 0; i < 5; i++) {
      limit.take("a");
    }
    assertThatThrownBy(() -> limit.take("a")).isInstanceOf(ProblemException.class);
  }

  @Test
  void bucketsDoNotPileUp() {
    AtomicLong nanos = new AtomicLong();
    RateLimit limit = new RateLimit(10, 5, nanos::get);
    for (int i = 0; i < 100_000; i++) {
      limit.take("address " + i);
      nanos.addAndGet(Duration.ofMillis(10).toNanos());
    }
    assertThat(limit.buckets()).isLessThan(25_000);
  }

  @Test
  void onlyTrustedProxiesAreBelieved() {
    TrustedProxies proxies = TrustedProxies.of(List.of("10.0.0.0/8", "::1"));
    assertThat(proxies.client("192.0.2.1", List.of("198.51.100.7"))).isEqualTo("192.0.2.1");
    assertThat(proxies.client("10.1.2.3", List.of("198.51.100.7"))).isEqualTo("198.51.100.7");
    assertThat(proxies.client("::1", List.of("evil", "198.51.100.7", " 10.9.9.9")))
        .isEqualTo("198.51.100.7");
    assertThat(proxies.client("10.1.2.3", List.of("198.51.100.7", "not an address")))
        .isEqualTo("10.1.2.3");
    assertThat(proxies.client("10.1.2.3", List.of())).isEqualTo("10.1.2.3");
    assertThat(TrustedProxies.of(List.of()).client("10.1.2.3", List.of("1.1.1.1")))
        .isEqualTo("10.1.2.3");
    for (String wrong : List.of("10.0.0.0/33", "proxy.example.com", "10.0.0.0/x", "")) {
      assertThatThrownBy(() -> TrustedProxies.of(List.of(wrong)))
          .hasMessageContaining("\"" + wrong + "\"");
    }
  }

  @Test
  void cookiesOverHttpsBelongToTheHostAlone() {
    Cookies cookies = new Cookies(true);
    Answer.Header header = cookies.set("token", Duration.ofHours(1));
    assertThat(header.value())
        .isEqualTo("__Host-entrepot=token; Path=/; Max-Age=3600; HttpOnly; SameSite=Lax; Secure");
    assertThat(cookies.read(List.of("a=b; __Host-entrepot=token"))).contains("token");
    assertThat(cookies.read(List.of("entrepot=token", "x__Host-entrepot=token"))).isEmpty();
    assertThat(new Cookies(false).clear().value()).startsWith("entrepot=; Path=/; Max-Age=0;");
  }
}

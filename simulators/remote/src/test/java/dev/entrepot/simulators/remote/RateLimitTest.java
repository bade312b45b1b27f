package dev.entrepot.simulators.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RateLimitTest {
  private final SettableClock clock = new SettableClock();
  private final RemoteServer server =
      RemoteServer.start(
          new Shop(),
          RemoteSettings.usual().limit(new RateLimit(2, Duration.ofSeconds(10))).clock(clock));
  private final Visitor a = new Visitor(server.uri(), "key-a");
  private final Visitor b = new Visitor(server.uri(), "key-b");

  @AfterEach
  void close() {
    a.close();
    b.close();
    server.close();
  }

  @Test
  void the_window_slides() throws Exception {
    assertThat(a.get("/things?ids=1").statusCode()).isEqualTo(200);
    clock.advance(Duration.ofSeconds(6));
    var second = a.get("/things?ids=1");
    assertThat(second.headers().firstValue("X-RateLimit-Limit")).contains("2");
    assertThat(second.headers().firstValue("X-RateLimit-Remaining")).contains("0");
    assertThat(second.headers().firstValue("X-RateLimit-Reset")).contains("10");

    clock.advance(Duration.ofMillis(1500));
    var third = a.get("/things?ids=1");
    assertThat(third.statusCode()).isEqualTo(429);
    assertThat(third.headers().firstValue("Retry-After")).contains("3");
    assertThat(a.json(third).path("error").path("code").stringValue()).isEqualTo("RATE_LIMITED");

    clock.advance(Duration.ofMillis(2500));
    assertThat(a.get("/things?ids=1").statusCode()).isEqualTo(200);
    assertThat(a.get("/things?ids=1").statusCode()).isEqualTo(429);
    assertThat(server.log().throttled()).isEqualTo(2);
  }

  @Test
  void each_tenant_has_its_own() throws Exception {
    assertThat(a.get("/things?ids=1").statusCode()).isEqualTo(200);
    assertThat(a.get("/things?ids=1").statusCode()).isEqualTo(200);
    assertThat(a.get("/things?ids=1").statusCode()).isEqualTo(429);
    assertThat(b.get("/things?ids=1").statusCode()).isEqualTo(200);
    assertThat(server.log().callsOf("a")).isEqualTo(3);
    assertThat(server.log().callsOf("b")).isEqualTo(1);
  }

  @Test
  void may_be_silent_and_may_be_none() throws Exception {
    server.limit(new RateLimit(1, Duration.ofSeconds(10)).silent());
    assertThat(a.get("/things?ids=1").statusCode()).isEqualTo(200);
    var refused = a.get("/things?ids=1");
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.headers().firstValue("Retry-After")).isEmpty();

    assertThat(a.send("POST", "/_limit", "{\"calls\": 0}").statusCode()).isEqualTo(200);
    var free = a.get("/things?ids=1");
    assertThat(free.statusCode()).isEqualTo(200);
    assertThat(free.headers().firstValue("X-RateLimit-Limit")).isEmpty();

    a.send("POST", "/_limit", "{\"calls\": 7, \"per_ms\": 2000}");
    assertThat(server.limit()).isEqualTo(new RateLimit(7, Duration.ofSeconds(2)));
  }
}

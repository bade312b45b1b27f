package dev.entrepot.simulators.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.UncheckedIOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RemoteServerTest {
  private static final String BULK = "/things/bulk";

  private final Shop shop = new Shop();
  private final RemoteServer server = RemoteServer.start(shop, RemoteSettings.usual());
  private final Visitor visitor = new Visitor(server.uri(), "key-a");

  @AfterEach
  void close() {
    visitor.close();
    server.close();
  }

  @Test
  void lets_nobody_in_without_a_key() throws Exception {
    try (var stranger = new Visitor(server.uri(), "key-z")) {
      var refused = stranger.get("/things?ids=1");
      assertThat(refused.statusCode()).isEqualTo(401);
      assertThat(refused.body()).doesNotContain("key-z");
    }
    assertThat(visitor.get("/nothing").statusCode()).isEqualTo(404);
    assertThat(visitor.send("DELETE", BULK, "").statusCode()).isEqualTo(405);
  }

  @Test
  void tells_what_a_write_did() throws Exception {
    assertThat(put("{\"id\": \"1\", \"n\": 12, \"x\": null}")).isEqualTo("created");
    assertThat(put("{\"n\": 12.0, \"id\": \"1\"}")).isEqualTo("unchanged");
    assertThat(put("{\"id\": \"1\", \"n\": 12.5}")).isEqualTo("updated");
    assertThat(put("{\"id\": \"1\", \"n\": 12.50}")).isEqualTo("unchanged");
    assertThat(shop.things.effects()).isEqualTo(new EffectCounts(1, 1, 2));
    assertThat(shop.things.find("a", "1").orElseThrow().version()).isEqualTo(2);
    assertThat(shop.things.find("b", "1")).isEmpty();
    assertThat(shop.things.snapshot()).containsOnlyKeys("a/1");
    assertThat(shop.things.snapshot().get("a/1")).hasToString("{\"id\":\"1\",\"n\":12.5}");
    assertThat(
            visitor.json(visitor.get("/_snapshot")).path("things").path("a/1").path("n").asString())
        .isEqualTo("12.5");
  }

  @Test
  void refuses_a_call_that_makes_no_sense_as_a_whole() throws Exception {
    assertThat(visitor.send("POST", BULK, "{\"things\": [").statusCode()).isEqualTo(400);
    assertThat(visitor.send("POST", BULK, "").statusCode()).isEqualTo(400);
    assertThat(visitor.send("POST", BULK, "{\"other\": []}").statusCode()).isEqualTo(400);
    var four = "{\"things\": [{\"id\": \"1\"}, {\"id\": \"2\"}, {\"id\": \"3\"}, {\"id\": \"4\"}]}";
    var many = visitor.send("POST", BULK, four);
    assertThat(many.statusCode()).isEqualTo(400);
    assertThat(many.body()).contains("TOO_MANY_ITEMS");
    assertThat(visitor.get("/things?ids=1,2,3,4").statusCode()).isEqualTo(400);
    assertThat(shop.things.size()).isZero();
  }

  @Test
  void shows_itself() throws Exception {
    put("{\"id\": \"1\", \"name\": \"<script>\"}");
    server.faults().add(Fault.cutAfter().on("POST", "/none").from(3).every(2).times(2));
    var page = visitor.get("/?q=script");
    assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
    assertThat(page.body())
        .contains("Shop &lt;1&gt;")
        .contains("&lt;script&gt;")
        .doesNotContain("<script")
        .contains("/things/bulk")
        .contains("from call 3, one in 2, 2 times");
    assertThat(visitor.get("/?q=absent").body()).doesNotContain("&lt;script&gt;");

    var state = visitor.json(visitor.get("/_state"));
    assertThat(state.path("holdings").path("things").path("created").asInt()).isEqualTo(1);
    assertThat(state.path("limit").path("calls").asInt()).isEqualTo(100);
    assertThat(state.path("calls").path("by_route").path("POST /things/bulk 200").asInt())
        .isEqualTo(1);
    var calls = visitor.json(visitor.get("/_calls")).path("calls");
    assertThat(calls.path(0).path("tenant").stringValue()).isEqualTo("a");
    visitor.send("DELETE", "/_calls", "");
    assertThat(server.log().calls()).isZero();
  }

  @Test
  void says_which_port_is_taken() {
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(
            () -> RemoteServer.start(shop, RemoteSettings.usual().port(server.uri().getPort())))
        .withMessageContaining("Shop <1> cannot listen on port " + server.uri().getPort());
  }

  private String put(String thing) throws Exception {
    var answer = visitor.send("POST", BULK, "{\"things\": [" + thing + "]}");
    return visitor.json(answer).path("results").path(0).path("status").stringValue();
  }
}

package dev.entrepot.simulators.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.core.JacksonException;

class FaultsTest {
  private static final String BULK = "/things/bulk";
  private static final String TWO =
      """
      {"things": [{"id": "1", "name": "good"}, {"id": "2", "name": "to REJECT"}]}
      """;

  private final Shop shop = new Shop();
  private final RemoteServer server = RemoteServer.start(shop, RemoteSettings.unlimited());
  private final Visitor visitor = new Visitor(server.uri(), "key-a");

  @AfterEach
  void close() {
    visitor.close();
    server.close();
  }

  @Test
  void are_done_in_their_turn() throws Exception {
    server.faults().add(Fault.answer(503).on("POST", "*/bulk").from(2).every(2).times(2));
    assertThat(visitor.get("/things?ids=1").statusCode()).isEqualTo(200);
    var statuses = new ArrayList<Integer>();
    for (int i = 0; i < 7; i++) {
      statuses.add(visitor.send("POST", BULK, TWO).statusCode());
    }
    assertThat(statuses).isEqualTo(List.of(200, 503, 200, 503, 200, 200, 200));
    var armed = server.faults().armed().getFirst();
    assertThat(armed.done()).isEqualTo(2);
    assertThat(armed.seen()).isEqualTo(7);
    assertThat(armed.spent()).isTrue();
    assertThat(server.log().calls("POST /things/bulk", 503)).isEqualTo(2);
    assertThat(shop.things.effects()).isEqualTo(new EffectCounts(2, 0, 8));
  }

  @Test
  void may_be_of_one_tenant_and_say_when_to_come_again() throws Exception {
    server.faults().add(Fault.answer(429, Duration.ofSeconds(7)).tenant("a"));
    var refused = visitor.send("POST", BULK, TWO);
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.headers().firstValue("Retry-After")).contains("7");
    try (var other = new Visitor(server.uri(), "key-b")) {
      assertThat(other.send("POST", BULK, TWO).statusCode()).isEqualTo(200);
    }
    assertThat(shop.things.size("a")).isZero();
  }

  @Test
  void cut_before_or_after_it_was_carried_out() throws Exception {
    server.faults().add(Fault.cutBefore().times(1));
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> visitor.send("POST", BULK, TWO));
    assertThat(shop.things.size()).isZero();

    server.faults().add(Fault.cutAfter().times(1));
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> visitor.send("POST", BULK, TWO));
    assertThat(shop.things.size()).isEqualTo(2);
    assertThat(server.log().calls("POST /things/bulk", 0)).isEqualTo(2);
    assertThat(server.log().last())
        .extracting(CallLog.Entry::fault)
        .containsExactly("cut-before", "cut-after");
  }

  @Test
  @Timeout(60)
  void keep_silent_or_answer_wrongly_after_it_was_carried_out() throws Exception {
    server.faults().add(Fault.silentAfter().times(1));
    assertThatExceptionOfType(HttpTimeoutException.class)
        .isThrownBy(() -> visitor.send("POST", BULK, TWO, Duration.ofSeconds(5)));
    while (server.log().calls() == 0) {
      LockSupport.parkNanos(5_000_000);
    }
    assertThat(shop.things.effects().created()).isEqualTo(2);

    server.faults().add(Fault.answerAfter(504).times(1));
    assertThat(visitor.send("POST", BULK, TWO).statusCode()).isEqualTo(504);
    assertThat(shop.things.effects().unchanged()).isEqualTo(2);
  }

  @Test
  void spoil_the_answer() throws Exception {
    server.faults().add(Fault.malformed().times(1));
    var malformed = visitor.send("POST", BULK, TWO);
    assertThat(malformed.statusCode()).isEqualTo(200);
    assertThatExceptionOfType(JacksonException.class).isThrownBy(() -> visitor.json(malformed));

    server.faults().add(Fault.truncated().times(1));
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> visitor.send("POST", BULK, TWO));

    server.faults().add(Fault.loseResults(1).times(1));
    var fewer = visitor.json(visitor.send("POST", BULK, TWO));
    assertThat(fewer.path("results").size()).isEqualTo(1);

    server.faults().add(Fault.drip(Duration.ofMillis(1)).times(1));
    var dripped = visitor.json(visitor.send("POST", BULK, TWO));
    assertThat(dripped.path("results").size()).isEqualTo(2);
    assertThat(shop.things.effects()).isEqualTo(new EffectCounts(2, 0, 6));
  }

  @Test
  void reject_items() throws Exception {
    server.faults().add(Fault.rejectItems("name", "REJECT"));
    var answer = visitor.send("POST", BULK, TWO);
    assertThat(answer.statusCode()).isEqualTo(207);
    var results = visitor.json(answer).path("results");
    assertThat(results.path(0).path("status").stringValue()).isEqualTo("created");
    assertThat(results.path(1).path("status").stringValue()).isEqualTo("rejected");
    assertThat(results.path(1).path("error").path("code").stringValue()).isEqualTo("REJECTED");
  }

  @Test
  void a_delay_goes_with_other_harm() throws Exception {
    server.faults().add(Fault.delay(Duration.ofMillis(30)));
    server.faults().add(Fault.answer(500).times(1));
    assertThat(visitor.send("POST", BULK, TWO).statusCode()).isEqualTo(500);
    assertThat(visitor.send("POST", BULK, TWO).statusCode()).isEqualTo(200);
    assertThat(server.log().last())
        .allSatisfy(call -> assertThat(call.took()).isGreaterThanOrEqualTo(Duration.ofMillis(30)));
  }

  @Test
  void wait_for_their_turn_when_another_ends_the_call() throws Exception {
    server.faults().add(Fault.answer(500).times(1));
    server.faults().add(Fault.answer(502).times(1));
    assertThat(visitor.send("POST", BULK, TWO).statusCode()).isEqualTo(500);
    assertThat(visitor.send("POST", BULK, TWO).statusCode()).isEqualTo(502);
    assertThat(visitor.send("POST", BULK, TWO).statusCode()).isEqualTo(200);
  }

  @Test
  void are_armed_by_http() throws Exception {
    for (var name : FaultJson.NAMES) {
      var body = "{\"do\": \"%s\", \"path\": \"/never\", \"text\": \"x\"}".formatted(name);
      assertThat(visitor.send("POST", "/_faults", body).statusCode()).isEqualTo(201);
    }
    var list = visitor.json(visitor.get("/_faults")).path("faults");
    assertThat(list.values().stream().map(fault -> fault.path("do").stringValue()))
        .isEqualTo(FaultJson.NAMES);
    visitor.send("DELETE", "/_faults", "");
    assertThat(server.faults().armed()).isEmpty();

    var id =
        visitor.json(
            visitor.send(
                "POST",
                "/_faults",
                """
                {"do": "answer", "status": 500, "path": "/things/bulk", "times": 1, "retry_after": 9}
                """));
    var failed = visitor.send("POST", BULK, TWO);
    assertThat(failed.statusCode()).isEqualTo(500);
    assertThat(failed.headers().firstValue("Retry-After")).contains("9");
    assertThat(visitor.send("DELETE", "/_faults/" + id.path("id").asInt(), "").statusCode())
        .isEqualTo(200);
    assertThat(visitor.send("DELETE", "/_faults/99", "").statusCode()).isEqualTo(404);
    var unknown = visitor.send("POST", "/_faults", "{\"do\": \"nonsense\"}");
    assertThat(unknown.statusCode()).isEqualTo(400);
    assertThat(unknown.body()).contains("nonsense").contains("cut-after");
  }

  @Test
  void are_armed_by_the_form_of_the_page() throws Exception {
    var armed =
        visitor.form(
            "/_faults", "do=answer&method=&path=&status=502&ms=&text=&from=1&every=1&times=1");
    assertThat(armed.statusCode()).isEqualTo(303);
    assertThat(visitor.send("POST", BULK, TWO).statusCode()).isEqualTo(502);
    assertThat(visitor.form("/_disarm", "id=1").statusCode()).isEqualTo(303);
    assertThat(visitor.form("/_faults", "{\"do\": \"cut-before\"}").statusCode()).isEqualTo(201);
    assertThat(visitor.form("/_disarm", "id=2").statusCode()).isEqualTo(303);
    assertThat(server.faults().armed()).isEmpty();
  }
}

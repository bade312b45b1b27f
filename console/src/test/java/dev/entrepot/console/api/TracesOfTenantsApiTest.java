package dev.entrepot.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.console.InboxWorld;
import dev.entrepot.console.TestClient;
import dev.entrepot.console.TestClient.Reply;
import dev.entrepot.console.TestConsole;
import dev.entrepot.console.access.Role;
import dev.entrepot.inbox.connections.ConnectionDraft;
import dev.entrepot.inbox.lanes.EventState;
import dev.entrepot.spi.event.Body;
import dev.entrepot.spi.event.Delivery;
import dev.entrepot.spi.event.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Two tenants have equal keys: what is told and done of the one's says and does nothing of the
/// other's.
class TracesOfTenantsApiTest {
  private static final TestConsole CONSOLE = new TestConsole();
  private static final InboxWorld WORLD = new InboxWorld(CONSOLE);
  private static final TestClient OPERATOR = CONSOLE.program(Role.OPERATOR, null);

  @BeforeAll
  static void furnish() {
    var _ =
        CONSOLE
            .inbox()
            .connections()
            .create(
                TestConsole.TEST,
                ConnectionDraft.of("elsewhere", "second", "plain", Map.of()),
                "right");
  }

  @AfterAll
  static void close() {
    CONSOLE.close();
  }

  /// By the second tenant's connection.
  private static void settledElsewhere(String id, String body) {
    var _ =
        CONSOLE
            .inbox()
            .intake()
            .accept(
                "elsewhere",
                new Delivery(Headers.of(Map.of("Secret", "right", "Id", id)), Body.of(body)));
    InboxWorld.await(() ->
        found("/inbox/events?connection=elsewhere&id=" + id).path("items").size() == 1
            && WORLD.state(
                    found("/inbox/events?connection=elsewhere&id=" + id)
                        .at("/items/0/position")
                        .asString())
                != EventState.State.ACCEPTED);
  }

  private static JsonNode found(String path) {
    Reply reply = OPERATOR.get("/api/v1" + path);
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return reply.json();
  }

  private static List<String> texts(JsonNode items, String name) {
    List<String> texts = new ArrayList<>();
    items.forEach(item -> texts.add(item.path(name).asString("")));
    return texts;
  }

  @Test
  void aTraceTellsOfOneTenantsEventsAlone() {
    WORLD.settled("shared", "{\"order\": 1}");
    settledElsewhere("shared", "{\"order\": 2}");
    JsonNode all = found("/trace/plain%2Fshared").path("steps");
    assertThat(texts(all, "tenant")).contains("main", "second");
    JsonNode own = found("/trace/plain%2Fshared?tenant=second").path("steps");
    assertThat(texts(own, "what")).containsExactly("received", "written", "in the hot store");
    assertThat(texts(own, "tenant")).containsOnly("second");
    assertThat(found("/trace/plain%2Fshared?tenant=nobody").path("steps")).isEmpty();
  }

  @Test
  void theHotStoresStepIsDatedWhenItWasApplied() {
    String position = WORLD.settled("applied", "{\"order\": 1}");
    JsonNode steps = found("/trace/plain%2Fapplied").path("steps");
    assertThat(texts(steps, "what")).containsExactly("received", "written", "in the hot store");
    assertThat(steps.get(2).path("at"))
        .isEqualTo(found("/inbox/events/" + position).path("settled_at"))
        .isNotEqualTo(steps.get(0).path("at"));
  }

  @Test
  void actsUponOneTenantsDeadLettersTouchNoOthers() {
    WORLD.settled("doubled", "poison");
    settledElsewhere("doubled", "poison");
    String letters = "/inbox/dead-letters?key=plain/doubled";
    assertThat(found(letters).path("items")).hasSize(2);
    assertThat(texts(found(letters + "&tenant=second").path("items"), "connection"))
        .containsExactly("elsewhere");
    assertThat(
            found("/inbox/dead-letters/causes?key=plain/doubled&tenant=second")
                .at("/items/0/letters")
                .asInt())
        .isEqualTo(1);
    String plans = "/api/v1/inbox/dead-letters/plans";
    String skip = "{\"act\":\"skip\",\"reason\":\"of no use\",\"key\":\"plain/doubled\"%s}";
    Reply unclear = OPERATOR.post(plans, skip.formatted(""));
    assertThat(unclear.status()).as(unclear.text()).isEqualTo(422);
    assertThat(unclear.text()).contains("several tenants: main, second");
    Reply planned = OPERATOR.post(plans, skip.formatted(",\"tenant\":\"second\""));
    assertThat(planned.json().path("letters").asInt()).as(planned.text()).isEqualTo(1);
    String plan = planned.json().path("id").asString();
    assertThat(OPERATOR.post(plans + "/" + plan + "/apply", "{}").json().path("skipped").asInt())
        .isEqualTo(1);
    assertThat(texts(found(letters).path("items"), "connection")).containsExactly("shop");
  }
}

package dev.entrepot.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.console.InboxWorld;
import dev.entrepot.console.TestClient;
import dev.entrepot.console.TestClient.Reply;
import dev.entrepot.console.TestConsole;
import dev.entrepot.console.access.Role;
import dev.entrepot.inbox.lanes.EventState;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What the inbox's lists are narrowed by.
class InboxSearchApiTest {
  private static final TestConsole CONSOLE = new TestConsole();
  private static final InboxWorld WORLD = new InboxWorld(CONSOLE);
  private static final TestClient VIEWER = CONSOLE.program(Role.VIEWER, null);

  @AfterAll
  static void close() {
    CONSOLE.close();
  }

  private static JsonNode found(String path) {
    Reply reply = VIEWER.get("/api/v1/inbox" + path);
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return reply.json();
  }

  @Test
  void eventsAreFoundByTheirState() {
    String rejected = WORLD.settled("state-1", "poison");
    String written = WORLD.settled("state-2", "{\"order\": 1}");
    assertThat(found("/events?state=rejected&id=state-1").at("/items/0/position").asString())
        .isEqualTo(rejected);
    assertThat(found("/events?state=rejected&id=state-2").path("items")).isEmpty();
    assertThat(found("/events?state=written&id=state-2").at("/items/0/position").asString())
        .isEqualTo(written);
    assertThat(VIEWER.get("/api/v1/inbox/events?state=lost").status()).isEqualTo(422);
  }

  @Test
  void aMendedEventIsFoundByWhatItWasHandedOnAs() {
    String position = WORLD.settled("mended-1", "poison");
    long letter = found("/dead-letters?key=plain/mended-1").at("/items/0/id").asLong();
    assertThat(found("/events/" + position).path("handed_on_as").isNull()).isTrue();
    Reply edited =
        CONSOLE
            .program(Role.OPERATOR, null)
            .post(
                "/api/v1/inbox/dead-letters/" + letter + "/edit",
                "{\"body\":\"{\\\"order\\\":1,\\\"about\\\":\\\"other-1\\\"}\",\"edits\":0}");
    assertThat(edited.status()).as(edited.text()).isEqualTo(200);
    InboxWorld.await(() -> WORLD.state(position) == EventState.State.WRITTEN);
    for (String asked :
        List.of("key=plain/mended-1", "key=plain/other-1", "topic=things/other-1")) {
      JsonNode event = found("/events?" + asked).at("/items/0");
      assertThat(event.path("position").asString()).as(asked).isEqualTo(position);
      assertThat(event.path("key").asString()).isEqualTo("plain/mended-1");
      assertThat(event.at("/handed_on_as/key").asString()).isEqualTo("plain/other-1");
      assertThat(event.at("/handed_on_as/topic").asString()).isEqualTo("things/other-1");
      assertThat(found("/dead-letters?state=any&" + asked).at("/items/0/id").asLong())
          .isEqualTo(letter);
    }
    JsonNode steps = VIEWER.get("/api/v1/trace/plain%2Fother-1").json().path("steps");
    assertThat(steps.valueStream().map(step -> step.path("what").asString()).toList())
        .containsExactly("received", "given up", "mended", "written", "in the hot store");
  }

  @Test
  void abandonedCartsAreFoundByHowLongTheyWereLeft() {
    String list = "/entities?tenant=main&type=checkout&abandoned_for=";
    WORLD.settled("cart-1", "{\"checkout\": 1}");
    CONSOLE.clock().advance(Duration.ofMinutes(10));
    assertThat(found(list + "PT5M").at("/items/0/id").asString()).isEqualTo("cart-1");
    assertThat(found(list + "PT1H").path("items")).isEmpty();
    for (String wrong :
        List.of(
            list + "soon",
            list + "PT-1H",
            list + "P9999D",
            list + "PT1H&state=open",
            list.replace("checkout", "order") + "PT1H")) {
      assertThat(VIEWER.get("/api/v1/inbox" + wrong).status()).as(wrong).isEqualTo(422);
    }
  }
}

package dev.entrepot.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.console.InboxWorld;
import dev.entrepot.console.TestClient;
import dev.entrepot.console.TestClient.Reply;
import dev.entrepot.console.TestConsole;
import dev.entrepot.console.access.Role;
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

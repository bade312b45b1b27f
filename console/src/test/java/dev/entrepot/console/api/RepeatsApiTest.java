package dev.entrepot.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.console.InboxWorld;
import dev.entrepot.console.TestClient;
import dev.entrepot.console.TestClient.Reply;
import dev.entrepot.console.TestConsole;
import dev.entrepot.console.access.Role;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Repeated deliveries in the API.
class RepeatsApiTest {
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
  void repeatedDeliveriesAreListedInTheirPlaces() {
    String position = WORLD.settled("came-twice", "{\"order\": 5}");
    WORLD.sent("came-twice", "{\"order\": 5}");
    JsonNode both = found("/events?what=both&key=plain/came-twice").path("items");
    assertThat(both.valueStream().map(item -> item.path("state").asString()))
        .containsExactly("duplicate", "written");
    JsonNode again = both.get(0);
    assertThat(again.path("duplicate_of").asString()).isEqualTo(position);
    assertThat(again.path("external_id").asString()).isEqualTo("came-twice");
    assertThat(again.path("key").asString()).isEqualTo("plain/came-twice");
    assertThat(again.path("verified").asString()).isEqualTo("signature");
    assertThat(both.get(1).path("duplicate_of").isNull()).isTrue();
    assertThat(both.get(1).path("verified").asString()).isEqualTo("signature");
    String place = again.path("position").asString();
    JsonNode page = found("/events?what=both&key=plain/came-twice&limit=1");
    assertThat(page.at("/items/0/position").asString()).isEqualTo(place);
    JsonNode next =
        found("/events?what=both&key=plain/came-twice&cursor=" + page.path("next").asString());
    assertThat(next.path("items")).hasSize(1);
    assertThat(next.at("/items/0/position").asString()).isEqualTo(position);
    assertThat(found("/events?key=plain/came-twice").path("items")).hasSize(1);
    assertThat(found("/events?what=duplicates&connection=shop&id=came-twice").path("items"))
        .hasSize(1);
    Reply none = VIEWER.get("/api/v1/inbox/events/" + place);
    assertThat(none.status()).isEqualTo(404);
    assertThat(none.text()).contains("is a repeated delivery", position);
    assertThat(VIEWER.get("/api/v1/inbox/events?what=all").status()).isEqualTo(422);
  }
}

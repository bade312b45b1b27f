package dev.entrepot.console.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.console.InboxWorld;
import dev.entrepot.console.TestClient;
import dev.entrepot.console.TestClient.Reply;
import dev.entrepot.console.TestConsole;
import dev.entrepot.console.access.Role;
import dev.entrepot.inbox.delivery.DeliveryFilter;
import dev.entrepot.inbox.delivery.DeliveryState;
import dev.entrepot.inbox.delivery.EventDelivery;
import dev.entrepot.inbox.log.Positions;
import dev.entrepot.kit.outbound.Receiver;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Destinations and deliveries in the console and the API, posted to a receiver that is really
/// there.
class DestinationPagesTest {
  private static final TestConsole CONSOLE = new TestConsole();
  private static final InboxWorld WORLD = new InboxWorld(CONSOLE);
  private static final Receiver RECEIVER = new Receiver(Receiver.status(204));
  private static final TestClient ADMIN = CONSOLE.program(Role.ADMIN, null);
  private static final TestClient OPERATOR = CONSOLE.program(Role.OPERATOR, null);
  private static final TestClient VIEWER = CONSOLE.program(Role.VIEWER, null);

  @BeforeAll
  static void furnish() {
    CONSOLE.account("admin@example.com", Role.ADMIN, null);
    CONSOLE.account("viewer@example.com", Role.VIEWER, null);
  }

  @AfterAll
  static void close() {
    RECEIVER.close();
    CONSOLE.close();
  }

  private static Visit by(String name) {
    return Visit.of(CONSOLE, name + "@example.com");
  }

  private static String shown(Visit visit, String path) {
    Reply reply = visit.open(path);
    assertThat(reply.status()).as(path + ": " + reply.text()).isEqualTo(200);
    return reply.text();
  }

  private static Reply made(String name, String path) {
    return ADMIN.post(
        "/api/v1/destinations",
        "{\"name\":\"%s\",\"tenant\":\"main\",\"url\":\"%s\"}".formatted(name, RECEIVER.url(path)));
  }

  private static EventDelivery delivery(String position, String destination) {
    return CONSOLE
        .inbox()
        .deliveries()
        .list(DeliveryFilter.ofEvent(Positions.parse(position)), null, 100)
        .items()
        .stream()
        .filter(one -> one.destination().equals(destination))
        .findFirst()
        .orElseThrow();
  }

  private static void awaitState(String position, String destination, DeliveryState state) {
    InboxWorld.await(() -> delivery(position, destination).state() == state);
  }

  @Test
  void destinationsAreMadeChangedAndTestedByWhoMay() {
    String wanted =
        "{\"name\":\"erp\",\"tenant\":\"other\",\"url\":\"%s\"}".formatted(RECEIVER.url("/erp"));
    assertThat(OPERATOR.post("/api/v1/destinations", wanted).status()).isEqualTo(403);
    Reply made = ADMIN.post("/api/v1/destinations", wanted);
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    assertThat(made.json().path("secret").asString()).startsWith("whsec_");
    assertThat(ADMIN.post("/api/v1/destinations", wanted).status()).isEqualTo(409);
    assertThat(VIEWER.get("/api/v1/destinations").text()).doesNotContain("whsec_");
    String changed =
        "{\"tenant\":\"other\",\"title\":\"The ERP\",\"url\":\"%s\",\"topics\":[\"orders/*\"],"
                .formatted(RECEIVER.url("/erp"))
            + "\"connections\":[],\"state\":\"paused\"}";
    assertThat(ADMIN.put("/api/v1/destinations/erp", changed).status()).isEqualTo(422);
    Reply updated =
        ADMIN.with("If-Match", made.header("ETag")).put("/api/v1/destinations/erp", changed);
    assertThat(updated.status()).as(updated.text()).isEqualTo(200);
    assertThat(updated.json().path("state").asString()).isEqualTo("paused");
    Reply rotated = ADMIN.post("/api/v1/destinations/erp/secret", "{\"overlap\":\"PT1H\"}");
    assertThat(rotated.json().path("secret").asString()).startsWith("whsec_");
    assertThat(rotated.json().path("secrets")).hasSize(2);
    assertThat(VIEWER.post("/api/v1/destinations/erp/test", "{}").status()).isEqualTo(403);
    JsonNode tested = OPERATOR.post("/api/v1/destinations/erp/test", "{}").json();
    assertThat(tested.path("taken").asBoolean()).isTrue();
    assertThat(ADMIN.get("/api/v1/destinations/nothing").status()).isEqualTo(404);
    assertThat(ADMIN.get("/api/v1/deliveries/nothing").status()).isEqualTo(404);
    Reply unsafe =
        ADMIN.post(
            "/api/v1/destinations", "{\"name\":\"bad\",\"tenant\":\"main\",\"url\":\"ftp://x/\"}");
    assertThat(unsafe.status()).isEqualTo(422);
  }

  @Test
  void whatIsGivenUpIsShownAndTriedAgain() {
    assertThat(made("gone", "/gone").status()).isEqualTo(201);
    RECEIVER.answer(exchange -> {
      boolean gone = exchange.getRequestURI().getPath().equals("/gone");
      exchange.sendResponseHeaders(gone ? 410 : 204, -1);
    });
    String position = WORLD.settled("lost", "{\"order\":1.10}");
    awaitState(position, "gone", DeliveryState.DEAD);
    String id = delivery(position, "gone").id().text();
    JsonNode one = VIEWER.get("/api/v1/deliveries/" + id).json();
    assertThat(one.at("/delivery/state").asString()).isEqualTo("dead");
    assertThat(one.at("/attempts/0/status").asInt()).isEqualTo(410);
    assertThat(VIEWER.get("/api/v1/deliveries?state=dead&event=" + position).json().path("items"))
        .hasSize(1);
    assertThat(OPERATOR.post("/api/v1/deliveries/" + id + "/retry", "{}").status()).isEqualTo(409);

    Visit viewer = by("viewer");
    assertThat(shown(viewer, "/inbox/destinations")).contains("gone", "Disabled");
    assertThat(shown(viewer, "/inbox/destinations/gone"))
        .contains("410 Gone", id)
        .doesNotContain("Send a test");
    assertThat(shown(viewer, "/inbox/deliveries/" + id)).contains("Given up", "410");
    assertThat(shown(viewer, "/inbox/events/" + position)).contains("Delivered to", id);
    assertThat(viewer.post("/inbox/deliveries/" + id + "/retry").status()).isEqualTo(403);

    RECEIVER.answer(Receiver.status(204));
    Visit admin = by("admin");
    String version =
        String.valueOf(CONSOLE.inbox().destinations().find("gone").orElseThrow().revision());
    Reply enabled =
        admin.post(
            "/inbox/destinations/gone",
            "title",
            "Gone",
            "tenant",
            "main",
            "url",
            RECEIVER.url("/gone"),
            "state",
            "ENABLED",
            "topics",
            "",
            "connections",
            "",
            "version",
            version);
    assertThat(enabled.status()).as(enabled.text()).isEqualTo(303);
    assertThat(admin.post("/inbox/deliveries/" + id + "/retry").status()).isEqualTo(303);
    awaitState(position, "gone", DeliveryState.DELIVERED);
    assertThat(admin.post("/inbox/destinations/gone/retry").status()).isEqualTo(303);
    assertThat(admin.post("/inbox/destinations/gone/test").status()).isEqualTo(303);
  }

  @Test
  void aSecretThatWasMadeIsShownOnce() {
    Visit admin = by("admin");
    assertThat(shown(admin, "/inbox/new-destination")).contains("Make the destination");
    Reply made =
        admin.post(
            "/inbox/destinations",
            "name",
            "crm",
            "tenant",
            "nobody",
            "url",
            RECEIVER.url("/crm"),
            "topics",
            "orders/*");
    assertThat(made.text()).contains("whsec_", "I have copied it");
    assertThat(shown(admin, "/inbox/destinations/crm")).doesNotContain("whsec_A");
    Reply refused =
        admin.post("/inbox/destinations", "name", "crm", "tenant", "nobody", "url", "nowhere");
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.text()).contains("is not a webhook address");
    Reply rotated = admin.post("/inbox/destinations/crm/secret", "overlap", "1");
    assertThat(rotated.text()).contains("whsec_");
  }
}

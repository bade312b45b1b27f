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
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// A destination that wants no more is disabled; what passes it by meanwhile is told and sent once
/// it is enabled again, to it alone.
class MissedPagesTest {
  private static final TestConsole CONSOLE = new TestConsole();
  private static final InboxWorld WORLD = new InboxWorld(CONSOLE);
  private static final AtomicBoolean GONE = new AtomicBoolean(true);
  private static final Receiver RECEIVER = new Receiver(Receiver.status(204));
  private static final TestClient ADMIN = CONSOLE.program(Role.ADMIN, null);
  private static final TestClient OPERATOR = CONSOLE.program(Role.OPERATOR, null);
  private static final String MISSED = "/api/v1/destinations/crm/missed";

  @BeforeAll
  static void furnish() {
    CONSOLE.account("operator@example.com", Role.OPERATOR, null);
    RECEIVER.answer(exchange -> {
      boolean gone = GONE.get() && exchange.getRequestURI().getPath().equals("/crm");
      exchange.sendResponseHeaders(gone ? 410 : 204, -1);
    });
    made("crm");
    made("erp");
  }

  @AfterAll
  static void close() {
    RECEIVER.close();
    CONSOLE.close();
  }

  private static void made(String name) {
    Reply made =
        ADMIN.post(
            "/api/v1/destinations",
            "{\"name\":\"%s\",\"tenant\":\"main\",\"url\":\"%s\"}"
                .formatted(name, RECEIVER.url("/" + name)));
    assertThat(made.status()).as(made.text()).isEqualTo(201);
  }

  private static JsonNode missed() {
    Reply reply = OPERATOR.get(MISSED);
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return reply.json();
  }

  private static List<DeliveryState> deliveries(String position, String destination) {
    return CONSOLE
        .inbox()
        .deliveries()
        .list(DeliveryFilter.ofEvent(Positions.parse(position)), null, 100)
        .items()
        .stream()
        .filter(one -> one.destination().equals(destination))
        .map(EventDelivery::state)
        .toList();
  }

  private static void enable() {
    Reply crm = ADMIN.get("/api/v1/destinations/crm");
    Reply enabled =
        ADMIN
            .with("If-Match", crm.header("ETag"))
            .put(
                "/api/v1/destinations/crm",
                "{\"tenant\":\"main\",\"title\":\"CRM\",\"url\":\"%s\",\"topics\":[],\"connections\":[],\"state\":\"enabled\"}"
                    .formatted(RECEIVER.url("/crm")));
    assertThat(enabled.status()).as(enabled.text()).isEqualTo(200);
  }

  @Test
  void whatPassedItByIsToldAndSentOnceItIsEnabledAgain() {
    assertThat(missed().path("since").isNull()).isTrue();
    String last = WORLD.settled("last", "{\"n\": 0}");
    InboxWorld.await(() -> deliveries(last, "crm").equals(List.of(DeliveryState.DEAD)));
    String first = WORLD.settled("missed-1", "{\"n\": 1}");
    String second = WORLD.settled("missed-2", "{\"n\": 2}");
    assertThat(deliveries(first, "crm")).isEmpty();

    JsonNode told = missed();
    assertThat(told.path("events").asInt()).isEqualTo(2);
    assertThat(told.path("until").isNull()).isTrue();
    assertThat(told.path("sample").valueStream().map(JsonNode::asString).toList())
        .containsExactly(first, second);
    Visit operator = Visit.of(CONSOLE, "operator@example.com");
    String page = "/inbox/destinations/crm";
    assertThat(operator.open(page).text())
        .contains("2 events passed it by since it was disabled. Enable it");
    Reply early = OPERATOR.post(MISSED, "{}");
    assertThat(early.status()).as(early.text()).isEqualTo(409);
    assertThat(early.text()).contains("enable it first");

    GONE.set(false);
    enable();
    String later = WORLD.settled("later", "{\"n\": 3}");
    assertThat(missed().path("events").asInt()).isEqualTo(2);
    assertThat(missed().path("until").isNull()).isFalse();
    assertThat(operator.open(page).text()).contains("They can be sent now.", page + "/missed");
    assertThat(operator.open(page + "/missed").text()).contains("Send 2 events", first, second);
    Reply sent = operator.post(page + "/missed");
    assertThat(sent.header("Location")).startsWith("/inbox/replays/");
    for (String event : List.of(first, second, later)) {
      InboxWorld.await(() -> deliveries(event, "crm").equals(List.of(DeliveryState.DELIVERED)));
      InboxWorld.await(() -> deliveries(event, "erp").equals(List.of(DeliveryState.DELIVERED)));
    }
    assertThat(missed().path("events").asInt()).isZero();
    assertThat(OPERATOR.post(MISSED, "{}").status()).isEqualTo(409);
    assertThat(operator.open(page).text()).doesNotContain("passed it by");
  }
}

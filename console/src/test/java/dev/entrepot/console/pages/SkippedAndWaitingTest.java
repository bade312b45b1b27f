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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What somebody skipped is not handed on unasked; what waits to be delivered can be hastened; who
/// there is not is told of nothing.
class SkippedAndWaitingTest {
  private static final TestConsole CONSOLE = new TestConsole();
  private static final InboxWorld WORLD = new InboxWorld(CONSOLE);
  private static final Receiver RECEIVER = new Receiver(Receiver.status(500));
  private static final TestClient ADMIN = CONSOLE.program(Role.ADMIN, null);
  private static final TestClient OPERATOR = CONSOLE.program(Role.OPERATOR, null);

  @BeforeAll
  static void furnish() {
    CONSOLE.account("operator@example.com", Role.OPERATOR, null);
  }

  @AfterAll
  static void close() {
    RECEIVER.close();
    CONSOLE.close();
  }

  private static JsonNode done(String path, String body, int status) {
    Reply reply = OPERATOR.post("/api/v1" + path, body);
    assertThat(reply.status()).as(reply.text()).isEqualTo(status);
    return reply.json();
  }

  @Test
  void aReplayLeavesOutWhatWasSkippedUnlessItIsAskedFor() {
    String position = WORLD.settled("skipped-1", "poison");
    JsonNode letter =
        OPERATOR.get("/api/v1/inbox/dead-letters?key=plain/skipped-1").json().at("/items/0");
    assertThat(letter.path("tenant").asString()).isEqualTo("main");
    assertThat(letter.path("handed_on_as").isNull()).isTrue();
    assertThat(OPERATOR.get("/api/v1/inbox/dead-letters/causes").json().at("/items/0/tenants"))
        .hasToString("[\"main\"]");
    long number = letter.path("id").asLong();
    done("/inbox/dead-letters/" + number + "/skip", "{\"reason\":\"cancelled\"}", 200);

    String wish = "{\"key\":\"plain/skipped-1\"}";
    JsonNode preview = done("/inbox/replays/preview", wish, 200);
    assertThat(preview.path("events").asInt()).isZero();
    assertThat(preview.at("/skipped/events").asInt()).isOne();
    assertThat(preview.at("/skipped/sample/0/event").asString()).isEqualTo(position);
    assertThat(preview.at("/skipped/sample/0/letter").asLong()).isEqualTo(number);
    assertThat(preview.at("/skipped/sample/0/reason").asString()).isEqualTo("cancelled");
    assertThat(done("/inbox/replays", wish, 422).toString()).contains("somebody skipped it");

    Visit operator = Visit.of(CONSOLE, "operator@example.com");
    Reply page = operator.open("/inbox/events/" + position + "/replay");
    assertThat(page.text())
        .contains("somebody skipped: left out", "cancelled", "Look again, with them")
        .doesNotContain("Hand on 1 event");
    Reply again =
        operator.post("/inbox/replays/preview", "event", position, "with_skipped", "true");
    assertThat(again.text()).contains("Hand on 1 event", "name=\"with_skipped\" value=\"true\"");

    JsonNode replay =
        done("/inbox/replays", "{\"key\":\"plain/skipped-1\",\"with_skipped\":true}", 201);
    assertThat(replay.path("events").asInt()).isOne();
    assertThat(replay.path("left_out").asInt()).isZero();
  }

  @Test
  void whatWaitsToBeDeliveredIsTriedNow() {
    Reply made =
        ADMIN.post(
            "/api/v1/destinations",
            "{\"name\":\"crm\",\"tenant\":\"main\",\"url\":\"%s\"}"
                .formatted(RECEIVER.url("/crm")));
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    String event = WORLD.settled("waits-1", "{\"order\": 1}");
    InboxWorld.await(() -> waiting(event, 1));
    String id = delivery(event).id().text();
    Visit operator = Visit.of(CONSOLE, "operator@example.com");
    assertThat(operator.open("/inbox/deliveries/" + id).text()).contains("Try now");
    assertThat(operator.post("/inbox/deliveries/" + id + "/retry").status()).isEqualTo(303);
    InboxWorld.await(() -> waiting(event, 2));
    assertThat(operator.open("/inbox/destinations/crm").text()).contains("Try waiting ones now");
    assertThat(operator.post("/inbox/destinations/crm/hasten").status()).isEqualTo(303);
    InboxWorld.await(() -> waiting(event, 3));
    RECEIVER.answer(Receiver.status(204));
    assertThat(
            done("/destinations/crm/retry", "{\"state\":\"waiting\"}", 200).path("retried").asInt())
        .isOne();
    InboxWorld.await(() -> delivery(event).state() == DeliveryState.DELIVERED);
  }

  private static boolean waiting(String event, int attempts) {
    EventDelivery delivery = delivery(event);
    return delivery.state() == DeliveryState.WAITING && delivery.attempts() == attempts;
  }

  private static EventDelivery delivery(String event) {
    List<EventDelivery> found =
        CONSOLE
            .inbox()
            .deliveries()
            .list(DeliveryFilter.ofEvent(Positions.parse(event)), null, 10)
            .items();
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  @Test
  void thereAreNoRulesOfATenantThatThereIsNot() {
    String wish =
        "{\"tenant\":\"mian\",\"name\":\"Disputes\",\"active\":true,\"condition\":{\"kind\":\"dispute_opened\"}}";
    assertThat(done("/inbox/alert-rules", wish, 422).toString())
        .contains("there is no tenant", "mian", "there are: main");
    assertThat(
            done(
                    "/inbox/alert-recipients",
                    "{\"tenant\":\"mian\",\"channel\":\"mail\",\"address\":\"a@example.com\"}",
                    422)
                .toString())
        .contains("there are: main");
  }
}

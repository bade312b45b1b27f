package dev.entrepot.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.console.InboxWorld;
import dev.entrepot.console.TestClient;
import dev.entrepot.console.TestClient.Reply;
import dev.entrepot.console.TestConsole;
import dev.entrepot.console.access.Role;
import dev.entrepot.inbox.lanes.EventState.State;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The inbox's part of the API, with a sender, lanes and a hot store that really work.
class InboxApiTest {
  private static final TestConsole CONSOLE = new TestConsole();
  private static final InboxWorld WORLD = new InboxWorld(CONSOLE);
  private static final TestClient ADMIN = CONSOLE.program(Role.ADMIN, null);
  private static final TestClient OPERATOR = CONSOLE.program(Role.OPERATOR, null);
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

  private static JsonNode done(TestClient client, String path, String json) {
    Reply reply = client.post("/api/v1/inbox" + path, json);
    assertThat(reply.status()).as(reply.text()).isBetween(200, 201);
    return reply.json();
  }

  @Test
  void connectionsAreMadeChangedAndGivenSecretsThatNobodySees() {
    assertThat(found("/kinds").at("/items/0/kind").asString()).isEqualTo("plain");
    String wanted =
        "{\"name\":\"made\",\"tenant\":\"main\",\"kind\":\"plain\",\"secret\":\"first-secret\"}";
    assertThat(OPERATOR.post("/api/v1/inbox/connections", wanted).status()).isEqualTo(403);
    Reply made = ADMIN.post("/api/v1/inbox/connections", wanted);
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    assertThat(made.json().path("address").asString()).isEqualTo("/hooks/made");
    assertThat(ADMIN.post("/api/v1/inbox/connections", wanted).status()).isEqualTo(409);

    String changed =
        "{\"tenant\":\"main\",\"kind\":\"plain\",\"title\":\"Made\",\"settings\":{},\"state\":\"paused\","
            + "\"most_body_bytes\":1000,\"dead_letters\":\"park\"}";
    Reply unversioned = ADMIN.put("/api/v1/inbox/connections/made", changed);
    assertThat(unversioned.status()).isEqualTo(422);
    Reply updated =
        ADMIN.with("If-Match", made.header("ETag")).put("/api/v1/inbox/connections/made", changed);
    assertThat(updated.status()).as(updated.text()).isEqualTo(200);
    assertThat(updated.json().path("state").asString()).isEqualTo("paused");
    assertThat(
            ADMIN
                .with("If-Match", made.header("ETag"))
                .put("/api/v1/inbox/connections/made", changed)
                .status())
        .isEqualTo(409);

    JsonNode rotated =
        done(ADMIN, "/connections/made/secret", "{\"secret\":\"next\",\"overlap\":\"PT1H\"}");
    assertThat(rotated.path("secrets")).hasSize(2);
    assertThat(rotated.at("/secrets/1/valid_until").isNull()).isFalse();
    assertThat(found("/connections").toString()).doesNotContain("first-secret", "\"next-");
  }

  @Test
  void anOlderSecretIsDroppedButNotTheNewest() {
    String wanted =
        "{\"name\":\"drops\",\"tenant\":\"main\",\"kind\":\"plain\","
            + "\"secret\":\"long-enough-to-be-told-1234\"}";
    assertThat(ADMIN.post("/api/v1/inbox/connections", wanted).json().at("/secrets/0/ends_with"))
        .hasToString("\"1234\"");
    String path = "/api/v1/inbox/connections/drops/secrets/";
    Reply newest = ADMIN.delete(path + 1);
    assertThat(newest.status()).isEqualTo(409);
    assertThat(newest.text()).contains("secret 1 is the newest");
    done(ADMIN, "/connections/drops/secret", "{\"secret\":\"short\"}");
    assertThat(OPERATOR.delete(path + 1).status()).isEqualTo(403);
    Reply dropped = ADMIN.delete(path + 1);
    assertThat(dropped.status()).as(dropped.text()).isEqualTo(200);
    assertThat(dropped.json().path("secrets")).hasSize(1);
    assertThat(dropped.json().at("/secrets/0/ends_with").isNull()).isTrue();
    assertThat(ADMIN.delete(path + 1).status()).isEqualTo(404);
    assertThat(ADMIN.delete("/api/v1/inbox/connections/none/secrets/1").status()).isEqualTo(404);
  }

  @Test
  void eventsAreFollowedAsTheyComeAndNoneIsMissed() {
    String start = found("/tail?connection=shop&key=plain/tail-1").path("after").asString();
    String first = WORLD.sent("tail-1", "{\"order\": 1}");
    WORLD.sent("tail-other", "{\"order\": 1}");
    String second = WORLD.sent("tail-2", "{\"order\": 2}");
    JsonNode all = found("/tail?after=" + start);
    assertThat(all.path("items").valueStream().map(e -> e.path("position").asString()))
        .containsSubsequence(first, second);
    JsonNode one = found("/tail?limit=1&after=" + start);
    assertThat(one.path("items")).hasSize(1);
    JsonNode rest = found("/tail?key=plain/tail-2&after=" + one.path("after").asString());
    assertThat(rest.at("/items/0/position").asString()).isEqualTo(second);
    assertThat(rest.path("items")).hasSize(1);
    String end = rest.path("after").asString();
    assertThat(found("/tail?key=plain/tail-2&after=" + end).path("items")).isEmpty();
    assertThat(found("/tail?connection=none&after=" + start).path("items")).isEmpty();
    assertThat(VIEWER.get("/api/v1/inbox/tail?after=x").status()).isEqualTo(422);
  }

  @Test
  void aRemovedConnectionIsGoneForItsSenderButNotItsEvents() {
    String wanted =
        "{\"name\":\"leaves\",\"tenant\":\"main\",\"kind\":\"plain\",\"secret\":\"first-secret\"}";
    assertThat(ADMIN.post("/api/v1/inbox/connections", wanted).status()).isEqualTo(201);
    String event = done(OPERATOR, "/connections/leaves/test", "{}").path("event").asString();
    String path = "/api/v1/inbox/connections/leaves";
    assertThat(OPERATOR.delete(path).status()).isEqualTo(403);
    Reply recent = ADMIN.delete(path);
    assertThat(recent.status()).isEqualTo(409);
    assertThat(recent.text()).contains("leaves received an event at", "confirm");
    assertThat(ADMIN.delete(path + "?confirm=true").status()).isEqualTo(200);
    assertThat(ADMIN.delete(path + "?confirm=true").status()).isEqualTo(410);
    assertThat(VIEWER.get(path).status()).isEqualTo(410);
    assertThat(CONSOLE.client().post("/hooks/leaves", "{}").status()).isEqualTo(410);
    assertThat(found("/connections").toString()).doesNotContain("\"leaves\"");
    assertThat(found("/events?connection=leaves").at("/items/0/position").asString())
        .isEqualTo(event);
    assertThat(ADMIN.post("/api/v1/inbox/connections", wanted).text())
        .contains("leaves was removed", "take another name");
    assertThat(VIEWER.get("/api/v1/activities?subject=connection/leaves").text())
        .contains("connection.remove");
  }

  @Test
  void allFieldsAtFaultAreNamedAtOnce() {
    Reply refused =
        ADMIN.post(
            "/api/v1/destinations",
            "{\"name\":\"C R M\",\"tenant\":\"no tenant\",\"url\":\"ftp://a.example/\"}");
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.json().path("errors").valueStream().map(e -> e.path("field").asString()))
        .containsExactly("name", "tenant", "url");
  }

  @Test
  void anEventTellsItsHistory() {
    String position = WORLD.settled("story", "{\"order\": 12}");
    assertThat(
            found("/events/" + position)
                .path("history")
                .valueStream()
                .map(step -> step.path("what").asString()))
        .containsExactly("received", "written");
  }

  @Test
  void howFetchingGetsOnIsTold() {
    String wanted = "{\"name\":\"queue\",\"tenant\":\"main\",\"kind\":\"waiting\"";
    assertThat(ADMIN.post("/api/v1/inbox/connections", wanted + "}").text())
        .contains("setting place is missing");
    JsonNode _ = done(ADMIN, "/connections", wanted + ",\"settings\":{\"place\":\"pier\"}}");
    InboxWorld.await(() ->
        CONSOLE.inbox().feeds().states("queue").stream().anyMatch(one -> one.problem() != null));
    JsonNode states = found("/connections/queue/feeds").path("items");
    assertThat(states.at("/0/problem").asString()).isEqualTo("there is no pier; mend place");
    assertThat(states.at("/0/node").asString()).isEqualTo("test");
    assertThat(found("/connections/shop/feeds").path("items")).isEmpty();
    assertThat(VIEWER.get("/api/v1/inbox/connections/none/feeds").status()).isEqualTo(404);
  }

  @Test
  void aTestEventIsTakenAsTheSendersWouldBe() {
    assertThat(VIEWER.post("/api/v1/inbox/connections/shop/test", "{}").status()).isEqualTo(403);
    JsonNode result = done(OPERATOR, "/connections/shop/test", "{}");
    assertThat(result.path("kept").asBoolean()).isTrue();
    JsonNode event = found("/events/" + result.path("event").asString());
    assertThat(event.path("external_id").asString()).startsWith("sample-");
    assertThat(event.path("test").asBoolean()).isTrue();
    assertThat(event.at("/headers/secret/0").asString()).startsWith("••••");
    assertThat(event.toString()).doesNotContain("right");
  }

  @Test
  void eventsAreFoundWithWhatBecameOfThem() {
    String position = WORLD.settled("order-1", "{\"order\": 1.10}");
    WORLD.sent("order-1", "{\"order\": 1.10}");
    JsonNode event = found("/events?connection=shop&id=order-1").at("/items/0");
    assertThat(event.path("position").asString()).isEqualTo(position);
    assertThat(event.path("state").asString()).isEqualTo("written");
    assertThat(event.at("/handlers/hot-store").asString()).isEqualTo("written");
    assertThat(event.path("duplicates").asLong()).isOne();
    Reply body = VIEWER.get("/api/v1/inbox/events/" + position + "/body");
    assertThat(body.text()).isEqualTo("{\"order\": 1.10}");
    assertThat(body.header("Content-Type")).startsWith("application/octet-stream");
    assertThat(VIEWER.get("/api/v1/inbox/events/no").status()).isEqualTo(404);
    assertThat(VIEWER.get("/api/v1/inbox/events/1-1").status()).isEqualTo(404);
    assertThat(VIEWER.get("/api/v1/inbox/events?cursor=x").status()).isEqualTo(422);
    assertThat(VIEWER.get("/api/v1/inbox/events?from=yesterday").status()).isEqualTo(422);

    JsonNode entity = found("/entities/main/order/plain/order-1");
    assertThat(VIEWER.get("/api/v1/inbox/entities/main/order/plain/order-1").text())
        .as("numbers are kept as they were written")
        .containsPattern("\"document\" ?: ?\\{\"order\": ?1\\.10}");
    assertThat(entity.path("event").asString()).isEqualTo(position);
    assertThat(found("/entities?tenant=main&type=order").path("items")).isNotEmpty();
    assertThat(
            found("/entities?tenant=main&type=order&by=customer_email&value=JO@example.com")
                .path("items"))
        .isNotEmpty();
    assertThat(VIEWER.get("/api/v1/inbox/entities?type=order").status()).isEqualTo(422);
    assertThat(VIEWER.get("/api/v1/inbox/entities/main/order/plain/none").status()).isEqualTo(404);
  }

  @Test
  void aDeadLetterIsEditedAndTriedAgainOrSkipped() {
    String position = WORLD.settled("bad-1", "poison");
    JsonNode letter = found("/dead-letters?key=plain/bad-1").at("/items/0");
    assertThat(letter.path("event").asString()).isEqualTo(position);
    assertThat(letter.path("handler").asString()).isEqualTo("reading");
    String path = "/dead-letters/" + letter.path("id").asLong();
    assertThat(VIEWER.post("/api/v1/inbox" + path + "/retry", "{}").status()).isEqualTo(403);
    JsonNode edited = done(OPERATOR, path + "/edit", "{\"body\":\"{\\\"order\\\": 2}\"}");
    assertThat(edited.path("edited").asBoolean()).isTrue();
    assertThat(edited.at("/edits/0/body").asString()).isEqualTo("{\"order\": 2}");
    InboxWorld.await(() -> WORLD.state(position) == State.WRITTEN);
    assertThat(found(path).path("state").asString()).isEqualTo("resolved");
    assertThat(OPERATOR.post("/api/v1/inbox" + path + "/skip", "{\"reason\":\"late\"}").status())
        .isEqualTo(409);
    assertThat(VIEWER.get("/api/v1/inbox/dead-letters?cursor=x").status()).isEqualTo(422);
  }

  @Test
  void manyDeadLettersAreDealtWithByAPlanOfTheirCause() {
    List<String> positions =
        List.of(WORLD.settled("many-1", "poison many"), WORLD.settled("many-2", "poison many"));
    assertThat(found("/dead-letters/causes").path("items")).isNotEmpty();
    String wish = "{\"act\":\"skip\",\"key\":\"plain/many-1\",\"reason\":\"no use\"}";
    assertThat(VIEWER.post("/api/v1/inbox/dead-letters/plans", wish).status()).isEqualTo(403);
    assertThat(OPERATOR.post("/api/v1/inbox/dead-letters/plans", "{\"act\":\"skip\"}").status())
        .isEqualTo(422);
    JsonNode plan = done(OPERATOR, "/dead-letters/plans", wish);
    assertThat(plan.path("letters").asLong()).isOne();
    String apply = "/dead-letters/plans/" + plan.path("id").asString() + "/apply";
    assertThat(done(OPERATOR, apply, "{}").toString())
        .isEqualTo("{\"letters\":1,\"resolved\":0,\"failed\":0,\"retrying\":0,\"skipped\":1}");
    assertThat(found("/events/" + positions.getLast()).path("handlers").toString())
        .contains("not_done")
        .doesNotContain("pending");
    assertThat(OPERATOR.post("/api/v1/inbox" + apply, "{}").status()).isEqualTo(404);
    assertThat(WORLD.state(positions.getFirst())).isEqualTo(State.SKIPPED);
    assertThat(WORLD.state(positions.getLast())).isEqualTo(State.REJECTED);
    long left = found("/dead-letters?key=plain/many-2").at("/items/0/id").asLong();
    done(OPERATOR, "/dead-letters/" + left + "/skip", "{\"reason\":\"no use either\"}");
    assertThat(found("/dead-letters/" + left).path("note").asString()).isEqualTo("no use either");
    long again = found("/dead-letters?state=any&key=plain/many-2").at("/items/0/id").asLong();
    assertThat(OPERATOR.post("/api/v1/inbox/dead-letters/" + again + "/retry", "{}").status())
        .isEqualTo(409);
  }

  @Test
  void aKeyIsParkedAndReleased() {
    String park = "{\"key\":\"plain/held\",\"reason\":\"asked the shop\"}";
    assertThat(VIEWER.post("/api/v1/inbox/keys/park", park).status()).isEqualTo(403);
    Reply unseen = OPERATOR.post("/api/v1/inbox/keys/park", park);
    assertThat(unseen.status()).isEqualTo(422);
    assertThat(unseen.text()).contains("no event of key", "plain/held");
    String forced = park.replace("}", ",\"force\":true}");
    assertThat(OPERATOR.post("/api/v1/inbox/keys/park", forced).status()).isEqualTo(204);
    assertThat(OPERATOR.post("/api/v1/inbox/keys/park", forced).status()).isEqualTo(409);
    String position = WORLD.settled("held", "{}");
    assertThat(WORLD.state(position)).isEqualTo(State.PARKED);
    assertThat(found("/keys").toString()).contains("plain/held", "asked the shop");
    assertThat(OPERATOR.post("/api/v1/inbox/keys/release", "{\"key\":\"plain/held\"}").status())
        .isEqualTo(204);
    InboxWorld.await(() -> WORLD.state(position) == State.SKIPPED);
  }

  @Test
  void eventsAreReplayedAfterAPreview() {
    WORLD.settled("again-1", "{\"order\": 7}");
    String wish = "{\"key\":\"plain/again-1\"}";
    JsonNode preview = done(OPERATOR, "/replays/preview", wish);
    assertThat(preview.path("events").asLong()).isOne();
    assertThat(preview.at("/handlers/hot-store/unchanged").asInt()).isOne();
    assertThat(VIEWER.post("/api/v1/inbox/replays", wish).status()).isEqualTo(403);
    assertThat(OPERATOR.post("/api/v1/inbox/replays", "{}").status()).isEqualTo(422);
    String nobody = "{\"key\":\"plain/again-1\",\"handlers\":[\"nosuch\"]}";
    for (String path : List.of("/replays/preview", "/replays")) {
      Reply refused = OPERATOR.post("/api/v1/inbox" + path, nobody);
      assertThat(refused.status()).isEqualTo(422);
      assertThat(refused.text()).contains("there is no handler", "nosuch", "hot-store");
    }
    String backwards = "?from=2027-01-01T00:00:00Z&to=2026-01-01T00:00:00Z";
    assertThat(VIEWER.get("/api/v1/inbox/events" + backwards).status()).isEqualTo(422);
    JsonNode replay = done(OPERATOR, "/replays", wish);
    String path = "/replays/" + replay.path("id").asString();
    InboxWorld.await(() -> found(path).at("/books/pending").asLong() == 0);
    assertThat(found(path).at("/books/unchanged").asLong()).isOne();
    assertThat(found(path).at("/asked/key").asString()).isEqualTo("plain/again-1");
    assertThat(found("/replays").path("items")).isNotEmpty();
  }

  @Test
  void figuresTellWhatCameAndWhatWaits() {
    WORLD.settled("figure-1", "{}");
    CONSOLE.inbox().figures().flush();
    CONSOLE.inbox().waitingAges().measure();
    JsonNode figures = found("/figures?connection=shop");
    assertThat(figures.at("/waiting/0/oldest").asString()).startsWith("PT");
    assertThat(figures.at("/waiting/0/minute").asString()).endsWith(":00Z");
    assertThat(figures.at("/now/books/received").asLong()).isPositive();
    assertThat(figures.at("/now/books/balanced").asBoolean()).isTrue();
    assertThat(figures.path("lanes")).hasSize(16);
    assertThat(figures.toString()).contains("\"accepted\":");
  }

  @Test
  void theAuditAndTheTraceKnowTheInbox() {
    WORLD.settled("traced", "{\"order\": 9}");
    assertThat(VIEWER.get("/api/v1/trace/plain%2Ftraced").text()).contains("event/");
    JsonNode audit = VIEWER.post("/api/v1/audit", "{}").json();
    assertThat(audit.path("clean").asBoolean()).as(audit.toString()).isTrue();
    assertThat(audit.path("checks").toString()).contains("a dead letter for every rejected event");
  }

  @Test
  void alertRulesRecipientsAndAlertsAreKept() {
    String wish =
        "{\"tenant\":\"main\",\"name\":\"Large\",\"active\":true,\"condition\":"
            + "{\"kind\":\"large_payment_failed\",\"amount\":500,\"currency\":\"EUR\"}";
    assertThat(VIEWER.post("/api/v1/inbox/alert-rules", wish + "}").status()).isEqualTo(403);
    Reply made = OPERATOR.post("/api/v1/inbox/alert-rules", wish + "}");
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    String id = made.json().path("id").asString();
    Reply changed =
        OPERATOR.put(
            "/api/v1/inbox/alert-rules/" + id, wish.replace("500", "900") + ",\"revision\":1}");
    assertThat(changed.json().at("/condition/amount").asInt()).isEqualTo(900);
    assertThat(
            OPERATOR.post("/api/v1/inbox/alert-rules", wish.replace("EUR", "money") + "}").status())
        .isEqualTo(422);
    Reply added =
        OPERATOR.post(
            "/api/v1/inbox/alert-recipients",
            "{\"tenant\":\"main\",\"channel\":\"webhook\",\"address\":\"https://a.example/x\"}");
    assertThat(added.json().path("secret").asString()).startsWith("whsec_");
    JsonNode listed = found("/alert-recipients?tenant=main").path("items").path(0);
    assertThat(listed.path("secret").isNull()).isTrue();
    String recipient = "/api/v1/inbox/alert-recipients/" + listed.path("id").asString();
    assertThat(OPERATOR.delete(recipient + "?tenant=other").status()).isEqualTo(404);
    assertThat(OPERATOR.delete(recipient + "?tenant=main").status()).isEqualTo(204);
    assertThat(OPERATOR.delete("/api/v1/inbox/alert-rules/" + id + "?tenant=main").status())
        .isEqualTo(204);
    assertThat(found("/alerts?tenant=main&state=any").path("items")).isEmpty();
    assertThat(VIEWER.get("/api/v1/inbox/alerts").status()).isEqualTo(422);
  }

  @Test
  void privacyRequestsAndChoresAreListed() {
    WORLD.settled("api-tell", "{\"tell\": 77}");
    JsonNode request = found("/privacy?tenant=main").path("items").path(0);
    assertThat(request.path("kind").asString()).isEqualTo("customer_data");
    assertThat(request.path("due_at").isNull()).isFalse();
    assertThat(found("/privacy/" + request.path("id").asString() + "?tenant=main")).isNotNull();
    InboxWorld.await(() -> !found("/chores").path("items").isEmpty());
  }

  @Test
  void timesToLiveAreSetByTenantAndType() {
    assertThat(order("times").path("days").asInt()).isEqualTo(30);
    String path = "/api/v1/inbox/times-to-live/times/order";
    assertThat(OPERATOR.put(path, "{\"days\":60}").status()).isEqualTo(403);
    assertThat(ADMIN.put(path, "{\"days\":0}").status()).isEqualTo(422);
    assertThat(ADMIN.put(path, "{\"days\":60}").status()).isEqualTo(204);
    assertThat(order("times").path("days").asInt()).isEqualTo(60);
    assertThat(order("others").path("usual").asBoolean()).isTrue();
    assertThat(ADMIN.put(path, "{\"days\":null}").status()).isEqualTo(204);
    assertThat(order("times").path("days").isNull()).isTrue();
    assertThat(ADMIN.delete(path).status()).isEqualTo(204);
    assertThat(order("times").path("usual").asBoolean()).isTrue();
  }

  private static JsonNode order(String tenant) {
    return found("/times-to-live?tenant=" + tenant)
        .path("items")
        .valueStream()
        .filter(one -> one.path("type").asString().equals("order"))
        .findFirst()
        .orElseThrow();
  }
}

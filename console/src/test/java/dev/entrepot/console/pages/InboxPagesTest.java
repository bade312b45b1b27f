package dev.entrepot.console.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.console.InboxWorld;
import dev.entrepot.console.TestClient.Reply;
import dev.entrepot.console.TestConsole;
import dev.entrepot.console.access.Role;
import dev.entrepot.inbox.connections.ConnectionDraft;
import dev.entrepot.inbox.lanes.DeadEventFilter;
import dev.entrepot.inbox.lanes.EventState.State;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The inbox's pages over real HTTP, used without scripts.
class InboxPagesTest {
  private static final TestConsole CONSOLE = new TestConsole();
  private static final InboxWorld WORLD = new InboxWorld(CONSOLE);
  private static final String HOSTILE = "<script>alert('1')</script>";

  @BeforeAll
  static void furnish() {
    CONSOLE.vendor("ACME");
    CONSOLE.account("admin@example.com", Role.ADMIN, null);
    CONSOLE.account("operator@example.com", Role.OPERATOR, null);
    CONSOLE.account("viewer@example.com", Role.VIEWER, null);
    CONSOLE.account("acme@example.com", Role.SUPPLIER, "ACME");
  }

  @AfterAll
  static void close() {
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

  @Test
  void everyRoleFindsWhatItMayAndASupplierNothing() {
    List<String> pages =
        List.of(
            "/inbox",
            "/inbox/errors",
            "/inbox/keys",
            "/inbox/connections",
            "/inbox/figures",
            "/inbox/replays",
            "/inbox/entities",
            "/inbox/entities?by=customer_email&value=jo@example.com",
            "/inbox/entities?by=abandoned",
            "/inbox/alerts",
            "/inbox/alert-rules",
            "/inbox/privacy",
            "/inbox/connections/shop");
    Visit viewer = by("viewer");
    Visit supplier = by("acme");
    for (String page : pages) {
      assertThat(shown(viewer, page)).contains("href=\"/inbox\"").doesNotContain(">Park</button>");
      assertThat(supplier.open(page).status()).as(page).isEqualTo(403);
    }
    assertThat(shown(supplier, "/")).doesNotContain("href=\"/inbox\"");
    assertThat(viewer.post("/inbox/keys", "key", "a", "reason", "b").status()).isEqualTo(403);
    assertThat(viewer.post("/inbox/connections/shop/test").status()).isEqualTo(403);
    Visit operator = by("operator");
    assertThat(operator.open("/inbox/new-connection").status()).isEqualTo(403);
    assertThat(
            operator.post("/inbox/connections/shop/secret", "secret", "x", "overlap", "1").status())
        .isEqualTo(403);
  }

  @Test
  void anEventIsShownHarmlesslyWithWhatBecameOfIt() {
    String position = WORLD.settled("shown", "{\"order\":1.10,\"note\":\"" + HOSTILE + "\"}");
    WORLD.sent("shown", "{}");
    Visit viewer = by("viewer");
    String list = shown(viewer, "/inbox?id=shown&connection=shop");
    assertThat(list).contains("/inbox/events/" + position, "every 5s", "Written");
    String page = shown(viewer, "/inbox/events/" + position);
    assertThat(page)
        .contains("1.10", "alert(", "Hot store", "1 time", "••••")
        .doesNotContain(HOSTILE, ">right<", "Hand on again");
    assertThat(viewer.open("/inbox/events/1-1").status()).isEqualTo(404);
    assertThat(viewer.open("/inbox?cursor=x").status()).isEqualTo(422);
    assertThat(viewer.open("/inbox/events/" + position + "/replay").status()).isEqualTo(403);
  }

  @Test
  void anEventIsHandedOnAgainAfterALookAtWhatThatWouldDo() {
    String position = WORLD.settled("again", "{\"order\":1}");
    String page = "/inbox/events/" + position;
    Visit operator = by("operator");
    assertThat(shown(operator, page)).contains("href=\"" + page + "/replay\"");
    int before = CONSOLE.inbox().replays().newest(100).size();
    assertThat(shown(operator, page + "/replay"))
        .contains("Hand on 1 event", "nothing was done yet", "name=\"event\" value=\"" + position)
        .contains("href=\"" + page + "\"");
    assertThat(CONSOLE.inbox().replays().newest(100)).hasSize(before);
    String replay = operator.post("/inbox/replays", "event", position).header("Location");
    assertThat(shown(operator, replay)).contains("Replay of 1 event");
    assertThat(operator.post("/inbox/replays", "event", "soon").status()).isEqualTo(422);
    assertThat(shown(operator, "/inbox/replays")).contains("<option value=\"hot-store\"");
  }

  @Test
  void aConnectionSaysWhatKeepsItsEventsFromBeingFetched() {
    var _ =
        CONSOLE
            .inbox()
            .connections()
            .create(
                TestConsole.TEST,
                ConnectionDraft.of("queue", "main", "waiting", Map.of("place", "pier")),
                null);
    InboxWorld.await(() ->
        CONSOLE.inbox().feeds().states("queue").stream()
            .anyMatch(state -> state.problem() != null));
    assertThat(shown(by("viewer"), "/inbox/connections/queue"))
        .contains("There is no pier; mend place.", "Fetching", "Its events are fetched")
        .doesNotContain("/hooks/queue");
    assertThat(shown(by("viewer"), "/inbox/connections/shop")).doesNotContain("Fetching");
  }

  @Test
  void bytesThatAreNoTextAndBodiesWithoutEndAreShownAll() {
    String deep = WORLD.settled("deep", "[".repeat(50_000));
    assertThat(shown(by("viewer"), "/inbox/events/" + deep)).contains("[");
    String empty = WORLD.settled("empty", "");
    assertThat(shown(by("viewer"), "/inbox/events/" + empty)).contains("It is empty.");
  }

  @Test
  void aDeadLetterIsEditedAndTriedAgain() {
    String position = WORLD.settled("edited", "poison");
    long letter = letter("plain/edited");
    Visit operator = by("operator");
    String path = "/inbox/dead-letters/" + letter;
    assertThat(shown(operator, path)).contains("poison", "Save and try again");
    assertThat(shown(by("viewer"), path)).contains("poison").doesNotContain("Save and try again");
    assertThat(operator.post(path + "/skip", "reason", "").status()).isEqualTo(422);
    Reply reply = operator.post(path + "/edit", "body", "{\"order\":\r\n2}");
    assertThat(reply.header("Location")).isEqualTo(path);
    InboxWorld.await(() -> WORLD.state(position) == State.WRITTEN);
    assertThat(shown(operator, path)).contains("Resolved", "edited by operator@example.com");
    assertThat(CONSOLE.inbox().desk().edits(letter).getFirst().body().text())
        .isEqualTo("{\"order\":\n2}");
  }

  @Test
  void manyAreLeftOutByAPlan() {
    WORLD.settled("many-1", "poison");
    WORLD.settled("many-2", "poison");
    Visit operator = by("operator");
    String cause = CONSOLE.inbox().desk().find(letter("plain/many-1")).cause();
    assertThat(shown(operator, "/inbox/errors")).contains("/inbox/errors/" + cause);
    assertThat(shown(operator, "/inbox/errors/" + cause)).contains("<span>many-2</span>");
    String plan = "/inbox/errors/" + cause + "/plan";
    assertThat(operator.post(plan, "act", "skip", "reason", " ").status()).isEqualTo(422);
    Reply planned = operator.post(plan, "act", "skip", "reason", "of no use");
    assertThat(planned.text()).contains("Nothing was done yet", "<span>many-1</span>");
    Matcher apply = Pattern.compile("/inbox/plans/[0-9a-f-]+/apply").matcher(planned.text());
    assertThat(apply.find()).isTrue();
    Reply applied = operator.post(apply.group());
    assertThat(applied.status()).isEqualTo(303);
    assertThat(shown(operator.carrying(applied), "/inbox/errors")).contains("2 events left out.");
    assertThat(CONSOLE.inbox().desk().find(letter("plain/many-2")).note()).isEqualTo("of no use");
  }

  @Test
  void errorsAreNarrowedByConnectionTopicKeyAndCode() {
    WORLD.settled("narrow-1", "poison");
    WORLD.settled("narrow-2", "poison");
    Visit viewer = by("viewer");
    var letter = CONSOLE.inbox().desk().find(letter("plain/narrow-1"));
    String cause = "/inbox/errors/" + letter.cause();
    assertThat(shown(viewer, "/inbox/errors?connection=shop&key=plain/narrow-1"))
        .contains(cause + "?state=open&amp;connection=shop&amp;key=plain%2Fnarrow-1");
    assertThat(shown(viewer, "/inbox/errors?topic=" + letter.topic())).contains(cause);
    assertThat(shown(viewer, "/inbox/errors?code=" + letter.code())).contains(cause);
    for (String other :
        List.of("connection=other", "topic=none", "key=plain/none", "code=NOT_THIS")) {
      assertThat(shown(viewer, "/inbox/errors?" + other))
          .contains("None fits")
          .doesNotContain(cause);
    }
    assertThat(shown(viewer, cause + "?key=plain/narrow-2"))
        .contains("<span>narrow-2</span>")
        .doesNotContain("<span>narrow-1</span>");
    for (String key : List.of("plain/narrow-1", "plain/narrow-2")) {
      CONSOLE.inbox().desk().skip(TestConsole.TEST, letter(key), "seen");
    }
  }

  private static long letter(String key) {
    return CONSOLE
        .inbox()
        .desk()
        .list(new DeadEventFilter(null, null, key, null, null), null, 1)
        .items()
        .getFirst()
        .id();
  }

  @Test
  void aKeyIsParkedAndReleased() {
    Visit operator = by("operator");
    assertThat(operator.post("/inbox/keys", "key", "plain/held", "reason", "").status())
        .isEqualTo(422);
    Reply unseen = operator.post("/inbox/keys", "key", "plain/held", "reason", "asked the shop");
    assertThat(unseen.status()).isEqualTo(422);
    Reply parked =
        operator.post(
            "/inbox/keys", "key", "plain/held", "reason", "asked the shop", "force", "true");
    assertThat(parked.status()).isEqualTo(303);
    String held = shown(operator, "/inbox/keys");
    assertThat(held).contains("asked the shop");
    Matcher release = Pattern.compile("/inbox/keys/[^/\"]*plain%2Fheld/release").matcher(held);
    assertThat(release.find()).isTrue();
    assertThat(operator.post(release.group()).status()).isEqualTo(303);
    assertThat(shown(operator, "/inbox/keys")).doesNotContain("asked the shop");
  }

  @Test
  void aConnectionIsMadeGivenANewSecretChangedAndTested() {
    Visit admin = by("admin");
    assertThat(shown(admin, "/inbox/new-connection?kind=plain")).contains("Make the connection");
    Reply nameless =
        admin.post("/inbox/connections", "name", "Not A Name", "kind", "plain", "tenant", "main");
    assertThat(nameless.status()).isEqualTo(422);
    Reply made =
        admin.post(
            "/inbox/connections",
            "name",
            "second",
            "kind",
            "plain",
            "tenant",
            "main",
            "secret",
            "never-shown");
    assertThat(made.header("Location")).isEqualTo("/inbox/connections/second");
    String page = shown(admin, "/inbox/connections/second");
    assertThat(page).contains("/hooks/second", "Rotate").doesNotContain("never-shown");
    Matcher version = Pattern.compile("name=\"version\" value=\"(\\d+)\"").matcher(page);
    assertThat(version.find()).isTrue();
    String[] change = {
      "kind",
      "plain",
      "tenant",
      "main",
      "title",
      "Second shop",
      "state",
      "ENABLED",
      "dead_letters",
      "PARK",
      "most_body_bytes",
      "5000",
      "version",
      version.group(1)
    };
    assertThat(admin.post("/inbox/connections/second", change).status()).isEqualTo(303);
    assertThat(admin.post("/inbox/connections/second", change).status()).isEqualTo(409);
    assertThat(
            admin
                .post("/inbox/connections/second/secret", "secret", "other", "overlap", "2")
                .status())
        .isEqualTo(303);
    assertThat(shown(admin, "/inbox/connections/second")).contains("Second shop", "No. 2");
    Reply tested = by("operator").post("/inbox/connections/second/test");
    assertThat(tested.header("Location")).startsWith("/inbox/events/");
    assertThat(shown(admin, tested.header("Location")))
        .contains("sample-", "it is handed on to nobody");
    assertThat(shown(admin, "/inbox?connection=second")).contains(", test");
  }

  @Test
  void figuresAreDrawn() {
    WORLD.settled("figure", "{}");
    CONSOLE.inbox().figures().flush();
    CONSOLE.inbox().waitingAges().measure();
    assertThat(shown(by("viewer"), "/inbox/figures"))
        .contains("Deliveries per minute", "Duplicates", "Oldest waiting event", "99 % within")
        .contains("Age of the oldest event not done yet, in seconds");
  }

  @Test
  void aReplayIsSeenBeforeItIsBegun() {
    WORLD.settled("once-more", "{\"order\": 3}");
    Visit operator = by("operator");
    assertThat(operator.post("/inbox/replays/preview", "topic", "").status()).isEqualTo(422);
    Reply preview = operator.post("/inbox/replays/preview", "key", "plain/once-more");
    assertThat(preview.status()).as(preview.text()).isEqualTo(200);
    assertThat(preview.text()).contains("Hand on 1 event", "nothing was done yet");
    String replay = operator.post("/inbox/replays", "key", "plain/once-more").header("Location");
    assertThat(shown(by("viewer"), replay)).contains("Replay of 1 event");
    assertThat(shown(by("viewer"), "/inbox/replays")).contains(replay);
  }

  @Test
  void anEntityIsFoundAndShownWithItsEvents() {
    String position = WORLD.settled("entity-1", "{\"order\": 5}");
    Visit viewer = by("viewer");
    String list = shown(viewer, "/inbox/entities?by=customer_email&value=JO@example.com");
    assertThat(list).contains("/inbox/entities/main/order/plain/entity-1");
    assertThat(shown(viewer, "/inbox/entities/main/order/plain/entity-1"))
        .contains("jo@example.com", position + ", made it what it is");
    assertThat(viewer.open("/inbox/entities/main/order/plain/none").status()).isEqualTo(404);
    assertThat(viewer.open("/inbox/entities/main/things/plain/none").status()).isEqualTo(404);
  }

  @Test
  void anAlertIsRaisedByARuleToldAndSeenTo() {
    Visit operator = by("operator");
    assertThat(
            operator
                .post("/inbox/alert-rules", "tenant", "main", "name", "", "kind", "DISPUTE_OPENED")
                .status())
        .isEqualTo(422);
    operator.post(
        "/inbox/alert-rules",
        "tenant",
        "main",
        "name",
        "Money at stake",
        "kind",
        "DISPUTE_OPENED",
        "active",
        "true");
    operator.post(
        "/inbox/alert-recipients",
        "tenant",
        "main",
        "channel",
        "MAIL",
        "address",
        "care@example.com",
        "rule",
        "");
    Reply webhook =
        operator.post(
            "/inbox/alert-recipients",
            "tenant",
            "main",
            "channel",
            "WEBHOOK",
            "address",
            "https://hooks.example.com/x");
    assertThat(webhook.text()).contains("whsec_");
    assertThat(shown(operator, "/inbox/alert-rules"))
        .contains("Money at stake", "care@example.com")
        .doesNotContain("whsec_");
    assertThat(shown(by("viewer"), "/inbox/alerts"))
        .contains("Events that are watched for: ", "a dispute is opened");
    assertThat(shown(by("viewer"), "/inbox/alerts?tenant=nobody"))
        .contains("No rule watches events of nobody; an operator can add some.");
    assertThat(shown(operator, "/inbox/alerts?tenant=nobody")).contains("Add a rule");
    WORLD.settled("dp_1", "dispute");
    String list = shown(by("viewer"), "/inbox/alerts");
    assertThat(list).contains("Dispute opened", "Money at stake: dp_1");
    UUID id = CONSOLE.inbox().alerts().list("main", true, null, 1).items().getFirst().id();
    assertThat(shown(by("viewer"), "/inbox/alerts/" + id))
        .contains("care@example.com")
        .doesNotContain("It is seen to");
    operator.post("/inbox/alerts/" + id + "/acknowledge", "note", "called");
    assertThat(shown(operator, "/inbox/alerts/" + id)).contains("Seen to", "called");
  }

  @Test
  void aPrivacyRequestIsShownAndItsDocumentIsForAdministrators() {
    WORLD.settled("tell-1", "{\"tell\": 77}");
    UUID id = CONSOLE.inbox().privacy().list("main", null, 1).items().getFirst().id();
    InboxWorld.await(() -> {
      int _ = CONSOLE.inbox().privacy().carryOut();
      return CONSOLE.inbox().privacy().find("main", id).orElseThrow().doneAt() != null;
    });
    String path = "/inbox/privacy/" + id;
    assertThat(shown(by("viewer"), "/inbox/privacy"))
        .contains(path, "Done", "Tenant", "<option value=\"\" selected>All</option>");
    assertThat(shown(by("viewer"), "/inbox/privacy?tenant=main")).contains(path);
    assertThat(shown(by("viewer"), "/inbox/privacy?tenant=nobody")).doesNotContain(path);
    assertThat(shown(by("viewer"), path)).contains("customer 77").doesNotContain("/document");
    String document = "/api/v1/inbox/privacy/" + id + "/document?tenant=main";
    assertThat(shown(by("admin"), path)).contains("/document?tenant=main");
    assertThat(by("operator").open(document).status()).isEqualTo(403);
    assertThat(shown(by("admin"), document)).contains("\"tell\"");
  }
}

package dev.entrepot.console.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.console.InboxWorld;
import dev.entrepot.console.SyncWorld;
import dev.entrepot.console.TestClient.Reply;
import dev.entrepot.console.TestConsole;
import dev.entrepot.console.access.Role;
import dev.entrepot.flow.runs.RunRecord;
import dev.entrepot.flow.runs.RunRecords;
import dev.entrepot.flow.runs.RunState;
import dev.entrepot.inbox.alerts.OwnAlert;
import dev.entrepot.inbox.alerts.OwnAlerts;
import dev.entrepot.model.Outcome;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Pages about a client with runs over real HTTP, used without scripts: the mapping studio,
/// records, traces, alerts, the list of clients.
class SyncPagesTest {
  private static final TestConsole CONSOLE = new TestConsole();
  private static final SyncWorld WORLD = new SyncWorld(40);
  private static final String MAPPING = "/sync/mappings/tried";
  private static final String OF_CLIENT = MAPPING + "?client=" + SyncWorld.CLIENT;
  private static final String WITHOUT_NAME = "P0000003";
  private static UUID latest = new UUID(0, 0);

  @BeforeAll
  static void furnish() {
    CONSOLE.account("admin@example.com", Role.ADMIN, null);
    Visit admin = admin();
    Reply made =
        admin.post(
            "/sync/clients",
            "source",
            "siesa",
            "product_type",
            "kong",
            "client_id",
            SyncWorld.CLIENT,
            "siesa_api_url",
            WORLD.siesa.server().uri().toString(),
            "source.api_key",
            "siesa-key",
            "product_api_url",
            WORLD.kong.server().uri().toString(),
            "product.api_key",
            "kong-key",
            "field_mappings_key",
            "ready:kong-standard",
            "sync_schedule",
            "",
            "catch_up",
            "once");
    assertThat(made.status()).as(made.text()).isEqualTo(303);
    admin.post("/sync/new-mapping", "name", "tried", "begin", "starter:kong-standard");
    plan(admin);
    WORLD.siesa.products(SyncWorld.CLIENT).change(WITHOUT_NAME, product -> product.name(""));
    latest = plan(admin);
  }

  @AfterAll
  static void close() {
    CONSOLE.close();
    WORLD.close();
  }

  private static Visit admin() {
    return Visit.of(CONSOLE, "admin@example.com");
  }

  /// A plan keeps every record that it reads, as often as it is made.
  private static UUID plan(Visit admin) {
    Reply started = admin.post("/sync/clients/" + SyncWorld.CLIENT + "/runs", "mode", "plan");
    String page = started.response().headers().firstValue("Location").orElseThrow();
    UUID id = UUID.fromString(page.substring(page.lastIndexOf('/') + 1));
    InboxWorld.await(
        () -> CONSOLE.flows().runs().find(id).orElseThrow().state() == RunState.PLANNED);
    return id;
  }

  /// What is told on the page that is opened next.
  private static String flash(Reply reply) {
    return reply.response().headers().allValues("Set-Cookie").stream()
        .filter(cookie -> cookie.startsWith("flash="))
        .map(cookie -> cookie.substring("flash=".length()).split(";", 2)[0])
        .map(value -> new String(Base64.getUrlDecoder().decode(value), StandardCharsets.UTF_8))
        .findFirst()
        .orElse("");
  }

  private static String[] rows(String nameFrom, String... more) {
    String[] rows = {
      "revision",
      "1",
      "client",
      SyncWorld.CLIENT,
      "f0.name",
      "id",
      "f0.from",
      "f_codigo",
      "f0.to",
      "product_id",
      "f1.name",
      "external_id",
      "f1.from",
      "f_codigo_externo",
      "f1.to",
      "external_reference",
      "f1.default",
      "none",
      "f2.name",
      "name",
      "f2.from",
      nameFrom,
      "f2.to",
      "name",
      "f3.name",
      "stock_quantity",
      "f3.from",
      "f_cantidad",
      "f3.to",
      "quantity",
      "f3.type",
      "decimal"
    };
    String[] all = Arrays.copyOf(rows, rows.length + more.length);
    System.arraycopy(more, 0, all, rows.length, more.length);
    return all;
  }

  @Test
  void aMappingThatRejectsWhatWasSeenIsSavedOnlyWhenItIsMeant() {
    Visit admin = admin();
    Reply asked = admin.post(MAPPING, rows("f_nombrex"));
    assertThat(asked.status()).as(asked.text()).isEqualTo(422);
    assertThat(asked.text())
        .contains("Of 40 records tried, all would be rejected: name (Missing, 40).")
        .contains("No record of the sample has f_nombrex; perhaps f_nombre is meant.")
        .contains("Nothing was saved", "Save it anyway", "value=\"f_nombrex\"")
        .contains("id=\"f2.from-help\"")
        .doesNotContain("id=\"f0.from-help\"");
    assertThat(admin.open(OF_CLIENT).text())
        .contains("revision 1", "Of 40 records tried, 1 would be rejected: name (Missing, 1).")
        .doesNotContain("f_nombrex");

    Reply saved = admin.post(MAPPING, rows("f_nombrex", "deed", "anyway"));
    assertThat(saved.status()).as(saved.text()).isEqualTo(303);
    assertThat(admin.open(OF_CLIENT).text()).contains("revision 2", "all would be rejected");
    assertThat(flash(saved)).startsWith("warn:").contains("saved as revision 2", "f_nombrex");
    String[] mended = rows("f_nombre");
    mended[1] = "2";
    assertThat(admin.post(MAPPING, mended).status()).isEqualTo(303);
  }

  @Test
  void theTextAsksTheSame() {
    Visit admin = admin();
    String name = "/sync/mappings/written";
    admin.post("/sync/new-mapping", "name", "written", "begin", "", "text", SyncWorld.MAPPING);
    String text = SyncWorld.MAPPING.replace("f_nombre", "f_nombrex");
    Reply asked =
        admin.post(name + "/text", "revision", "1", "client", SyncWorld.CLIENT, "text", text);
    assertThat(asked.status()).as(asked.text()).isEqualTo(422);
    assertThat(asked.text()).contains("perhaps f_nombre is meant", "Save it anyway");
    Reply saved =
        admin.post(
            name + "/text",
            "revision",
            "1",
            "client",
            SyncWorld.CLIENT,
            "text",
            text,
            "deed",
            "anyway");
    assertThat(saved.status()).as(saved.text()).isEqualTo(303);
  }

  @Test
  void aRecordThatTheMappingRejectedNamesTheFieldOfTheSourceAndTheNextStep() {
    RunRecord rejected =
        CONSOLE
            .flows()
            .records()
            .list(latest, new RunRecords.Filter(Outcome.REJECTED, null, null), null, 10)
            .items()
            .getFirst();
    assertThat(admin().open("/sync/runs/" + latest + "/records/" + rejected.record()).text())
        .contains("It is the source's f_nombre, marked below.", "is-meant")
        .contains("/sync/mappings/kong-standard?client=acme")
        .contains("None: the mapping rejected it before anything was sent.")
        .contains("/trace?key=P0000003&amp;client=acme");
  }

  @Test
  void aTraceTellsRunsFromUploadsAndCanBeAskedForOneClient() {
    assertThat(admin().open("/trace?key=" + WITHOUT_NAME).text())
        .contains("of a run of acme", "/sync/runs/" + latest + "/records/", "name=\"client\"")
        .doesNotContain("of an upload");
    assertThat(admin().open("/trace?key=" + WITHOUT_NAME + "&client=other").text())
        .contains("in runs of other");
  }

  @Test
  void clientsAreFoundByNameAndByWhatBecameOfTheirLastRun() {
    Visit admin = admin();
    for (String fits : List.of("q=acm", "last=planned", "last=problem&q=ACME")) {
      assertThat(admin.open("/sync?" + fits).text()).as(fits).contains("/sync/clients/acme\"");
    }
    for (String other : List.of("q=zzz", "last=never", "last=failed&q=acme")) {
      assertThat(admin.open("/sync?" + other).text()).as(other).contains("No such client");
    }
    assertThat(admin.open("/sync?last=problem").text()).contains("1 record rejected");
  }

  @Test
  void aKeyCanBeGivenAsItIsAndItsFormSaysThatOneIsSet() {
    Visit admin = admin();
    String client = "/sync/clients/" + SyncWorld.CLIENT;
    assertThat(admin.open(client).text()).contains("Change a key", "/edit#group-1");
    assertThat(admin.open(client + "/edit").text()).contains("Left empty, it stays.");
    Reply saved =
        admin.post(
            client + "/edit",
            "revision",
            "1",
            "client_name",
            "Acme",
            "siesa_api_url",
            WORLD.siesa.server().uri().toString(),
            "product_api_url",
            WORLD.kong.server().uri().toString(),
            "field_mappings_key",
            "kong-standard",
            "sync_schedule",
            "",
            "deed",
            "anyway");
    assertThat(saved.status()).as(saved.text()).isEqualTo(303);
    assertThat(flash(saved)).startsWith("warn:").contains("runs fail until it does");
    Reply set = admin.post(client + "/secrets/kong", "value-kong", "kong-key");
    assertThat(set.status()).as(set.text()).isEqualTo(303);
    assertThat(CONSOLE.flows().config().secrets().open(SyncWorld.CLIENT, "kong").value("api_key"))
        .isEqualTo("kong-key");
  }

  @Test
  void alertsOfAllTenantsStandInOneListAndLeadToTheirRuns() {
    OwnAlerts own =
        new OwnAlerts(
            CONSOLE.database(), CONSOLE.inbox().alertRecipients(), (_, _) -> {}, Clock.systemUTC());
    UUID first = UUID.randomUUID();
    for (UUID run : List.of(first, latest)) {
      own.raise(failed(SyncWorld.CLIENT, run));
    }
    own.raise(failed("another", UUID.randomUUID()));
    Visit admin = admin();
    assertThat(admin.open("/inbox/alerts").text()).contains(">acme<", ">another<");
    assertThat(admin.open("/inbox/alerts?tenant=acme").text()).doesNotContain("Client another");
    UUID id =
        CONSOLE.inbox().alerts().list(SyncWorld.CLIENT, true, null, 1).items().getFirst().id();
    assertThat(admin.open("/inbox/alerts/" + id).text())
        .contains("/sync/runs/" + latest, "/sync/runs/" + first, "/sync/clients/acme");
    for (String page : List.of("/sync", "/sync/clients/acme", "/sync/runs/" + latest)) {
      assertThat(admin.open(page).text()).as(page).contains("href=\"/inbox/alerts");
    }
    assertThat(admin.open("/inbox/alert-rules?tenant=acme").text())
        .contains("Runs of the sync", "value=\"acme\"");
  }

  private static OwnAlert failed(String client, UUID run) {
    return new OwnAlert(
        client,
        "Run failed",
        "run-failed",
        "siesa-kong",
        "run " + run,
        "Client " + client + ", run " + run + ": it failed",
        Instant.now());
  }
}

package dev.entrepot.console.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.console.InboxWorld;
import dev.entrepot.console.SyncWorld;
import dev.entrepot.console.TestClient.Reply;
import dev.entrepot.console.TestConsole;
import dev.entrepot.console.access.Role;
import dev.entrepot.flow.clients.ClientReader;
import dev.entrepot.flow.config.ConfigProblems;
import dev.entrepot.flow.config.ConfigTree;
import dev.entrepot.flow.runs.Run;
import dev.entrepot.flow.runs.RunState;
import dev.entrepot.model.Actor;
import dev.entrepot.simulators.kong.KongServer;
import dev.entrepot.simulators.remote.RemoteSettings;
import dev.entrepot.simulators.siesa.SiesaProducts;
import dev.entrepot.simulators.siesa.SiesaServer;
import dev.entrepot.simulators.siesa.SiesaTenant;
import dev.entrepot.simulators.wms.WmsServer;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The pages of the sync over real HTTP, used without scripts, with both sides simulated.
class FlowPagesTest {
  private static final TestConsole CONSOLE = new TestConsole();
  private static final SiesaServer SIESA =
      SiesaServer.start(RemoteSettings.unlimited(), List.of(new SiesaTenant("acme", "siesa-key")));
  private static final KongServer KONG =
      KongServer.start(RemoteSettings.unlimited(), Map.of("kong-key", "acme"));
  private static final WmsServer WMS =
      WmsServer.start(RemoteSettings.unlimited(), Map.of("wms-key", "acme"));

  @BeforeAll
  static void furnish() {
    CONSOLE.account("admin@example.com", Role.ADMIN, null);
    CONSOLE.account("viewer@example.com", Role.VIEWER, null);
    SIESA.products("acme").load(SiesaProducts.generate(250, 1));
  }

  @AfterAll
  static void close() {
    CONSOLE.close();
    SIESA.server().close();
    KONG.server().close();
    WMS.server().close();
  }

  private static Visit by(String name) {
    return Visit.of(CONSOLE, name + "@example.com");
  }

  private static String shown(Visit visit, String path) {
    Reply reply = visit.open(path);
    assertThat(reply.status()).as(path + ": " + reply.text()).isEqualTo(200);
    return reply.text();
  }

  private static String[] client(String id, String product, URI address, String... more) {
    List<String> fields =
        new ArrayList<>(
            List.of(
                "source",
                "siesa",
                "product_type",
                product,
                "client_id",
                id,
                "siesa_api_url",
                SIESA.server().uri().toString(),
                "source.api_key",
                "siesa-key",
                "product_api_url",
                address.toString(),
                "product.api_key",
                product + "-key",
                "field_mappings_key",
                "ready:" + product + "-standard",
                "sync_schedule",
                "",
                "catch_up",
                "once"));
    fields.addAll(Stream.of(more).toList());
    return fields.toArray(String[]::new);
  }

  /// @return the address of the run's page, once the run does not move any more
  private static String run(Visit admin, String client, String mode) {
    Reply started = admin.post("/sync/clients/" + client + "/runs", "mode", mode);
    assertThat(started.status()).as(started.text()).isEqualTo(303);
    String page = started.response().headers().firstValue("Location").orElseThrow();
    settled(page);
    return page;
  }

  private static Run settled(String page) {
    UUID id = UUID.fromString(page.substring(page.lastIndexOf('/') + 1));
    InboxWorld.await(() -> {
      RunState state = CONSOLE.flows().runs().find(id).orElseThrow().state();
      return state.ended() || state == RunState.PLANNED;
    });
    return CONSOLE.flows().runs().find(id).orElseThrow();
  }

  @Test
  void aClientIsMadePlannedAndAppliedFromAReadyMapping() {
    Visit admin = by("admin");
    assertThat(shown(admin, "/sync/new-client")).contains("Kong RFID", "product=kong");
    assertThat(shown(admin, "/sync/new-client?source=siesa&product=kong"))
        .contains("source.api_key", "Next run", "rate(6 hours)")
        .containsPattern("value=\"(ready:)?kong-standard\" selected");
    Reply made = admin.post("/sync/clients", client("acme", "kong", KONG.server().uri()));
    assertThat(made.status()).as(made.text()).isEqualTo(303);
    Reply checked = admin.post("/sync/clients/acme/check");
    assertThat(checked.text())
        .contains("Siesa answers and lets us in", "Kong answers and lets us in");
    String plan = run(admin, "acme", "plan");
    assertThat(shown(admin, plan))
        .contains("What it would do", "Apply the plan", "What it costs", "Discard");
    assertThat(KONG.products().effects().created()).isZero();
    Reply applied = admin.post(plan + "/apply");
    assertThat(applied.status()).isEqualTo(303);
    Run run = settled(plan);
    assertThat(run.books().balanced()).isTrue();
    assertThat(shown(admin, plan))
        .contains("Calls by step", "Fewest possible", "Balanced")
        .contains("Applied plan for acme", "What the plan showed")
        .doesNotContain("every 1s", "every 5s");
    assertThat(shown(admin, "/sync/runs?client=acme")).contains("Plan, applied");
    assertThat(shown(admin, plan + "/records?outcome=written")).contains("records/");
    String record = shown(admin, plan + "/records/1");
    assertThat(record).contains("As it came", "f_codigo", "Calls that carried it");
    Matcher call = Pattern.compile("href=\"(" + plan + "/exchanges/[0-9]+)\"").matcher(record);
    assertThat(call.find()).as(record).isTrue();
    assertThat(shown(admin, call.group(1)))
        .contains("Records that it carried", "href=\"" + plan + "/records/1\"");
    assertThat(shown(admin, plan + "/exchanges"))
        .contains("/products/bulk", "Read products")
        .doesNotContain("kong-key");
    assertThat(shown(admin, plan + "/exchanges?key=P0000001"))
        .contains("/products/bulk")
        .doesNotContain("Read products");
    assertThat(admin.open(plan + "/result.json").json().path("client_id").asString())
        .isEqualTo("acme");
    assertThat(shown(admin, run(admin, "acme", "initial"))).contains("unchanged");
    assertThat(shown(admin, "/sync/clients/acme"))
        .contains("siesa-integration/", "Runs per day", "Start a run", "Revisions")
        .doesNotContain("siesa-key");
    assertThat(shown(by("viewer"), "/sync")).contains("acme").doesNotContain("New client");
    assertThat(shown(by("viewer"), "/"))
        .contains("rejected and not there", "Next run", "/sync/runs");
    assertThat(shown(by("viewer"), "/sync/runs?client=acme")).contains(plan);
  }

  @Test
  void keysThatAreRefusedAreToldBeforeTheClientIsMade() {
    Visit admin = by("admin");
    String[] wrong = client("locked", "kong", KONG.server().uri());
    Reply refused = admin.post("/sync/clients", replaced(wrong, "kong-key", "another-key"));
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.text())
        .contains("Kong RFID refuses the credentials", "Make it anyway", "product.api_key-error")
        .contains("Siesa answers and lets us in")
        .doesNotContain("source.api_key-error", "another-key", "siesa-key");
    assertThat(CONSOLE.flows().config().clients().find("locked")).isEmpty();
    Reply made =
        admin.post(
            "/sync/clients",
            replaced(
                client("locked", "kong", KONG.server().uri(), "deed", "anyway"),
                "kong-key",
                "another-key"));
    assertThat(made.status()).as(made.text()).isEqualTo(303);
    Reply saved =
        admin.post(
            "/sync/clients/locked/edit",
            client("locked", "kong", KONG.server().uri(), "client_name", "L", "revision", "1"));
    assertThat(saved.status()).as(saved.text()).isEqualTo(303);
  }

  private static String[] replaced(String[] fields, String value, String other) {
    return Stream.of(fields).map(one -> one.equals(value) ? other : one).toArray(String[]::new);
  }

  @Test
  void whatIsSeldomNeededIsFoldedUntilItIsWrong() {
    Visit admin = by("admin");
    assertThat(shown(admin, "/sync/new-client?source=siesa&product=kong"))
        .contains("More settings", "source_settings.dialect", "flow.page_size")
        .doesNotContain("class=\"more\" open", "product.product_type");
    Reply refused =
        admin.post(
            "/sync/clients",
            client("odd", "kong", KONG.server().uri(), "flow.page_size", "as many as you like"));
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.text()).contains("class=\"more\" open", "flow.page_size-error");
  }

  @Test
  void aRunWithoutCredentialsLeadsToWhereTheyAreSet() {
    Visit admin = by("admin");
    assertThat(admin.post("/sync/clients", client("bare", "kong", KONG.server().uri())).status())
        .isEqualTo(303);
    CONSOLE
        .flows()
        .config()
        .secrets()
        .remove(new Actor(Actor.Kind.USER, "admin@example.com"), "bare", "kong");
    assertThat(shown(admin, run(admin, "bare", "initial")))
        .contains("no secret siesa-integration/bare/kong", "/sync/clients/bare#secrets");
  }

  @Test
  void aMistakeInTheStudioIsMarkedWhereItIs() {
    Visit admin = by("admin");
    admin.post("/sync/new-mapping", "name", "marked", "begin", "starter:kong-standard");
    String[] rows = {
      "f0.name",
      "id",
      "f0.from",
      "f_codigo",
      "f0.to",
      "nowhere",
      "f1.name",
      "",
      "f1.from",
      "f_ean",
      "f1.to",
      "barcode",
      "f2.name",
      "name",
      "f2.from",
      "f_nombre",
      "f2.to",
      "name",
      "f2.type",
      "date"
    };
    String shown = admin.post("/sync/mappings/marked/preview", rows).text();
    assertThat(shown)
        .contains("id=\"f0.to-error\"", "id=\"f2.type-error\"", "class=\"map-more\" open")
        .doesNotContain("f0.name-error", "f1.to-error", "f2.name-error");
    assertThat(admin.post("/sync/mappings/marked", rows).status()).isEqualTo(422);
  }

  @Test
  void theReadyMappingFitsTheOtherProductToo() {
    Visit admin = by("admin");
    Reply made = admin.post("/sync/clients", client("stock", "wms", WMS.server().uri()));
    assertThat(made.status()).as(made.text()).isEqualTo(303);
    String plan = run(admin, "stock", "plan");
    assertThat(shown(admin, plan)).contains("Apply the plan");
  }

  @Test
  void aMappingIsMadeOnItsOwn() {
    Visit admin = by("admin");
    assertThat(shown(admin, "/sync/mappings")).contains("New mapping");
    assertThat(shown(admin, "/sync/new-mapping"))
        .contains("Starter: Siesa to Kong RFID", "Starter: Siesa to WMS");
    Reply made =
        admin.post("/sync/new-mapping", "name", "shop/kong", "begin", "starter:kong-standard");
    assertThat(made.status()).as(made.text()).isEqualTo(303);
    assertThat(shown(admin, "/sync/mappings/shop%2Fkong")).contains("f_tag_rfid", "Save as");
    Reply again = admin.post("/sync/new-mapping", "name", "shop/kong", "begin", "copy:shop/kong");
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.text()).containsIgnoringCase("there is a mapping shop/kong already");
    Reply wrong =
        admin.post("/sync/new-mapping", "name", "b", "begin", "", "text", "product_type: kongg");
    assertThat(wrong.status()).isEqualTo(422);
    assertThat(wrong.text()).contains("kongg");
    Reply own =
        admin.post("/sync/new-mapping", "name", "own", "begin", "", "text", SyncWorld.MAPPING);
    assertThat(own.status()).as(own.text()).isEqualTo(303);
    assertThat(shown(admin, "/sync/new-client?source=siesa&product=kong"))
        .contains("value=\"own\"")
        .containsPattern("value=\"(ready:)?kong-standard\" selected");
  }

  @Test
  void whatIsRefusedLeavesNothingBehind() {
    Visit admin = by("admin");
    CONSOLE
        .flows()
        .config()
        .clients()
        .create(
            new Actor(Actor.Kind.USER, "admin@example.com"),
            ClientReader.read(
                ConfigTree.read(
                    "{client_id: taken, product_type: wms, field_mappings_key: none,"
                        + " siesa_api_url: 'https://s.example', product_api_url: 'https://w.example'}",
                    new ConfigProblems()),
                new ConfigProblems()));
    Set<String> before = CONSOLE.flows().config().mappings().productTypes().keySet();
    Reply refused = admin.post("/sync/clients", client("taken", "wms", WMS.server().uri()));
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.text()).containsIgnoringCase("there is a client taken already");
    assertThat(CONSOLE.flows().config().mappings().productTypes().keySet()).isEqualTo(before);
    assertThat(CONSOLE.flows().config().secrets().list("taken")).isEmpty();
  }

  @Test
  void nobodyIsOfferedWhatTheyMayNotDo() {
    Visit admin = by("admin");
    admin.post("/sync/new-mapping", "name", "seen", "begin", "starter:kong-standard");
    admin.post("/sync/clients", client("seen", "kong", KONG.server().uri()));
    String run = run(admin, "seen", "plan");
    Visit viewer = by("viewer");
    List<String> pages =
        List.of(
            "/sync",
            "/sync/flows",
            "/sync/runs",
            "/sync/mappings",
            "/sync/mappings/seen",
            "/sync/mappings/kong-standard?client=seen",
            "/sync/workspace",
            "/sync/clients/seen",
            run,
            run + "/records",
            run + "/records/1",
            run + "/exchanges");
    for (String page : pages) {
      String text = shown(viewer, page);
      for (String target : targets(text, "(?:action|formaction|hx-post)")) {
        if (text.contains("method=\"get\"") && viewer.open(target).status() == 200) {
          continue;
        }
        assertThat(viewer.post(target).status()).as(page + " offers " + target).isNotEqualTo(403);
      }
      for (String target : targets(text, "href")) {
        assertThat(viewer.open(target).status()).as(page + " leads to " + target).isNotEqualTo(403);
      }
    }
    assertThat(shown(viewer, "/sync/mappings/seen"))
        .contains("Preview", "Saving is for administrators")
        .doesNotContain("Save as a revision", "Save the text");
    assertThat(viewer.post("/sync/mappings/seen/preview", "f0.name", "id").text())
        .contains("Preview");
  }

  private static Set<String> targets(String page, String attribute) {
    Set<String> targets = new TreeSet<>();
    Matcher found = Pattern.compile(attribute + "=\"(/sync[^\"#]*)\"").matcher(page);
    while (found.find()) {
      targets.add(found.group(1).replace("&amp;", "&"));
    }
    return targets;
  }

  @Test
  void whatIsWrongIsToldAtItsFieldAndNothingIsMade() {
    Visit admin = by("admin");
    Reply refused =
        admin.post(
            "/sync/clients",
            "source",
            "siesa",
            "product_type",
            "kong",
            "client_id",
            "Bad Id",
            "siesa_api_url",
            "nowhere",
            "field_mappings_key",
            "ready:kong-standard",
            "sync_schedule",
            "rate(6 hurs)",
            "catch_up",
            "once");
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.text())
        .contains("sync_schedule-error", "source.api_key-error", "product.api_key-error");
    assertThat(CONSOLE.flows().config().clients().find("Bad Id")).isEmpty();
    assertThat(admin.post("/sync/next-times", "sync_schedule", "cron(0 0 31 2 ? *)").text())
        .contains("never fires");
    Reply tried =
        admin.post("/sync/check-client", client("wrong", "kong", KONG.server().uri(), "x", "y"));
    assertThat(tried.text()).contains("lets us in");
    assertThat(by("viewer").open("/sync/new-client").status()).isEqualTo(403);
  }
}

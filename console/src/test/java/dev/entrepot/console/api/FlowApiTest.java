package dev.entrepot.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.console.InboxWorld;
import dev.entrepot.console.SyncWorld;
import dev.entrepot.console.TestClient;
import dev.entrepot.console.TestClient.Reply;
import dev.entrepot.console.TestConsole;
import dev.entrepot.console.access.Role;
import dev.entrepot.simulators.remote.Fault;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The API of flows against simulators of both sides: a client from nothing to its runs.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FlowApiTest {
  private static final String FLOWS = "/api/v1/flows";
  private static final String ACME = FLOWS + "/clients/acme";
  private static final TestConsole CONSOLE = new TestConsole();
  private static final SyncWorld WORLD = new SyncWorld(250);
  private static final TestClient ADMIN = CONSOLE.program(Role.ADMIN, null);
  private static final TestClient OPERATOR = CONSOLE.program(Role.OPERATOR, null);
  private static final TestClient VIEWER = CONSOLE.program(Role.VIEWER, null);

  @BeforeAll
  static void configure() {
    ok(ADMIN.put(FLOWS + "/mappings/kong-standard", text("mapping", SyncWorld.MAPPING)), 201);
    ok(ADMIN.put(ACME, "{\"config\":%s}".formatted(WORLD.client())), 201);
    ok(ADMIN.put(ACME + "/secrets/siesa", "{\"value\":{\"api_key\":\"siesa-key\"}}"), 200);
    ok(
        ADMIN.put(ACME + "/secrets/kong", "{\"value\":\"{\\\"api_key\\\":\\\"kong-key\\\"}\"}"),
        200);
  }

  @AfterAll
  static void close() {
    CONSOLE.close();
    WORLD.close();
  }

  private static String text(String name, String yaml) {
    ObjectNode body = JsonMapper.shared().createObjectNode();
    return body.put(name.equals("mapping") ? "text" : name, yaml).toString();
  }

  private static JsonNode ok(Reply reply, int status) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(status);
    return reply.text().isEmpty() ? JsonMapper.shared().createObjectNode() : reply.json();
  }

  private static JsonNode found(String path) {
    return ok(VIEWER.get(FLOWS + path), 200);
  }

  private static JsonNode finished(String id) {
    InboxWorld.await(() -> {
      String state = found("/runs/" + id).path("state").asString();
      return !state.equals("queued") && !state.equals("running");
    });
    return found("/runs/" + id);
  }

  private static JsonNode run(String mode) {
    JsonNode queued =
        ok(
            OPERATOR.post(FLOWS + "/runs", "{\"client\":\"acme\",\"mode\":\"%s\"}".formatted(mode)),
            201);
    return finished(queued.path("id").asString());
  }

  @Test
  @Order(1)
  void systemsTellTheirSettingsCredentialsFieldsAndSteps() {
    JsonNode systems = found("/systems");
    assertThat(systems.path("items").valueStream().map(one -> one.path("kind").asString()))
        .containsExactly("catalogue", "siesa", "kong", "wms");
    assertThat(systems.at("/items/0/role").asString()).isEqualTo("source");
    assertThat(systems.at("/items/2/steps/0/limit").asInt()).isEqualTo(100);
    assertThat(CONSOLE.client().get(FLOWS + "/schemas/client.schema.json").text())
        .contains("client_id");
    assertThat(CONSOLE.client().get(FLOWS + "/schemas/other.json").status()).isEqualTo(404);
  }

  @Test
  @Order(2)
  void clientsAreMadeChangedAndKeptFromConfusion() {
    JsonNode acme = found("/clients/acme");
    assertThat(acme.path("revision").asInt()).isEqualTo(1);
    assertThat(acme.at("/config/sync_schedule").asString()).isEqualTo("rate(6 hours)");
    assertThat(acme.at("/schedule/upcoming")).hasSize(5);
    String changed = WORLD.client().replace("\"Acme\"", "\"Acme Ltd\"");
    assertThat(ADMIN.put(ACME, "{\"config\":%s}".formatted(changed)).status()).isEqualTo(409);
    assertThat(OPERATOR.put(ACME, "{\"config\":%s}".formatted(changed)).status()).isEqualTo(403);
    JsonNode after = ok(ADMIN.put(ACME, "{\"config\":%s,\"revision\":1}".formatted(changed)), 200);
    assertThat(after.path("client_name").asString()).isEqualTo("Acme Ltd");
    Reply stale = ADMIN.put(ACME, "{\"config\":%s,\"revision\":1}".formatted(WORLD.client()));
    assertThat(stale.status()).isEqualTo(409);
    assertThat(stale.text()).contains("revision 2, not 1");
    assertThat(found("/clients/acme/revisions").path("items")).hasSize(2);
    ok(ADMIN.post(ACME + "/disable", "{}"), 200);
    assertThat(found("/clients?enabled=false&product_type=kong").path("items")).hasSize(1);
    assertThat(found("/clients?enabled=true").path("items")).isEmpty();
    assertThat(found("/clients/acme/schedule").path("active").asBoolean()).isFalse();
    ok(ADMIN.post(ACME + "/enable", "{}"), 200);
  }

  @Test
  @Order(3)
  void whatIsWrongWithAClientIsToldWithItsPlaceAndRemedy() {
    String wrong =
        "{\"config\":{\"product_type\":\"kongg\",\"field_mappings_key\":\"none\","
            + "\"sync_schedule\":\"cron(0 0 31 2 ? *)\"}}";
    Reply refused = ADMIN.put(FLOWS + "/clients/beta", wrong);
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.json().path("errors").valueStream().map(e -> e.path("field").asString()))
        .contains("product_type", "sync_schedule");
    assertThat(refused.text()).contains("perhaps kong is meant");
    JsonNode checked = ok(VIEWER.post(FLOWS + "/clients/check", wrong), 200);
    assertThat(checked.path("usable").asBoolean()).isFalse();
    Reply other = ADMIN.put(FLOWS + "/clients/beta", "{\"config\":{\"client_id\":\"gamma\"}}");
    assertThat(other.text()).contains("an id never changes");
    assertThat(VIEWER.get(FLOWS + "/clients/beta").status()).isEqualTo(404);
  }

  @Test
  @Order(4)
  void secretsAreNeverShown() {
    String secrets = VIEWER.get(ACME + "/secrets").text();
    assertThat(secrets).contains("siesa-integration/acme/kong").doesNotContain("kong-key");
    assertThat(ADMIN.put(ACME + "/secrets/kongg", "{\"value\":{}}").text()).contains("kong");
    ok(
        ADMIN.put(
            ACME + "/secrets/wms", "{\"value\":{\"api_key\":\"w\",\"api_url\":\"http://w\"}}"),
        200);
    ok(ADMIN.delete(ACME + "/secrets/wms"), 204);
    assertThat(ADMIN.delete(ACME + "/secrets/wms").status()).isEqualTo(404);
  }

  @Test
  @Order(5)
  void systemsAreTriedBeforeARun() {
    JsonNode reached = ok(OPERATOR.post(ACME + "/reach", "{}"), 200);
    assertThat(reached.path("well").asBoolean()).as(reached.toString()).isTrue();
    assertThat(reached.at("/systems/0/told").toString()).contains("250 products");
    ok(ADMIN.put(ACME + "/secrets/kong", "{\"value\":{\"api_key\":\"wrong\"}}"), 200);
    JsonNode refused = ok(OPERATOR.post(ACME + "/reach", "{}"), 200);
    assertThat(refused.path("well").asBoolean()).isFalse();
    assertThat(refused.at("/systems/1/problem").asString()).contains("Kong");
    ok(ADMIN.put(ACME + "/secrets/kong", "{\"value\":{\"api_key\":\"kong-key\"}}"), 200);
    assertThat(ok(OPERATOR.get(ACME + "/sample?count=3"), 200).path("items")).hasSize(3);
  }

  @Test
  @Order(6)
  void mappingsAreTriedOnRecordsBeforeTheyAreKept() {
    String body =
        "{\"name\":\"kong-standard\",\"records\":[{\"f_codigo\":\"P1\",\"f_nombre\":\"Mug\","
            + "\"f_cantidad\":\"12,50\"},{\"f_codigo\":\"P2\",\"f_cantidad\":\"many\"}]}";
    JsonNode preview = ok(VIEWER.post(FLOWS + "/mappings/preview", body), 200);
    assertThat(preview.at("/items/0/item/quantity").decimalValue()).isEqualByComparingTo("12.5");
    assertThat(preview.at("/items/1/rejected").asBoolean()).isTrue();
    JsonNode coverage = ok(VIEWER.post(FLOWS + "/mappings/coverage", body), 200);
    assertThat(coverage.path("rejected").asInt()).isEqualTo(1);
    JsonNode checked =
        ok(VIEWER.post(FLOWS + "/mappings/check", text("text", "product_type: kong")), 200);
    assertThat(checked.at("/problems/0/message").asString()).contains("mappings is missing");
    assertThat(VIEWER.post(FLOWS + "/mappings/preview", "{}").status()).isEqualTo(422);

    String name = FLOWS + "/mappings/kong%2Fown";
    ok(ADMIN.put(name, text("mapping", SyncWorld.MAPPING)), 201);
    JsonNode own = ok(VIEWER.get(name), 200);
    assertThat(own.path("text").asString()).contains("f_codigo");
    assertThat(found("/mappings").path("items")).hasSize(2);
    assertThat(ADMIN.delete(FLOWS + "/mappings/kong-standard").text()).contains("used by acme");
    ok(ADMIN.with("If-Match", "\"1\"").delete(name), 204);
    assertThat(found("/mappings/kong%2Fown/revisions").path("items")).hasSize(2);
  }

  @Test
  @Order(7)
  void aPlanWritesNothingAndIsCarriedOutAsItIs() {
    JsonNode plan = run("plan");
    assertThat(plan.path("state").asString()).as(plan.toString()).isEqualTo("planned");
    String run = "/runs/" + plan.path("id").asString();
    assertThat(WORLD.kong.products().size()).isZero();
    JsonNode forecast = found(run + "/forecast");
    assertThat(forecast.at("/steps/0/calls").asInt()).isEqualTo(3);
    assertThat(forecast.path("least").asString()).isEqualTo("PT0S");
    JsonNode records = found(run + "/records?change=create&limit=2");
    assertThat(records.path("items")).hasSize(2);
    assertThat(records.at("/items/0/item/product_id").asString()).isNotEmpty();
    JsonNode second = found(run + "/records?limit=2&cursor=" + records.path("next").asString());
    assertThat(second.at("/items/0/record").asInt()).isEqualTo(3);
    assertThat(VIEWER.get(FLOWS + run + "/records?cursor=x").status()).isEqualTo(422);

    ok(OPERATOR.post(FLOWS + run + "/apply", "{}"), 200);
    JsonNode applied = finished(plan.path("id").asString());
    assertThat(applied.path("state").asString()).isEqualTo("success");
    assertThat(applied.at("/books/written").asInt()).isEqualTo(250);
    assertThat(OPERATOR.post(FLOWS + run + "/apply", "{}").status()).isEqualTo(409);
    assertThat(VIEWER.get(FLOWS + run + "/events").text()).contains("event: done");
  }

  @Test
  @Order(8)
  void aRunTellsWhatBecameOfEachRecordAndWhatWasSaid() {
    WORLD.siesa.products("acme").change("P0000007", product -> product.name("REJECT me"));
    WORLD.siesa.products("acme").change("P0000008", product -> product.name("Another name"));
    WORLD.kong.server().faults().add(Fault.rejectItems("name", "REJECT"));
    JsonNode run = run("initial");
    WORLD.kong.server().faults().clear();
    assertThat(run.path("state").asString()).as(run.toString()).isEqualTo("partial");
    assertThat(run.at("/books/unchanged").asInt()).isEqualTo(248);
    String path = "/runs/" + run.path("id").asString();
    JsonNode rejected = found(path + "/records?outcome=rejected");
    assertThat(rejected.at("/items/0/key").asString()).isEqualTo("P0000007");
    assertThat(rejected.at("/items/0/reason").asString()).isNotEmpty();
    JsonNode written = found(path + "/records?key=P0000008");
    assertThat(written.at("/items/0/diffs").toString()).contains("Another name");
    JsonNode one = found(path + "/records/8");
    assertThat(one.path("key").asString()).isEqualTo("P0000008");
    assertThat(VIEWER.get(FLOWS + path + "/records/999").status()).isEqualTo(404);
    JsonNode result = found(path + "/result");
    assertThat(result.path("client_id").asString()).isEqualTo("acme");
    assertThat(result.path("records_failed").asInt()).isEqualTo(1);
    assertThat(result.at("/failed_records/0/id").asString()).isEqualTo("P0000007");
    JsonNode exchanges = found(path + "/exchanges");
    assertThat(exchanges.toString()).contains("/products/bulk").doesNotContain("kong-key");
    assertThat(found(path + "/exchanges?failures=true").path("items")).isNotNull();
    JsonNode said = found(path + "/exchanges?key=P0000008").path("items");
    assertThat(said).isNotEmpty().isEqualTo(found(path + "/exchanges?record=8").path("items"));
    String call = said.path(0).path("call").toString();
    assertThat(found(path + "/records?call=" + call).toString()).contains("P0000008");
    assertThat(found(path + "/records?call=99").path("items")).isEmpty();
    assertThat(VIEWER.get(FLOWS + path + "/exchanges?record=x").status()).isEqualTo(422);
    JsonNode acme = found("/clients/acme");
    assertThat(acme.path("last_sync_status").asString()).isEqualTo("partial");
    assertThat(found("/runs?client=acme&state=partial").path("items")).hasSize(1);
    JsonNode tried =
        ok(
            VIEWER.post(
                FLOWS + "/mappings/coverage",
                "{\"name\":\"kong-standard\",\"client\":\"acme\",\"count\":50}"),
            200);
    assertThat(tried.path("records").asInt()).isEqualTo(50);
  }

  @Test
  @Order(9)
  void whatCannotBeAskedOfARunIsToldWithTheNextStep() {
    Reply nobody = OPERATOR.post(FLOWS + "/runs", "{\"client\":\"nobody\"}");
    assertThat(nobody.status()).isEqualTo(404);
    assertThat(nobody.text()).contains("there is no client");
    assertThat(VIEWER.post(FLOWS + "/runs", "{\"client\":\"acme\"}").status()).isEqualTo(403);
    String run = FLOWS + "/runs/" + found("/runs?client=acme&limit=1").at("/items/0/id").asString();
    assertThat(OPERATOR.post(run + "/pause", "{}").status()).isEqualTo(409);
    assertThat(OPERATOR.post(run + "/resume", "{}").status()).isEqualTo(409);
    assertThat(OPERATOR.post(run + "/cancel", "{}").text()).contains("it is over already");
    ok(ADMIN.put(FLOWS + "/clients/bare", "{\"config\":" + WORLD.client() + "}"), 201);
    JsonNode planned = ok(OPERATOR.post(FLOWS + "/runs", "{\"client\":\"bare\"}"), 201);
    JsonNode failed = finished(planned.path("id").asString());
    assertThat(failed.path("state").asString()).isEqualTo("failed");
    assertThat(failed.path("reason").asString()).contains("siesa-integration/bare/siesa");
    ok(ADMIN.delete(FLOWS + "/clients/bare"), 204);
  }

  @Test
  @Order(10)
  void clientsAreImportedOnceDryAndOnceForGood() {
    ObjectNode body = JsonMapper.shared().createObjectNode();
    body.put(
        "text",
        "[{\"client_id\":{\"S\":\"delta\"},\"product_type\":{\"S\":\"kong\"},"
            + "\"enabled\":{\"BOOL\":false},\"siesa_api_url\":{\"S\":\"http://localhost:1\"},"
            + "\"product_api_url\":{\"S\":\"http://localhost:2\"},"
            + "\"field_mappings_key\":{\"S\":\"mappings/kong-standard.json\"}},"
            + "{\"client_id\":\"epsilon\"}]");
    body.put("dry_run", true);
    JsonNode dry = ok(ADMIN.post(FLOWS + "/clients/import", body.toString()), 200);
    assertThat(dry.at("/items/0/outcome").asString()).isEqualTo("created");
    assertThat(dry.at("/items/1/outcome").asString()).isEqualTo("rejected");
    assertThat(VIEWER.get(FLOWS + "/clients/delta").status()).isEqualTo(404);
    body.put("dry_run", false);
    ok(ADMIN.post(FLOWS + "/clients/import", body.toString()), 200);
    assertThat(found("/clients/delta").path("enabled").asBoolean()).isFalse();
    body.put("text", "nothing");
    JsonNode none = ok(ADMIN.post(FLOWS + "/clients/import", body.toString()), 200);
    assertThat(none.at("/items/0/outcome").asString()).isEqualTo("rejected");
  }

  @Test
  @Order(11)
  void aWorkspaceIsAppliedExactlyAsItWasShown() {
    ObjectNode body = JsonMapper.shared().createObjectNode();
    JsonNode exported = found("/workspace");
    assertThat(exported.path("files").propertyNames())
        .contains("clients/acme.yaml", "mappings/kong-standard.yaml");
    assertThat(VIEWER.get(FLOWS + "/workspace.zip").text()).startsWith("PK");
    ObjectNode files = (ObjectNode) exported.path("files").deepCopy();
    body.set("files", files);
    assertThat(ok(VIEWER.post(FLOWS + "/workspace/plan", body.toString()), 200).path("empty"))
        .hasToString("true");

    files.put(
        "clients/acme.yaml", files.path("clients/acme.yaml").asString() + "aws_account_id: '1'\n");
    JsonNode plan = ok(VIEWER.post(FLOWS + "/workspace/plan", body.toString()), 200);
    assertThat(plan.at("/counts/update").asInt()).isEqualTo(1);
    body.put("plan", "other");
    assertThat(ADMIN.post(FLOWS + "/workspace/apply", body.toString()).status()).isEqualTo(409);
    body.put("plan", plan.path("plan").asString());
    assertThat(OPERATOR.post(FLOWS + "/workspace/apply", body.toString()).status()).isEqualTo(403);
    JsonNode applied = ok(ADMIN.post(FLOWS + "/workspace/apply", body.toString()), 200);
    assertThat(applied.at("/changes/0/differences/0/place").asString()).isEqualTo("aws_account_id");

    files.put("clients/acme.yaml", "client_id: acme\nproduct_type: kongg\n");
    body.remove("plan");
    Reply refused = VIEWER.post(FLOWS + "/workspace/plan", body.toString());
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.text()).contains("clients/acme.yaml:2");
    JsonNode valid = ok(VIEWER.post(FLOWS + "/workspace/validate", body.toString()), 200);
    assertThat(valid.path("usable").asBoolean()).isFalse();
    assertThat(valid.at("/problems/0/line").asInt()).isPositive();
  }

  @Test
  @Order(12)
  void aKeyIsTracedInTheRunsOfOneClient() {
    String key = "P0000007";
    JsonNode all = ok(VIEWER.get("/api/v1/trace/" + key), 200);
    assertThat(all.path("steps")).isNotEmpty();
    assertThat(all.path("steps").valueStream())
        .allMatch(step -> step.path("client").asString().equals("acme"))
        .allMatch(step -> step.path("detail").asString().contains("client acme"));
    assertThat(
            all.path("steps")
                .valueStream()
                .filter(step -> step.path("what").asString().equals("rejected"))
                .map(step -> step.path("batch").asString()))
        .isNotEmpty()
        .doesNotHaveDuplicates();
    assertThat(ok(VIEWER.get("/api/v1/trace/" + key + "?client=acme"), 200)).isEqualTo(all);
    assertThat(ok(VIEWER.get("/api/v1/trace/" + key + "?client=other"), 200).path("steps"))
        .isEmpty();
  }

  @Test
  @Order(12)
  void figuresAreGivenUnderTheirNames() {
    assertThat(CONSOLE.client().get("/metrics").status()).isEqualTo(401);
    Reply figures = VIEWER.get("/metrics");
    assertThat(figures.header("Content-Type")).startsWith("text/plain; version=0.0.4");
    assertThat(figures.text())
        .contains("RecordsProcessed_total{client_id=\"acme\",sync_type=\"initial\"}")
        .contains("APILatency_seconds_bucket{client_id=\"acme\",side=\"source\"")
        .contains("entrepot_inbox_backlog ");
  }

  @Test
  @Order(13)
  void clientsOnOneAccountAreToldOfEachOther() {
    String twin = FLOWS + "/clients/twin";
    ok(ADMIN.put(twin, "{\"config\":" + WORLD.client() + "}"), 201);
    ok(ADMIN.put(twin + "/secrets/siesa", "{\"value\":{\"api_key\":\"siesa-key\"}}"), 200);
    ok(ADMIN.put(twin + "/secrets/kong", "{\"value\":{\"api_key\":\"kong-key\"}}"), 200);
    assertThat(found("/clients/twin").path("warnings")).isEmpty();
    ok(OPERATOR.post(ACME + "/reach", "{}"), 200);
    JsonNode reached = ok(OPERATOR.post(twin + "/reach", "{}"), 200);
    assertThat(reached.path("well").asBoolean()).isTrue();
    assertThat(reached.at("/systems/1/warning").asString()).startsWith("client acme writes to the");
    assertThat(found("/clients/acme").at("/warnings/0").asString())
        .startsWith("client twin writes");
    JsonNode queued =
        ok(OPERATOR.post(FLOWS + "/runs", "{\"client\":\"twin\",\"mode\":\"plan\"}"), 201);
    JsonNode plan = finished(queued.path("id").asString());
    assertThat(plan.path("state").asString()).as(plan.toString()).isEqualTo("planned");
    assertThat(found("/runs/" + plan.path("id").asString() + "/forecast").at("/warnings/0"))
        .hasToString(reached.at("/systems/1/warning").toString());
    ok(ADMIN.delete(twin), 204);
    assertThat(found("/clients/acme").path("warnings")).isEmpty();
  }
}

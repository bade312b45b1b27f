package dev.entrepot.console.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.console.InboxWorld;
import dev.entrepot.console.SyncWorld;
import dev.entrepot.console.TestClient;
import dev.entrepot.console.TestClient.Reply;
import dev.entrepot.console.TestConsole;
import dev.entrepot.console.access.Role;
import dev.entrepot.flow.runs.Run;
import dev.entrepot.flow.runs.RunState;
import dev.entrepot.model.Books;
import dev.entrepot.simulators.remote.Fault;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What the pages of a client and its runs say when records do not arrive, from the first plan on.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RunPagesTest {
  private static final String FLOWS = "/api/v1/flows";
  private static final String ACME = "/sync/clients/acme";
  private static final String NOWHERE = SyncWorld.MAPPING.replace("f_nombre", "f_nombrex");
  private static final TestConsole CONSOLE = new TestConsole();
  private static final SyncWorld WORLD = new SyncWorld(30);
  private static final TestClient ADMIN = CONSOLE.program(Role.ADMIN, null);

  @BeforeAll
  static void configure() {
    CONSOLE.account("admin@example.com", Role.ADMIN, null);
    put("/mappings/kong-standard", text(NOWHERE).toString());
    put("/clients/acme", "{\"config\":%s}".formatted(WORLD.client()));
    put("/clients/acme/secrets/siesa", "{\"value\":{\"api_key\":\"siesa-key\"}}");
    put("/clients/acme/secrets/kong", "{\"value\":{\"api_key\":\"kong-key\"}}");
  }

  @AfterAll
  static void close() {
    CONSOLE.close();
    WORLD.close();
  }

  private static ObjectNode text(String yaml) {
    return JsonMapper.shared().createObjectNode().put("text", yaml);
  }

  private static void put(String path, String body) {
    Reply reply = ADMIN.put(FLOWS + path, body);
    assertThat(reply.status()).as(reply.text()).isBetween(200, 201);
  }

  private static Visit admin() {
    return Visit.of(CONSOLE, "admin@example.com");
  }

  private static String shown(String path) {
    Reply reply = admin().open(path);
    assertThat(reply.status()).as(path + ": " + reply.text()).isEqualTo(200);
    return reply.text();
  }

  private static JsonNode found(String path) {
    Reply reply = ADMIN.get(FLOWS + path);
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return reply.json();
  }

  /// @return the address of the run's page, once the run does not move any more
  private static String run(String mode) {
    return settled(admin().post(ACME + "/runs", "mode", mode));
  }

  private static String settled(Reply started) {
    assertThat(started.status()).as(started.text()).isEqualTo(303);
    String page = started.response().headers().firstValue("Location").orElseThrow();
    InboxWorld.await(() -> {
      RunState state = of(page).state();
      return state.ended() || state == RunState.PLANNED;
    });
    return page;
  }

  private static Run of(String page) {
    UUID id = UUID.fromString(page.substring(page.lastIndexOf('/') + 1));
    return CONSOLE.flows().runs().find(id).orElseThrow();
  }

  @Test
  @Order(1)
  void aPlanThatRejectsEverythingSaysSoAndWhy() {
    String plan = run("plan");
    String page = shown(plan);
    assertThat(page)
        .contains("All 30 records would be rejected", "name", "/records?outcome=rejected")
        .contains("/sync/mappings/kong-standard?client=acme")
        .doesNotContain("There is nothing to do", "Apply the plan", "No such record");
    JsonNode forecast = found("/runs/" + of(plan).id() + "/forecast");
    assertThat(forecast.at("/rejections/0/records").asInt()).isEqualTo(30);
    assertThat(forecast.at("/rejections/0/reason").asString()).contains("name");
    assertThat(found("/clients/acme").at("/outstanding/total").asInt()).isZero();
  }

  @Test
  @Order(2)
  void whatTheMappingRejectedIsOutstandingThoughTheNextRunIsASuccess() {
    assertThat(of(run("incremental")).state()).isEqualTo(RunState.PARTIAL);
    String empty = run("incremental");
    assertThat(of(empty).state()).isEqualTo(RunState.SUCCESS);
    assertThat(shown(empty))
        .contains("Nothing changed at siesa since", "30 records of this client are not at kong")
        .doesNotContain("Everything that was read", "records a second");
    assertThat(shown(ACME))
        .contains("30 records of this client are not at kong: 30 rejected by the mapping")
        .contains(ACME + "/outstanding");
    assertThat(shown("/sync")).contains("Outstanding", ACME + "/outstanding");
    assertThat(shown("/")).contains("records of 1 client, rejected and not there");
    assertThat(shown(ACME + "/outstanding"))
        .contains("P0000001", "What the mapping rejected", "when changed");
    assertThat(shown(ACME + "/outstanding?by=destination")).contains("Nothing is outstanding");
    JsonNode outstanding = found("/clients/acme").path("outstanding");
    assertThat(outstanding.path("total").asInt()).isEqualTo(30);
    assertThat(outstanding.path("mapping").asInt()).isEqualTo(30);
    JsonNode listed = found("/clients/acme/outstanding?by=mapping&limit=2");
    assertThat(listed.at("/items/0/by").asString()).isEqualTo("mapping");
    assertThat(listed.at("/items/0/key").asString()).isEqualTo("P0000001");
    assertThat(listed.at("/items/0/due").isNull()).isTrue();
    JsonNode rest = found("/clients/acme/outstanding?cursor=" + listed.path("next").asString());
    assertThat(rest.path("items")).hasSize(28);
    assertThat(ADMIN.get("/metrics").text())
        .contains("RecordsOutstanding{client_id=\"acme\",rejected_by=\"mapping\"} 30");
  }

  @Test
  @Order(3)
  void aPlanThatIsOvertakenIsPlannedAgain() {
    put("/mappings/kong-standard", text(SyncWorld.MAPPING).put("revision", 1).toString());
    String plan = run("plan");
    assertThat(shown(plan)).contains("Apply the plan").doesNotContain("Plan again");
    String first = run("incremental");
    assertThat(shown(plan))
        .contains("Overtaken", "it cannot be applied any more", first, "Plan again")
        .doesNotContain("Apply the plan");
    JsonNode api = found("/runs/" + of(plan).id());
    assertThat(api.path("overtaken_by").asString()).isEqualTo(of(first).id().toString());
    String again = settled(admin().post(plan + "/again"));
    assertThat(again).isNotEqualTo(plan);
    assertThat(of(again).overtakenBy()).isNull();
    assertThat(shown("/sync/runs")).contains("Overtaken", "Planned");
  }

  @Test
  @Order(4)
  void itemsThatWereRejectedInAnAnswerThatWentWellAreTold() {
    WORLD.siesa.products("acme").change("P0000003", product -> product.name("REJECT me"));
    WORLD.siesa.products("acme").change("P0000005", product -> product.name("Taken"));
    WORLD.kong.server().faults().add(Fault.rejectItems("name", "REJECT"));
    String page = run("initial");
    WORLD.kong.server().faults().clear();
    assertThat(of(page).books().rejected()).isEqualTo(1);
    String said = shown(page + "/exchanges?only=failures");
    assertThat(said).contains("207, 1 of 2 rejected");
    JsonNode failures = found("/runs/" + of(page).id() + "/exchanges?failures=true");
    assertThat(failures.at("/items/0/rejected").asInt()).isEqualTo(1);
    assertThat(shown(ACME)).contains("1 record of this client is not at kong: 1 rejected by kong");
    assertThat(shown(ACME + "/outstanding")).contains("P0000003", "rejected");
    String cured = run("incremental");
    assertThat(of(cured).state()).isEqualTo(RunState.SUCCESS);
    assertThat(shown(cured)).contains("Everything that was read").doesNotContain("not at kong");
    assertThat(shown(ACME)).doesNotContain("not at kong:");
  }

  @Test
  @Order(5)
  void aFailedRunTellsWhyOnTheClientsPageAndItsNumbersAddUp() {
    WORLD.siesa.products("acme").change("P0000004", product -> product.name("Another"));
    WORLD.kong.server().faults().add(Fault.answer(401).on("*", "/products*"));
    String page = run("incremental");
    assertThat(of(page).state()).isEqualTo(RunState.FAILED);
    Books books = of(page).books();
    assertThat(books.skipped()).isPositive();
    assertThat(shown(page)).contains("(DENIED)");
    assertThat(shown(ACME))
        .contains("The last run failed (DENIED)", page)
        .contains(
            "%d written, %d unchanged, %d skipped"
                .formatted(books.written(), books.unchanged(), books.skipped()));
  }
}

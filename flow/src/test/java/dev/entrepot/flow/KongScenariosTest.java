package dev.entrepot.flow;

import static dev.entrepot.flow.FlowNode.books;
import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.flow.runs.Change;
import dev.entrepot.flow.runs.Run;
import dev.entrepot.flow.runs.RunMode;
import dev.entrepot.flow.runs.RunRecord;
import dev.entrepot.flow.runs.RunRecords;
import dev.entrepot.flow.runs.RunRecords.ExchangeFilter;
import dev.entrepot.flow.runs.RunState;
import dev.entrepot.model.Books;
import dev.entrepot.simulators.kong.KongServer;
import dev.entrepot.simulators.remote.Fault;
import dev.entrepot.simulators.remote.Harm;
import dev.entrepot.simulators.remote.RemoteSettings;
import dev.entrepot.simulators.siesa.Oddities;
import dev.entrepot.simulators.siesa.SiesaCatalogue;
import dev.entrepot.simulators.siesa.SiesaProduct;
import dev.entrepot.simulators.siesa.SiesaProducts;
import dev.entrepot.simulators.siesa.SiesaServer;
import dev.entrepot.simulators.siesa.SiesaTenant;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Siesa to Kong: a mapping in the given form and a client, as people write them, by the connectors
/// there are, against simulators over HTTP. What Kong holds is held against what Siesa has.
class KongScenariosTest {
  static final String MAPPING =
      """
      {"version": "1.0", "product_type": "kong", "mappings": {"product": {
        "id": {"siesa_field": "f_codigo", "product_field": "product_id", "type": "string",
               "required": true},
        "external_id": {"siesa_field": "f_codigo_externo", "product_field": "external_reference",
               "type": "string", "required": true},
        "name": {"siesa_field": "f_nombre", "product_field": "name", "type": "string",
               "required": true},
        "ean": {"siesa_field": "f_ean", "product_field": "barcode", "type": "string",
               "required": false, "validation": "^[0-9]{13}$"},
        "stock_quantity": {"siesa_field": "f_cantidad", "product_field": "quantity",
               "type": "decimal", "required": true},
        "rfid_tag": {"siesa_field": "f_tag_rfid", "product_field": "rfid_tag_id",
               "type": "string", "required": false},
        "custom:family": {"siesa_field": "f_categoria", "product_field": "family",
               "type": "string", "required": false}}}}
      """;
  private static final String BULK = "/products/bulk";

  @TempDir private Path results;
  private FlowNode node;
  private SiesaServer siesa;
  private KongServer kong;
  private SiesaCatalogue catalogue;

  @BeforeEach
  void open() {
    siesa =
        SiesaServer.start(
            RemoteSettings.unlimited(),
            List.of(
                new SiesaTenant("acme", "siesa-key", "siesa-token", "17"),
                new SiesaTenant("other", "other-key", "other-token", "18")));
    catalogue = siesa.products("acme");
    kong = KongServer.start(RemoteSettings.unlimited(), Map.of("kong-key", "acme"));
    node = new FlowNode(results);
    node.mapping("kong-standard", MAPPING);
    client("rest");
  }

  @AfterEach
  void close() {
    node.close();
    siesa.close();
    kong.close();
  }

  private void client(String dialect) {
    String id = dialect.equals("rest") ? "acme" : "acme-" + dialect;
    node.client(
        """
        client_id: %s
        product_type: kong
        source_settings: {dialect: %s}
        field_mappings_key: kong-standard
        flow:
          source_rate_limit: none
          product_rate_limit: none
          retries: {first_pause: PT0.005S, longest_pause: PT0.05S}
        """
            .formatted(id, dialect));
    source(id, "siesa-key", "siesa-token", "17");
    node.secret(
        id,
        "kong",
        """
        {"product_type": "kong", "api_url": "%s", "api_key": "kong-key", "tenant_id": "acme",
         "database_type": "postgres", "additional_config": {"rfid_enabled": true}}
        """
            .formatted(kong.uri()));
  }

  private void source(String client, String key, String token, String company) {
    node.secret(
        client,
        "siesa",
        """
        {"api_url": "%s", "api_key": "%s", "username": "acme", "password": "%s", "tenant_id": "%s"}
        """
            .formatted(siesa.uri(), key, token, company));
  }

  private void load(int count) {
    catalogue.load(SiesaProducts.generate(count, 7));
  }

  private void requireAllHeld() {
    SortedMap<String, ObjectNode> products = new TreeMap<>();
    for (SiesaProduct product : catalogue.all()) {
      ObjectNode held =
          JsonNodeFactory.instance
              .objectNode()
              .put("product_id", product.code())
              .put("external_reference", product.externalCode())
              .put("name", product.name())
              .put("barcode", product.ean());
      assertThat(product.quantity()).isNotNull();
      held.put("quantity", product.quantity().intValueExact()).put("family", product.category());
      if (product.tag() != null) {
        held.put("rfid_tag_id", product.tag());
      }
      products.put("acme/" + product.code(), held);
    }
    assertThat(kong.products().snapshot()).isEqualTo(products);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rest", "standard-query"})
  void everythingThenNothingThenOnlyWhatChanged(String dialect) throws Exception {
    String id = "acme";
    if (!dialect.equals("rest")) {
      client(dialect);
      id = "acme-" + dialect;
    }
    load(2_500);
    Run run = node.run(id, RunMode.INITIAL);
    assertThat(run.reason()).isNull();
    assertThat(run.state()).isEqualTo(RunState.SUCCESS);
    assertThat(run.books()).isEqualTo(books(2_500, 0));
    assertThat(run.calls())
        .isEqualTo(run.steps().stream().mapToLong(Run.StepCount::fewestCalls).sum());
    requireAllHeld();

    Run second = node.run(id, RunMode.INITIAL);
    assertThat(second.books()).isEqualTo(books(0, 2_500));
    assertThat(second.calls()).isZero();

    catalogue.change("P0001234", product -> product.name("Otro nombre"));
    catalogue.touch("P0001235");
    SiesaProducts.generate(1, 3, 2_501).forEach(catalogue::add);
    Run incremental = node.run(id, RunMode.INCREMENTAL);
    assertThat(incremental.since()).isNotNull();
    assertThat(incremental.books()).isEqualTo(books(2, 1));
    requireAllHeld();
  }

  @Test
  void tenThousandProductsAreReadInTenCalls() throws Exception {
    load(10_000);
    Run run = node.run("acme", RunMode.INITIAL);
    assertThat(run.books()).isEqualTo(books(10_000, 0));
    assertThat(run.pages()).isEqualTo(10);
    assertThat(siesa.log().calls()).isEqualTo(10);
    assertThat(run.calls())
        .isEqualTo(run.steps().stream().mapToLong(Run.StepCount::fewestCalls).sum());
  }

  @Test
  void productsThatKongRefusesAreRejectedAlone() throws Exception {
    load(300);
    long refused =
        catalogue.all().stream()
            .filter(product -> String.valueOf(product.name()).contains("Blusa"))
            .count();
    int _ = kong.faults().add(Fault.rejectItems("name", "Blusa"));
    Run run = node.run("acme", RunMode.INITIAL);
    assertThat(run.state()).isEqualTo(RunState.PARTIAL);
    assertThat(run.books()).isEqualTo(new Books(300, 300 - refused, 0, refused, 0, 0));
    assertThat(node.flows().runs().result(run.id()).failures()).hasSize((int) refused);
  }

  @Test
  void failuresAndLimitsAreWaitedOut() throws Exception {
    load(1_000);
    int _ = kong.faults().add(Fault.answer(500).on("POST", BULK).times(1));
    int _ =
        kong.faults()
            .add(Fault.answer(429, Duration.ofSeconds(1)).on("POST", BULK).from(3).times(1));
    int _ = kong.faults().add(Fault.answer(503).on("POST", BULK).from(6).times(2));
    int _ = siesa.faults().add(Fault.answer(500).times(1));
    Run run = node.run("acme", RunMode.INITIAL);
    assertThat(run.state()).isEqualTo(RunState.SUCCESS);
    assertThat(run.books()).isEqualTo(books(1_000, 0));
    requireAllHeld();
  }

  @Test
  void aCustomFieldIsComparedAndShownAsAnyOther() throws Exception {
    load(120);
    node.run("acme", RunMode.INITIAL);
    catalogue.change(
        "P0000007",
        product -> product.raw("f_categoria", JsonNodeFactory.instance.stringNode("Sale")));
    Run run = node.run("acme", RunMode.INCREMENTAL);
    assertThat(run.books()).isEqualTo(books(1, 0));
    List<RunRecord> changed =
        node.flows()
            .records()
            .list(run.id(), new RunRecords.Filter(null, Change.UPDATE, null), null, 10)
            .items();
    assertThat(changed)
        .singleElement()
        .satisfies(record -> assertThat(record.diffs()).contains("family").contains("Sale"));
    requireHeldFamily("P0000007", "Sale");
  }

  private void requireHeldFamily(String code, String family) {
    ObjectNode held = kong.products().snapshot().get("acme/" + code);
    assertThat(held).isNotNull();
    assertThat(held.path("family").asString()).isEqualTo(family);
  }

  @Test
  void anElementThatIsNoProductIsRejectedAndSeen() throws Exception {
    String body =
        """
        {"data": [{"f_codigo": "P1", "f_codigo_externo": "E1", "f_nombre": "One", "f_cantidad": 1},
         null, "broken"], "page": 1, "limit": 1000, "total": 3}
        """;
    int _ = siesa.faults().add(Fault.of(new Harm.Answer(200, body, Map.of())).times(1));
    Run run = node.run("acme", RunMode.INITIAL);
    assertThat(run.state()).isEqualTo(RunState.PARTIAL);
    assertThat(run.books()).isEqualTo(new Books(2, 1, 0, 1, 0, 0));
    assertThat(run.ghosts()).isEqualTo(1);
  }

  @Test
  void aSiesaThatGivesLessThanItSaysFailsTheRunAndTheNextOneReadsAll() throws Exception {
    load(2_500);
    String body = "{\"data\": [], \"page\": 2, \"limit\": 1000, \"total\": 2500}";
    int _ = siesa.faults().add(Fault.of(new Harm.Answer(200, body, Map.of())).from(2).times(3));
    Run run = node.run("acme", RunMode.INITIAL);
    assertThat(run.state()).isEqualTo(RunState.FAILED);
    assertThat(run.reason()).contains("page 2", "should hold 1000", "2500 in all", "3 tries");
    assertThat(run.books()).isEqualTo(books(1_000, 0));
    assertThat(node.run("acme", RunMode.INCREMENTAL).books()).isEqualTo(books(1_500, 1_000));
    requireAllHeld();
  }

  @Test
  void aSiesaWithSmallPagesThatDoesNotSayWhereItEndsIsReadToItsEnd() throws Exception {
    load(1_000);
    siesa.oddities(Oddities.none().cap(100).total(Oddities.Total.LEFT_OUT));
    assertThat(node.run("acme", RunMode.INITIAL).books()).isEqualTo(books(1_000, 0));
    requireAllHeld();
  }

  @Test
  void whatWasSaidWithSiesaIsKeptWhenNothingElseCameOfIt() throws Exception {
    source("acme", "no-such-key", "siesa-token", "17");
    Run run = node.run("acme", RunMode.INITIAL);
    assertThat(run.state()).isEqualTo(RunState.FAILED);
    assertThat(run.code()).isEqualTo("DENIED");
    assertThat(
            node.flows().records().exchanges(run.id(), ExchangeFilter.FAILURES, null, 10).items())
        .isNotEmpty()
        .allMatch(said -> said.toString().contains("401"))
        .noneMatch(said -> said.toString().contains("no-such-key"));
  }

  @Test
  void anotherCompanyIsReadFromItsBeginning() throws Exception {
    load(50);
    siesa.products("other").load(SiesaProducts.generate(70, 3, 5_001));
    node.run("acme", RunMode.INITIAL);
    source("acme", "other-key", "other-token", "18");
    Run run = node.run("acme", RunMode.INCREMENTAL);
    assertThat(run.since()).isNull();
    assertThat(run.books()).isEqualTo(books(70, 0));
  }
}

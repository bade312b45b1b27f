package dev.entrepot.flow;

import static dev.entrepot.flow.FlowNode.books;
import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.flow.runs.Run;
import dev.entrepot.flow.runs.RunMode;
import dev.entrepot.flow.runs.RunState;
import dev.entrepot.model.Books;
import dev.entrepot.simulators.remote.BatchPolicy;
import dev.entrepot.simulators.remote.Fault;
import dev.entrepot.simulators.remote.RemoteSettings;
import dev.entrepot.simulators.siesa.SiesaCatalogue;
import dev.entrepot.simulators.siesa.SiesaProduct;
import dev.entrepot.simulators.siesa.SiesaProducts;
import dev.entrepot.simulators.siesa.SiesaServer;
import dev.entrepot.simulators.siesa.SiesaTenant;
import dev.entrepot.simulators.wms.WmsServer;
import dev.entrepot.simulators.wms.WmsServer.Service;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Siesa to the WMS: configured as people do it, by the connectors there are, against simulators
/// over HTTP. What the WMS holds is held against what Siesa has.
class WmsScenariosTest {
  static final String MAPPING =
      """
      {"version": "1.0", "product_type": "wms", "mappings": {"product": {
        "id": {"siesa_field": "f_codigo", "product_field": "item_id", "type": "string",
               "required": true},
        "external_id": {"siesa_field": "f_codigo_externo", "product_field": "external_item_code",
               "type": "string", "required": true},
        "name": {"siesa_field": "f_nombre", "product_field": "item_name", "type": "string",
               "required": true},
        "ean": {"siesa_field": "f_ean", "product_field": "ean_code", "type": "string",
               "required": false, "validation": "^[0-9]{13}$"},
        "stock_quantity": {"siesa_field": "f_cantidad", "product_field": "available_quantity",
               "type": "decimal", "required": true},
        "warehouse_location": {"siesa_field": "f_ubicacion", "product_field": "location_code",
               "type": "string", "required": false},
        "custom:zone": {"siesa_field": "f_zona", "product_field": "zone_id", "type": "string",
               "required": false}}},
       "transformations": {"date_format": {"from": "YYYY-MM-DD", "to": "ISO8601"},
         "location_format": {"from": "A-01-05", "to": "A0105"}}}
      """;
  private static final String ITEMS = "POST /inventory/items/bulk";
  private static final String LOCATIONS = "POST /warehouse/locations";

  @TempDir private Path results;
  private FlowNode node;
  private SiesaServer siesa;
  private WmsServer wms;
  private SiesaCatalogue catalogue;

  @BeforeEach
  void open() {
    SiesaTenant acme = new SiesaTenant("acme", "siesa-key", "siesa-token", "17");
    siesa = SiesaServer.start(RemoteSettings.unlimited(), List.of(acme));
    catalogue = siesa.products("acme");
    wms = WmsServer.start(RemoteSettings.unlimited(), Map.of("wms-key", "acme"));
    node = new FlowNode(results);
    node.mapping("wms-standard", MAPPING);
  }

  @AfterEach
  void close() {
    node.close();
    siesa.close();
    wms.close();
  }

  /// Every service of the WMS has an address of its own.
  private void client(String dialect) {
    node.client(
        """
        client_id: acme
        product_type: wms
        source_settings: {dialect: %s}
        field_mappings_key: wms-standard
        flow:
          source_rate_limit: none
          product_rate_limit: none
          retries: {first_pause: PT0.005S, longest_pause: PT0.05S}
        """
            .formatted(dialect));
    node.secret(
        "acme",
        "siesa",
        """
        {"api_url": "%s", "api_key": "siesa-key", "username": "acme", "password": "siesa-token",
         "tenant_id": "17"}
        """
            .formatted(siesa.uri()));
    node.secret(
        "acme",
        "wms",
        """
        {"product_type": "wms", "api_url": "http://127.0.0.1:9", "api_key": "wms-key",
         "tenant_id": "acme", "service_endpoints": {"inventory": "%s", "warehouse": "%s"}}
        """
            .formatted(wms.service(Service.INVENTORY), wms.service(Service.WAREHOUSE)));
  }

  private void load(int count) {
    catalogue.load(SiesaProducts.generate(count, 7));
  }

  private long located() {
    return catalogue.all().stream().filter(product -> product.location() != null).count();
  }

  /// The WMS holds these products exactly as Siesa has them, and nothing besides.
  private void requireHeld(
      Predicate<SiesaProduct> items, Predicate<SiesaProduct> itemsWithLocation) {
    SortedMap<String, ObjectNode> held = new TreeMap<>();
    SortedMap<String, ObjectNode> places = new TreeMap<>();
    for (SiesaProduct product : catalogue.all()) {
      if (items.test(product)) {
        held.put("acme/" + product.code(), item(product));
      }
      if (product.location() != null && itemsWithLocation.test(product)) {
        places.put("acme/" + product.code(), place(product));
      }
    }
    assertThat(wms.items().snapshot()).isEqualTo(held);
    assertThat(wms.locations().snapshot()).isEqualTo(places);
  }

  private void requireAllHeld() {
    requireHeld(_ -> true, _ -> true);
  }

  private static ObjectNode item(SiesaProduct product) {
    ObjectNode item = JsonNodeFactory.instance.objectNode();
    BigDecimal quantity = product.quantity();
    assertThat(quantity).isNotNull();
    item.put("item_id", product.code())
        .put("external_item_code", product.externalCode())
        .put("item_name", product.name())
        .put("ean_code", product.ean())
        .put("available_quantity", quantity.intValueExact());
    if (product.location() != null) {
      item.put("location_code", code(product.location())).put("zone_id", product.zone());
    }
    return item;
  }

  private static ObjectNode place(SiesaProduct product) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("location_code", code(product.location()))
        .put("zone_id", product.zone())
        .put("item_id", product.code());
  }

  private static @Nullable String code(@Nullable String location) {
    return location == null ? null : location.replace("-", "");
  }

  private static boolean isBlouse(SiesaProduct product) {
    return String.valueOf(product.name()).startsWith("Blusa");
  }

  private static long calls(long writes) {
    return (writes + 99) / 100;
  }

  @ParameterizedTest
  @ValueSource(strings = {"rest", "standard-query"})
  void everythingThenNothingThenOnlyWhatChanged(String dialect) throws Exception {
    client(dialect);
    load(450);
    Run run = node.run("acme", RunMode.INITIAL);
    assertThat(run.reason()).isNull();
    assertThat(run.state()).isEqualTo(RunState.SUCCESS);
    assertThat(run.books()).isEqualTo(books(450, 0));
    assertThat(wms.log().calls(ITEMS)).isEqualTo(5);
    assertThat(wms.log().calls(LOCATIONS)).isEqualTo(calls(located()));
    assertThat(run.calls()).isEqualTo(wms.log().calls());
    requireAllHeld();

    long written = wms.log().calls(ITEMS) + wms.log().calls(LOCATIONS);
    Run second = node.run("acme", RunMode.INITIAL);
    assertThat(second.books()).isEqualTo(books(0, 450));
    assertThat(second.calls()).isZero();
    assertThat(wms.log().calls(ITEMS) + wms.log().calls(LOCATIONS)).isEqualTo(written);
    // Both services are asked whether they let us in.
    assertThat(wms.log().calls()).isEqualTo(run.calls() + 2);
    long before = wms.log().calls();

    List<SiesaProduct> some = catalogue.all().stream().filter(one -> one.zone() != null).toList();
    catalogue.sell(3);
    catalogue.change(some.get(200).code(), product -> product.name("Otro nombre"));
    catalogue.change(some.get(300).code(), product -> product.location("B-39-20"));
    catalogue.touch(some.get(301).code());
    SiesaProducts.generate(1, 3, 451).forEach(catalogue::add);
    Run incremental = node.run("acme", RunMode.INCREMENTAL);
    assertThat(incremental.since()).isNotNull();
    assertThat(incremental.books()).isEqualTo(books(6, 1));
    assertThat(wms.log().calls()).isLessThanOrEqualTo(before + 2);
    requireAllHeld();
  }

  @Test
  void whatTheWmsRefusesIsRejectedAloneAndComesAgain() throws Exception {
    client("rest");
    load(300);
    long blouses = catalogue.all().stream().filter(WmsScenariosTest::isBlouse).count();
    long unplaced =
        catalogue.all().stream()
            .filter(one -> !isBlouse(one))
            .filter(one -> String.valueOf(one.location()).startsWith("C-"))
            .count();
    int _ = wms.faults().add(Fault.rejectItems("item_name", "Blusa"));
    int _ =
        wms.faults()
            .add(Fault.rejectItems("location_code", "C").on("POST", "/warehouse/locations"));
    Run run = node.run("acme", RunMode.INITIAL);
    long refused = blouses + unplaced;
    assertThat(run.state()).isEqualTo(RunState.PARTIAL);
    assertThat(run.books()).isEqualTo(new Books(300, 300 - refused, 0, refused, 0, 0));
    assertThat(node.flows().runs().result(run.id()).failures()).hasSize((int) refused);
    requireHeld(
        one -> !isBlouse(one),
        one -> !isBlouse(one) && !String.valueOf(one.location()).startsWith("C-"));

    wms.faults().clear();
    Run next = node.run("acme", RunMode.INCREMENTAL);
    assertThat(next.since()).isNotNull();
    assertThat(next.books()).isEqualTo(books(refused, 0));
    requireAllHeld();
    assertThat(node.run("acme", RunMode.INITIAL).books()).isEqualTo(books(0, 300));
  }

  @Test
  void aCallThatIsRefusedAsAWholeIsHalved() throws Exception {
    client("rest");
    load(200);
    wms.policy(BatchPolicy.ALL_OR_NOTHING);
    String guilty = catalogue.all().get(120).code();
    catalogue.change(guilty, product -> product.location("A-01-01").raw("f_zona", zone("Z")));
    Run run = node.run("acme", RunMode.INITIAL);
    assertThat(run.books()).isEqualTo(new Books(200, 199, 0, 1, 0, 0));
    assertThat(node.flows().runs().result(run.id()).failures())
        .singleElement()
        .satisfies(failure -> assertThat(failure.id()).isEqualTo(guilty));
    requireHeld(one -> !one.code().equals(guilty), one -> !one.code().equals(guilty));
  }

  private static JsonNode zone(String zone) {
    return JsonNodeFactory.instance.stringNode(zone);
  }

  @Test
  void failuresAndLimitsAreWaitedOut() throws Exception {
    client("standard-query");
    load(600);
    String items = "/inventory/items/bulk";
    int _ = wms.faults().add(Fault.answer(500).on("POST", items).times(1));
    int _ =
        wms.faults()
            .add(Fault.answer(429, Duration.ofSeconds(1)).on("POST", items).from(3).times(1));
    int _ = wms.faults().add(Fault.answer(503).on("POST", "/warehouse/locations").times(2));
    int _ = wms.faults().add(Fault.cutAfter().on("POST", items).from(5).times(1));
    int _ = siesa.faults().add(Fault.answer(503).times(1));
    Run run = node.run("acme", RunMode.INITIAL);
    assertThat(run.state()).isEqualTo(RunState.SUCCESS);
    assertThat(run.books()).isEqualTo(books(600, 0));
    assertThat(run.steps().getFirst().lookups()).isEqualTo(1);
    assertThat(wms.items().effects().changes()).isEqualTo(600);
    assertThat(wms.locations().effects().changes()).isEqualTo(located());
    requireAllHeld();
  }
}

package dev.entrepot.flow;

import static dev.entrepot.flow.FlowNode.books;
import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.contract.tms.TmsServer;
import dev.entrepot.contract.tms.TmsServer.Shipment;
import dev.entrepot.flow.runs.Run;
import dev.entrepot.flow.runs.RunMode;
import dev.entrepot.flow.runs.RunState;
import dev.entrepot.model.Books;
import dev.entrepot.simulators.kong.KongServer;
import dev.entrepot.simulators.remote.RemoteSettings;
import dev.entrepot.simulators.siesa.SiesaCatalogue;
import dev.entrepot.simulators.siesa.SiesaProduct;
import dev.entrepot.simulators.siesa.SiesaProducts;
import dev.entrepot.simulators.siesa.SiesaServer;
import dev.entrepot.simulators.siesa.SiesaTenant;
import dev.entrepot.spi.record.Fields;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A connector that nothing here knows of but its folder on the class path: the transport system of
/// the contract's tests, as a destination and as a source.
class NewConnectorTest {
  private static final String TO_TMS =
      """
      product_type: tms
      mappings:
        product:
          id: {from: f_codigo, to: id}
          external_id: {from: f_codigo_externo}
          name: {from: f_nombre, to: city}
          stock_quantity: {from: f_cantidad, to: parcels, type: integer}
      """;
  private static final String TO_KONG =
      """
      product_type: kong
      mappings:
        product:
          id: {from: id, to: product_id}
          external_id: {from: id, to: external_reference}
          name: {from: city, to: name}
          stock_quantity: {from: parcels, to: quantity, type: integer}
      """;

  @TempDir private Path results;
  private FlowNode node;
  private TmsServer tms;

  @BeforeEach
  void open() {
    node = new FlowNode(results);
    tms = new TmsServer();
  }

  @AfterEach
  void close() {
    node.close();
    tms.close();
  }

  private void secrets(String client) {
    String json = "{\"url\": \"%s\", \"key\": \"%s\"}".formatted(tms.address(), TmsServer.KEY);
    node.secret(client, "tms", json);
  }

  @Test
  void isWrittenTo() throws Exception {
    SiesaTenant tenant = new SiesaTenant("acme", "siesa-key");
    try (SiesaServer siesa = SiesaServer.start(RemoteSettings.unlimited(), List.of(tenant))) {
      SiesaCatalogue catalogue = siesa.products("acme");
      catalogue.load(SiesaProducts.generate(130, 7));
      node.mapping("tms-standard", TO_TMS);
      node.client("{client_id: acme, product_type: tms, field_mappings_key: tms-standard}");
      node.secret(
          "acme",
          "siesa",
          "{\"api_url\": \"%s\", \"api_key\": \"siesa-key\"}".formatted(siesa.uri()));
      secrets("acme");

      String nameless = catalogue.all().get(60).code();
      catalogue.change(nameless, product -> product.name(""));
      Run first = node.run("acme", RunMode.INITIAL);
      assertThat(first.state()).isEqualTo(RunState.PARTIAL);
      assertThat(first.books()).isEqualTo(new Books(130, 129, 0, 1, 0, 0));
      assertThat(first.steps())
          .singleElement()
          .satisfies(step -> assertThat(step.calls()).isEqualTo(step.fewestCalls()).isEqualTo(7));
      assertThat(tms.calls()).isEqualTo(7);

      catalogue.change(nameless, product -> product.name("Medellín"));
      catalogue.sell(2);
      assertThat(node.run("acme", RunMode.INCREMENTAL).books()).isEqualTo(books(3, 0));
      assertThat(tms.calls()).isEqualTo(8);
      assertThat(node.run("acme", RunMode.INITIAL).books()).isEqualTo(books(0, 130));
      // One that asks whether it is still let in.
      assertThat(tms.calls()).isEqualTo(8 + 1);
      assertThat(held())
          .isEqualTo(
              catalogue.all().stream()
                  .collect(Collectors.toMap(SiesaProduct::code, NewConnectorTest::shipment)));
    }
  }

  private Map<String, Fields> held() {
    return tms.all().stream()
        .map(Shipment::fields)
        .collect(Collectors.toMap(one -> one.text("id").orElseThrow(), Function.identity()));
  }

  private static Fields shipment(SiesaProduct product) {
    BigDecimal stock = Objects.requireNonNull(product.quantity());
    return new Fields(
        Map.of(
            "id",
            product.code(),
            "city",
            Objects.requireNonNull(product.name()),
            "parcels",
            stock.longValueExact()));
  }

  @Test
  void isReadFrom() throws Exception {
    try (KongServer kong =
        KongServer.start(RemoteSettings.unlimited(), Map.of("kong-key", "beta"))) {
      for (int i = 0; i < 120; i++) {
        tms.put(shipment("S" + i, "Cali", i), Instant.parse("2026-01-01T00:00:00Z"));
      }
      node.mapping("from-tms", TO_KONG);
      node.client(
          "{client_id: beta, source: tms, product_type: kong, field_mappings_key: from-tms}");
      secrets("beta");
      node.secret(
          "beta", "kong", "{\"api_url\": \"%s\", \"api_key\": \"kong-key\"}".formatted(kong.uri()));

      Run first = node.run("beta", RunMode.INITIAL);
      assertThat(first.state()).isEqualTo(RunState.SUCCESS);
      assertThat(first.books()).isEqualTo(books(120, 0));
      assertThat(kong.products().size("beta")).isEqualTo(120);

      tms.put(shipment("S7", "Barranquilla", 7), Instant.now());
      assertThat(node.run("beta", RunMode.INCREMENTAL).books()).isEqualTo(books(1, 0));
      assertThat(
              kong.products().find("beta", "S7").orElseThrow().contents().path("name").asString())
          .isEqualTo("Barranquilla");
    }
  }

  private static Fields shipment(String id, String city, long parcels) {
    return new Fields(Map.of("id", id, "city", city, "parcels", parcels));
  }
}

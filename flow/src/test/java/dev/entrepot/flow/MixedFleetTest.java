package dev.entrepot.flow;

import static dev.entrepot.flow.FlowNode.ANNA;
import static dev.entrepot.flow.FlowNode.books;
import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.flow.runs.Run;
import dev.entrepot.flow.runs.RunMode;
import dev.entrepot.flow.runs.RunState;
import dev.entrepot.model.Books;
import dev.entrepot.simulators.kong.KongServer;
import dev.entrepot.simulators.remote.Fault;
import dev.entrepot.simulators.remote.RemoteSettings;
import dev.entrepot.simulators.siesa.SiesaProducts;
import dev.entrepot.simulators.siesa.SiesaServer;
import dev.entrepot.simulators.siesa.SiesaTenant;
import dev.entrepot.simulators.wms.WmsServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Twelve clients at once, six of each product: one is shut out, one waits for a system that keeps
/// silent, and the ten others are none the worse.
class MixedFleetTest {
  private static final int PRODUCTS = 250;
  private static final List<String> KONG = names("kong");
  private static final List<String> WMS = names("wms");
  private static final String SHUT_OUT = "wms-3";
  private static final String SILENT = "kong-4";

  @TempDir private Path results;
  private FlowNode node;
  private SiesaServer siesa;
  private KongServer kong;
  private WmsServer wms;

  private static List<String> names(String product) {
    return IntStream.rangeClosed(1, 6).mapToObj(i -> product + "-" + i).toList();
  }

  private static List<String> all() {
    return Stream.of(KONG, WMS).flatMap(List::stream).toList();
  }

  private static Map<String, String> keys(List<String> clients) {
    return clients.stream()
        .collect(Collectors.toMap(client -> "key-of-" + client, Function.identity()));
  }

  @BeforeEach
  void open() {
    siesa =
        SiesaServer.start(
            RemoteSettings.unlimited(),
            all().stream().map(client -> new SiesaTenant(client, "siesa-" + client)).toList());
    kong = KongServer.start(RemoteSettings.unlimited(), keys(KONG));
    wms = WmsServer.start(RemoteSettings.unlimited(), keys(WMS));
    node = new FlowNode(results);
    node.mapping("kong-standard", KongScenariosTest.MAPPING);
    node.mapping("wms-standard", WmsScenariosTest.MAPPING);
    KONG.forEach(client -> client(client, "kong", kong.uri().toString()));
    WMS.forEach(client -> client(client, "wms", wms.uri().toString()));
  }

  @AfterEach
  void close() {
    node.close();
    siesa.close();
    kong.close();
    wms.close();
  }

  private void client(String id, String product, String address) {
    node.client(
        """
        client_id: %s
        product_type: %s
        field_mappings_key: %s-standard
        product_settings: {answer-timeout: %s}
        flow:
          retries: {first_pause: PT0.005S, longest_pause: PT0.05S}
        """
            .formatted(id, product, product, id.equals(SILENT) ? "60m" : "60s"));
    node.secret(
        id, "siesa", "{\"api_url\": \"%s\", \"api_key\": \"siesa-%s\"}".formatted(siesa.uri(), id));
    String key = id.equals(SHUT_OUT) ? "no-such-key" : "key-of-" + id;
    node.secret(id, product, "{\"api_url\": \"%s\", \"api_key\": \"%s\"}".formatted(address, key));
    siesa.products(id).load(SiesaProducts.generate(PRODUCTS, id.hashCode()));
  }

  @Test
  void noneIsTheWorseForAnother() throws Exception {
    int _ = kong.faults().add(Fault.silentAfter().tenant(SILENT));
    int _ = kong.faults().add(Fault.answer(500).tenant("kong-1").times(1));
    int _ = wms.faults().add(Fault.cutAfter().tenant("wms-1").times(1));
    List<Run> runs =
        all().stream()
            .map(client -> node.flows().runs().queue(client, RunMode.INITIAL, "test", ANNA))
            .toList();
    for (Run run : runs) {
      if (!run.tenant().equals(SILENT)) {
        check(node.end(run));
      }
    }
    for (Run run : runs) {
      if (run.tenant().equals(SILENT)) {
        Patience.await(
            () -> "silent run under way",
            () -> {
              Run silent = node.flows().runs().find(run.id()).orElseThrow();
              return silent.state() == RunState.RUNNING && silent.books().pending() > 0;
            });
      }
    }
  }

  private void check(Run end) {
    String client = end.tenant();
    if (client.equals(SHUT_OUT)) {
      assertThat(end.state()).isEqualTo(RunState.FAILED);
      assertThat(end.code()).isEqualTo("DENIED");
      assertThat(end.books()).isEqualTo(new Books(PRODUCTS, 0, 0, 0, PRODUCTS, 0));
    } else {
      assertThat(end.reason()).as(client).isNull();
      assertThat(end.books()).as(client).isEqualTo(books(PRODUCTS, 0));
      long held =
          client.startsWith("kong") ? kong.products().size(client) : wms.items().size(client);
      assertThat(held).as(client).isEqualTo(PRODUCTS);
    }
  }
}

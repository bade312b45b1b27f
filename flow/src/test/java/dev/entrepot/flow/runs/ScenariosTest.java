package dev.entrepot.flow.runs;

import static dev.entrepot.flow.runs.FlowWorld.ANNA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.connectors.kong.KongFactory;
import dev.entrepot.connectors.siesa.SiesaFactory;
import dev.entrepot.flow.mapping.MappedRecord;
import dev.entrepot.flow.runs.RunRecords.ExchangeFilter;
import dev.entrepot.flow.runs.RunRecords.Filter;
import dev.entrepot.model.Books;
import dev.entrepot.simulators.kong.KongServer;
import dev.entrepot.simulators.remote.Fault;
import dev.entrepot.simulators.remote.RemoteSettings;
import dev.entrepot.simulators.siesa.SiesaCatalogue;
import dev.entrepot.simulators.siesa.SiesaProducts;
import dev.entrepot.simulators.siesa.SiesaServer;
import dev.entrepot.simulators.siesa.SiesaTenant;
import dev.entrepot.spi.event.SettingField;
import dev.entrepot.spi.record.Fields;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Siesa to Kong by their own connectors, against simulators over HTTP.
class ScenariosTest {
  private static final List<String> TENANTS = List.of("acme", "beta", "gamma", "delta");

  @TempDir private Path results;
  private FlowWorld world;
  private SiesaServer siesa;
  private KongServer kong;

  @BeforeEach
  void open() {
    siesa =
        SiesaServer.start(
            RemoteSettings.unlimited(),
            TENANTS.stream()
                .map(name -> new SiesaTenant(name, "siesa-key-" + name, "token-" + name, "17"))
                .toList());
    Map<String, String> keys = new HashMap<>();
    TENANTS.forEach(name -> keys.put("kong-key-" + name, name));
    kong = KongServer.start(RemoteSettings.unlimited(), keys);
    world = new FlowWorld(results);
    world.worker();
    TENANTS.forEach(name -> client(name, "kong-key-" + name));
  }

  @AfterEach
  void close() {
    world.close();
    siesa.close();
    kong.close();
  }

  private void client(String name, String key) {
    Fields source =
        new Fields(
            Map.of(
                "api_url",
                siesa.uri().toString(),
                "api_key",
                "siesa-key-" + name,
                "username",
                name,
                "password",
                "token-" + name,
                "tenant_id",
                "17"));
    Fields destination =
        new Fields(
            Map.of(
                "product_type",
                "kong",
                "api_url",
                kong.uri().toString(),
                "api_key",
                key,
                "tenant_id",
                name,
                "additional_config",
                Map.of("rfid_enabled", true)));
    SiesaFactory from = new SiesaFactory();
    KongFactory to = new KongFactory();
    Map<String, String> reads = fallbacks(from.settings());
    Map<String, String> writes = fallbacks(to.settings());
    RetryPolicy retry = new RetryPolicy(3, 8, 20, 5, Duration.ofMillis(5), Duration.ofMillis(50));
    FlowSettings settings =
        new FlowSettings(null, Duration.ofMinutes(5), MissingPolicy.KEEP, retry, 4, null, null);
    world.specs.put(
        name,
        new FlowSpec(
            name,
            "siesa-kong",
            "siesa",
            "kong",
            ScenariosTest::map,
            1,
            to.steps(writes),
            settings,
            context -> from.open(reads, source, context),
            context -> to.open(writes, destination, context)));
  }

  private static Map<String, String> fallbacks(List<SettingField> fields) {
    Map<String, String> values = new HashMap<>();
    for (SettingField field : fields) {
      if (field.fallback() != null) {
        values.put(field.name(), field.fallback());
      }
    }
    return values;
  }

  private static MappedRecord map(Fields source) {
    Map<String, @Nullable Object> item = new LinkedHashMap<>();
    item.put("product_id", source.value("f_codigo"));
    item.put("external_reference", source.value("f_codigo_externo"));
    item.put("name", source.value("f_nombre"));
    source.text("f_ean").ifPresent(ean -> item.put("barcode", ean));
    item.put("quantity", new BigDecimal(source.text("f_cantidad").orElse("0").replace(',', '.')));
    source.text("f_tag_rfid").ifPresent(tag -> item.put("rfid_tag_id", tag));
    Fields fields = new Fields(item);
    return new MappedRecord(source.text("f_codigo").orElseThrow(), fields, fields, List.of());
  }

  private SiesaCatalogue load(String tenant, int count) {
    SiesaCatalogue catalogue = siesa.products(tenant);
    catalogue.load(SiesaProducts.generate(count, 7));
    return catalogue;
  }

  private static Books written(long count) {
    return new Books(count, count, 0, 0, 0, 0);
  }

  private void requireAll(Run run, int count) {
    assertThat(run.reason()).isNull();
    assertThat(run.books()).isEqualTo(written(count));
    assertThat(kong.products().size(run.tenant())).isEqualTo(count);
    assertThat(run.calls()).isEqualTo(kong.log().calls());
  }

  @Test
  void aRecordLeadsToTheCallsThatCarriedItAndTheyToTheirRecords() throws Exception {
    load("acme", 150);
    Run run = world.run("acme", RunMode.INITIAL);
    RunRecord record = world.records.find(run.id(), 120).orElseThrow();
    List<RunExchange> said =
        world.records.exchanges(run.id(), ExchangeFilter.carrying(120), null, 10).items();
    assertThat(said).isNotEmpty().allMatch(one -> one.side() == RunObserver.Side.DESTINATION);
    ExchangeFilter ofKey = new ExchangeFilter(false, null, record.key());
    assertThat(world.records.exchanges(run.id(), ofKey, null, 10).items()).isEqualTo(said);
    RunExchange first = said.getFirst();
    assertThat(world.records.exchange(run.id(), first.id())).contains(first);
    assertThat(world.records.list(run.id(), Filter.carriedBy(first.call()), null, 1_000).items())
        .contains(record)
        .hasSizeBetween(1, 100);
    assertThat(world.records.list(run.id(), Filter.carriedBy(99), null, 10).items()).isEmpty();
    ExchangeFilter ofNobody = new ExchangeFilter(false, null, "nobody");
    assertThat(world.records.exchanges(run.id(), ofNobody, null, 10).items()).isEmpty();
  }

  @Test
  void hundredProductsAndNothingTheSecondTime() throws Exception {
    load("acme", 100);
    Run run = world.run("acme", RunMode.INITIAL);
    requireAll(run, 100);
    assertThat(run.calls()).isEqualTo(2);
    assertThat(world.run("acme", RunMode.INITIAL).books())
        .isEqualTo(new Books(100, 0, 100, 0, 0, 0));
    assertThat(kong.log().calls()).isEqualTo(2);
    assertThat(world.records.exchanges(run.id(), ExchangeFilter.ALL, null, 10).items())
        .hasSize(3)
        .noneMatch(said -> said.toString().contains("key-acme"));
    assertThat(world.runs.forgetExchanges(Duration.ofDays(1), 10)).isZero();
    assertThat(world.runs.forgetExchanges(Duration.ZERO, 10)).isEqualTo(2);
    assertThat(world.records.exchanges(run.id(), ExchangeFilter.ALL, null, 10).items()).isEmpty();
  }

  @Test
  void severalPagesAndOnlyWhatChangedAfterwards() throws Exception {
    SiesaCatalogue catalogue = load("acme", 2_500);
    Run run = world.run("acme", RunMode.INITIAL);
    requireAll(run, 2_500);
    assertThat(run.pages()).isEqualTo(3);
    assertThat(run.calls())
        .isEqualTo(run.steps().stream().mapToLong(Run.StepCount::fewestCalls).sum());
    String code = catalogue.all().get(1_234).code();
    catalogue.change(code, product -> product.name("Otro nombre"));
    Run incremental = world.run("acme", RunMode.INCREMENTAL);
    assertThat(incremental.since()).isNotNull();
    assertThat(incremental.books()).isEqualTo(written(1));
    assertThat(incremental.calls()).isEqualTo(1);
  }

  @Test
  void productsThatKongRefusesAreRejectedAlone() throws Exception {
    SiesaCatalogue catalogue = load("acme", 300);
    long refused =
        catalogue.all().stream()
            .filter(product -> String.valueOf(product.name()).contains("Blusa"))
            .count();
    int _ = kong.faults().add(Fault.rejectItems("name", "Blusa"));
    Run run = world.run("acme", RunMode.INITIAL);
    assertThat(run.state()).isEqualTo(RunState.PARTIAL);
    assertThat(run.books()).isEqualTo(new Books(300, 300 - refused, 0, refused, 0, 0));
    assertThat(world.runs.result(run.id()).failures()).hasSize((int) refused);
  }

  @Test
  void failuresAndLimitsAreWaitedOut() throws Exception {
    load("acme", 1_000);
    String bulk = "/products/bulk";
    int _ = kong.faults().add(Fault.answer(500).on("POST", bulk).times(1));
    int _ =
        kong.faults()
            .add(Fault.answer(429, Duration.ofSeconds(1)).on("POST", bulk).from(3).times(1));
    int _ = kong.faults().add(Fault.answer(503).on("POST", bulk).from(6).times(2));
    int _ = siesa.faults().add(Fault.answer(500).times(1));
    Run run = world.run("acme", RunMode.INITIAL);
    requireAll(run, 1_000);
    assertThat(run.state()).isEqualTo(RunState.SUCCESS);
  }

  @Test
  void callsThatBreakOffAreLookedUp() throws Exception {
    load("acme", 500);
    int _ = kong.faults().add(Fault.cutAfter().on("POST", "/products/bulk").times(2));
    int _ = kong.faults().add(Fault.cutBefore().on("POST", "/rfid/tags").times(1));
    Run run = world.run("acme", RunMode.INITIAL);
    assertThat(run.books()).isEqualTo(written(500));
    assertThat(kong.products().effects().changes()).isEqualTo(500);
    assertThat(run.steps().getFirst().lookups()).isEqualTo(2);
  }

  @Test
  void tenThousandProductsInTheFewestCalls() throws Exception {
    load("acme", 10_000);
    Run run = world.run("acme", RunMode.INITIAL);
    requireAll(run, 10_000);
    assertThat(run.steps().getFirst().calls()).isEqualTo(100);
    assertThat(run.calls())
        .isEqualTo(run.steps().stream().mapToLong(Run.StepCount::fewestCalls).sum());
  }

  @Test
  void severalClientsAtOnceOneOfThemShutOut() throws Exception {
    client("delta", "no-such-key");
    List<Run> queued = new ArrayList<>();
    for (String tenant : TENANTS) {
      load(tenant, 400);
      queued.add(world.runs.queue(tenant, RunMode.INITIAL, "test", ANNA));
    }
    for (Run run : queued) {
      Run end = world.end(run);
      if (run.tenant().equals("delta")) {
        assertThat(end.code()).isEqualTo("DENIED");
        assertThat(end.books()).isEqualTo(new Books(400, 0, 0, 0, 400, 0));
      } else {
        assertThat(end.books()).isEqualTo(written(400));
        assertThat(kong.products().size(run.tenant())).isEqualTo(400);
      }
    }
  }
}

package dev.entrepot.flow.runs;

import dev.entrepot.connectors.kong.KongFactory;
import dev.entrepot.connectors.siesa.SiesaFactory;
import dev.entrepot.flow.budgets.RateLimit;
import dev.entrepot.flow.mapping.MappedRecord;
import dev.entrepot.simulators.kong.KongServer;
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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Clients with a simulated Siesa and Kong of their own, by their own connectors over HTTP.
final class KongWorld implements AutoCloseable {
  static final List<String> TENANTS = List.of("acme", "beta", "gamma", "delta");

  final SiesaServer siesa;
  final KongServer kong;
  final FlowWorld flow;

  KongWorld(Path results) {
    siesa =
        SiesaServer.start(
            RemoteSettings.unlimited(),
            TENANTS.stream()
                .map(name -> new SiesaTenant(name, "siesa-key-" + name, "token-" + name, "17"))
                .toList());
    Map<String, String> keys = new HashMap<>();
    TENANTS.forEach(name -> keys.put("kong-key-" + name, name));
    kong = KongServer.start(RemoteSettings.unlimited(), keys);
    flow = new FlowWorld(results);
    RunWorker _ = flow.worker();
    TENANTS.forEach(name -> client(name, "kong-key-" + name));
  }

  void client(String name, String key) {
    client(name, key, null);
  }

  /// @param limit of calls to Kong; null: none
  void client(String name, String key, @Nullable RateLimit limit) {
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
        new FlowSettings(null, Duration.ofMinutes(5), MissingPolicy.KEEP, retry, 4, null, limit);
    flow.specs.put(
        name,
        new FlowSpec(
            name,
            "siesa-kong",
            "siesa",
            "kong",
            KongWorld::map,
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

  SiesaCatalogue load(String tenant, int count) {
    SiesaCatalogue catalogue = siesa.products(tenant);
    catalogue.load(SiesaProducts.generate(count, 7));
    return catalogue;
  }

  @Override
  public void close() {
    flow.close();
    siesa.close();
    kong.close();
  }
}

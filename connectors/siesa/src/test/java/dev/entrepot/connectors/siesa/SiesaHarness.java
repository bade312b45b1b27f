package dev.entrepot.connectors.siesa;

import dev.entrepot.contract.Disruption;
import dev.entrepot.contract.SourceHarness;
import dev.entrepot.simulators.remote.RemoteSettings;
import dev.entrepot.simulators.siesa.Oddities;
import dev.entrepot.simulators.siesa.SiesaCatalogue;
import dev.entrepot.simulators.siesa.SiesaProducts;
import dev.entrepot.simulators.siesa.SiesaServer;
import dev.entrepot.simulators.siesa.SiesaTenant;
import dev.entrepot.spi.record.Fields;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A simulated Siesa with one tenant.
record SiesaHarness(SiesaServer siesa, Map<String, String> settings) implements SourceHarness {
  private static final SiesaTenant TENANT =
      new SiesaTenant("acme", "conni-key-51aa02", "conni-token-9c33f7", "17");

  static SiesaHarness start(Map<String, String> settings) {
    return new SiesaHarness(
        SiesaServer.start(RemoteSettings.unlimited(), List.of(TENANT)), settings);
  }

  SiesaCatalogue products() {
    return siesa.products(TENANT.name());
  }

  @Override
  public Fields credentials() {
    return new Fields(
        Map.of(
            "api_url", siesa.uri().toString(),
            "api_key", TENANT.apiKey(),
            "username", "acme",
            "password", TENANT.token(),
            "tenant_id", TENANT.company()));
  }

  private int next() {
    return products().all().stream()
            .mapToInt(product -> Integer.parseInt(product.code().substring(1)))
            .max()
            .orElse(0)
        + 1;
  }

  @Override
  public void fill(int count) {
    products().load(SiesaProducts.generate(count, 7, next()));
  }

  @Override
  public String key(Fields record) {
    return record.text("f_codigo").orElseThrow();
  }

  @Override
  public Instant change(int number) {
    String code = products().all().get(number).code();
    products().change(code, product -> product.name(product.name() + " 2"));
    return products().find(code).orElseThrow().modified();
  }

  @Override
  public Optional<String> remove(int number) {
    String code = products().all().get(number).code();
    products().remove(code);
    return Optional.of(code);
  }

  @Override
  public boolean ghosts(int count) {
    siesa.oddities(Oddities.none().ghostsAtEnd(count));
    return true;
  }

  @Override
  public void arm(Disruption disruption) {
    siesa.faults().add(Faults.of(disruption));
  }

  @Override
  public void disarm() {
    siesa.faults().clear();
  }

  @Override
  public long calls() {
    return siesa.log().calls();
  }

  @Override
  public void close() {
    siesa.close();
  }
}

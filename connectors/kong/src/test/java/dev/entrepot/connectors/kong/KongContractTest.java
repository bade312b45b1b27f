package dev.entrepot.connectors.kong;

import dev.entrepot.contract.DestinationHarness;
import dev.entrepot.contract.Disruption;
import dev.entrepot.contract.RecordDestinationContract;
import dev.entrepot.simulators.kong.KongServer;
import dev.entrepot.simulators.remote.RemoteSettings;
import dev.entrepot.spi.destination.RecordDestinationFactory;
import dev.entrepot.spi.record.Fields;
import java.util.Map;

class KongContractTest extends RecordDestinationContract {
  private static final String KEY = "kong-key-8d1f0c2a";

  @Override
  protected RecordDestinationFactory factory() {
    return new KongFactory();
  }

  @Override
  protected DestinationHarness start() {
    return new Harness(KongServer.start(RemoteSettings.unlimited(), Map.of(KEY, "acme")));
  }

  static Fields item(int number, int version) {
    return new Fields(
        Map.of(
            "product_id", "P-%03d ñ".formatted(number),
            "external_reference", "X" + number,
            "name", "Camisa \"%d\" v%d".formatted(number, version),
            "barcode", "770%09d%d".formatted(number, version),
            "quantity", (long) version,
            "rfid_tag_id", "E28-%d-%d".formatted(number, version)));
  }

  private record Harness(KongServer kong) implements DestinationHarness {
    @Override
    public Fields credentials() {
      return new Fields(
          Map.of(
              "product_type",
              "kong",
              "api_url",
              kong.uri() + "/",
              "api_key",
              KEY,
              "tenant_id",
              "acme",
              "database_type",
              "postgres",
              "additional_config",
              Map.of("rfid_enabled", true)));
    }

    @Override
    public Fields item(int number, int version) {
      return KongContractTest.item(number, version);
    }

    @Override
    public Fields badItem(int number) {
      return item(number, 1).with("barcode", "no EAN");
    }

    @Override
    public String key(Fields item) {
      return item.text("product_id").orElseThrow();
    }

    @Override
    public long effects() {
      return kong.products().effects().changes() + kong.tags().effects().changes();
    }

    @Override
    public void arm(Disruption disruption) {
      kong.faults().add(Faults.of(disruption));
    }

    @Override
    public void disarm() {
      kong.faults().clear();
    }

    @Override
    public long calls() {
      return kong.log().calls() + Faults.held(kong.faults().armed());
    }

    @Override
    public void close() {
      kong.close();
    }
  }
}

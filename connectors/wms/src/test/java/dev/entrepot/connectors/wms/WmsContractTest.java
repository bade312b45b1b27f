package dev.entrepot.connectors.wms;

import dev.entrepot.contract.DestinationHarness;
import dev.entrepot.contract.Disruption;
import dev.entrepot.contract.RecordDestinationContract;
import dev.entrepot.simulators.remote.RemoteSettings;
import dev.entrepot.simulators.wms.WmsServer;
import dev.entrepot.simulators.wms.WmsServer.Service;
import dev.entrepot.spi.destination.RecordDestinationFactory;
import dev.entrepot.spi.record.Fields;
import java.util.Map;

class WmsContractTest extends RecordDestinationContract {
  private static final String KEY = "wms-key-77b0e19c";

  @Override
  protected RecordDestinationFactory factory() {
    return new WmsFactory();
  }

  @Override
  protected DestinationHarness start() {
    return new Harness(WmsServer.start(RemoteSettings.unlimited(), Map.of(KEY, "acme")));
  }

  private record Harness(WmsServer wms) implements DestinationHarness {
    @Override
    public Fields credentials() {
      return new Fields(
          Map.of(
              "product_type",
              "wms",
              "api_key",
              KEY,
              "tenant_id",
              "acme",
              "service_endpoints",
              Map.of(
                  "inventory", wms.service(Service.INVENTORY).toString(),
                  "warehouse", wms.service(Service.WAREHOUSE).toString(),
                  "orders", wms.service(Service.ORDERS).toString())));
    }

    @Override
    public Fields item(int number, int version) {
      return new Fields(
          Map.of(
              "item_id", "I-%03d".formatted(number),
              "external_item_code", "X" + number,
              "item_name", "Pantalón %d v%d".formatted(number, version),
              "ean_code", "770%09d%d".formatted(number, version),
              "available_quantity", (long) version,
              "location_code", "A%04d".formatted(version),
              "zone_id", "A"));
    }

    @Override
    public Fields badItem(int number) {
      return item(number, 1).with("location_code", "A-01-05");
    }

    @Override
    public String key(Fields item) {
      return item.text("item_id").orElseThrow();
    }

    @Override
    public long effects() {
      return wms.items().effects().changes() + wms.locations().effects().changes();
    }

    @Override
    public void arm(Disruption disruption) {
      wms.faults().add(Faults.of(disruption));
    }

    @Override
    public void disarm() {
      wms.faults().clear();
    }

    @Override
    public long calls() {
      return wms.log().calls() + Faults.held(wms.faults().armed());
    }

    @Override
    public void close() {
      wms.close();
    }
  }
}

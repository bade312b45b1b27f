package dev.entrepot.connectors.wms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.entrepot.simulators.remote.RemoteSettings;
import dev.entrepot.simulators.wms.WmsServer;
import dev.entrepot.simulators.wms.WmsServer.Service;
import dev.entrepot.spi.destination.RecordDestination;
import dev.entrepot.spi.destination.Step;
import dev.entrepot.spi.event.SettingField;
import dev.entrepot.spi.record.Fields;
import dev.entrepot.spi.remote.Budget;
import dev.entrepot.spi.remote.ExchangeRecorder;
import dev.entrepot.spi.remote.RemoteContext;
import dev.entrepot.spi.remote.RemoteException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Services and where they are, beyond what the contract asks.
class WmsServicesTest {
  private final WmsServer wms =
      WmsServer.start(RemoteSettings.unlimited(), Map.of("key-1", "acme"));
  private final WmsFactory factory = new WmsFactory();

  @AfterEach
  void close() {
    wms.close();
  }

  private RecordDestination open(Fields credentials) {
    Map<String, String> settings = new HashMap<>();
    for (SettingField field : factory.settings()) {
      settings.put(field.name(), String.valueOf(field.fallback()));
    }
    return factory.open(
        settings,
        credentials,
        new RemoteContext(
            "acme/wms", Budget.unlimited(), ExchangeRecorder.none(), Clock.systemUTC()));
  }

  @Test
  void servicesWithoutAnAddressAreAtTheApisOwn() throws InterruptedException {
    Fields credentials = new Fields(Map.of("api_key", "key-1", "api_url", wms.uri().toString()));
    try (RecordDestination destination = open(credentials)) {
      assertThat(destination.check()).hasSize(2).last().asString().contains("6 zones");
    }
    Fields one =
        credentials.with(
            "service_endpoints", Map.of("warehouse", wms.service(Service.WAREHOUSE).toString()));
    try (RecordDestination destination = open(one)) {
      assertThat(destination.check()).hasSize(2);
    }
  }

  @Test
  void aServiceAtTheWrongAddressIsToldByTheCheck() {
    Fields crossed =
        new Fields(
            Map.of(
                "api_key",
                "key-1",
                "service_endpoints",
                Map.of(
                    "inventory", wms.service(Service.INVENTORY).toString(),
                    "warehouse", wms.service(Service.ORDERS).toString())));
    try (RecordDestination destination = open(crossed)) {
      assertThatExceptionOfType(RemoteException.class)
          .isThrownBy(destination::check)
          .withMessageContaining("/orders-service/warehouse/zones")
          .matches(problem -> problem.code() == RemoteException.Code.REFUSED);
    }
  }

  @Test
  void anAccountWithoutAnyAddressIsNotOpened() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> open(new Fields(Map.of("api_key", "key-1"))))
        .withMessageContaining("service_endpoints.inventory");
  }

  @Test
  void anItemWithoutALocationNeedsNoSecondStep() {
    Step locations = WmsSteps.LOCATIONS.step();
    Fields item = new Fields(Map.of("item_id", "I1", "location_code", "A0105", "zone_id", "A"));
    assertThat(locations.part().apply(item)).contains(item);
    assertThat(locations.part().apply(item.with("location_code", null))).isEmpty();
  }
}

package dev.entrepot.app.demo;

import dev.entrepot.simulators.kong.KongServer;
import dev.entrepot.simulators.remote.Fault;
import dev.entrepot.simulators.remote.RemoteSettings;
import dev.entrepot.simulators.siesa.SiesaProducts;
import dev.entrepot.simulators.siesa.SiesaServer;
import dev.entrepot.simulators.siesa.SiesaTenant;
import dev.entrepot.simulators.wms.WmsServer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.StringNode;

/// Ten companies with an ERP, an RFID back end and a warehouse system, simulated with the limits of
/// the real ones.
final class DemoErp implements AutoCloseable {
  static final List<DemoTenant> TENANTS =
      List.of(
          new DemoTenant("aurora", "Aurora Moda", "kong", 420, DemoTenant.Trouble.NONE),
          new DemoTenant("bosque", "Bosque Outdoor", "kong", 260, DemoTenant.Trouble.NONE),
          new DemoTenant("cumbre", "Cumbre Deportes", "kong", 180, DemoTenant.Trouble.DENIED),
          new DemoTenant("delta", "Delta Calzado", "kong", 340, DemoTenant.Trouble.BAD_RECORDS),
          new DemoTenant("estrella", "Estrella Kids", "kong", 520, DemoTenant.Trouble.NONE),
          new DemoTenant("faro", "Faro Hogar", "wms", 300, DemoTenant.Trouble.NONE),
          new DemoTenant("grano", "Grano Café", "wms", 140, DemoTenant.Trouble.UNAVAILABLE),
          new DemoTenant("huerta", "Huerta Viva", "wms", 220, DemoTenant.Trouble.NONE),
          new DemoTenant("isla", "Isla Marina", "wms", 380, DemoTenant.Trouble.NONE),
          new DemoTenant("jardin", "Jardín y Casa", "wms", 460, DemoTenant.Trouble.NONE));

  /// A company that both other systems know, too, and for which nobody has made a client yet.
  static final DemoTenant KONG_SPARE =
      new DemoTenant("lucero", "Lucero", "kong", 300, DemoTenant.Trouble.NONE);

  static final DemoTenant WMS_SPARE =
      new DemoTenant("lucero", "Lucero", "wms", 300, DemoTenant.Trouble.NONE);

  private static final long SEED = 20_261_121;
  private static final int BAD = 25;

  private final SiesaServer siesa;
  private final KongServer kong;
  private final WmsServer wms;
  private @Nullable Thread trickle;

  DemoErp() {
    siesa =
        SiesaServer.start(
            RemoteSettings.usual(),
            Stream.concat(TENANTS.stream(), Stream.of(KONG_SPARE))
                .map(one -> new SiesaTenant(one.id(), one.siesaKey()))
                .toList());
    kong = KongServer.start(RemoteSettings.usual(), keys("kong"));
    wms = WmsServer.start(RemoteSettings.usual(), keys("wms"));
    for (DemoTenant tenant : TENANTS) {
      siesa.products(tenant.id()).load(SiesaProducts.generate(tenant.products(), SEED));
      trouble(tenant);
    }
    siesa.products(KONG_SPARE.id()).load(SiesaProducts.generate(KONG_SPARE.products(), SEED));
  }

  /// Of those that are refused, only the renewed ones.
  private static Map<String, String> keys(String product) {
    return Stream.concat(TENANTS.stream(), Stream.of(KONG_SPARE, WMS_SPARE))
        .filter(tenant -> tenant.product().equals(product))
        .collect(
            Collectors.toMap(
                tenant ->
                    tenant.trouble() == DemoTenant.Trouble.DENIED
                        ? tenant.renewedKey()
                        : tenant.productKey(),
                DemoTenant::id));
  }

  private void trouble(DemoTenant tenant) {
    switch (tenant.trouble()) {
      case NONE, DENIED -> {}
      case BAD_RECORDS ->
          siesa.products(tenant.id()).all().stream()
              .limit(BAD)
              .map(product -> product.raw("f_ean", StringNode.valueOf("770-??")))
              .forEach(product -> siesa.products(tenant.id()).change(product.code(), _ -> product));
      case UNAVAILABLE -> {
        var _ =
            wms.faults()
                .add(
                    Fault.answer(503, Duration.ofSeconds(1))
                        .tenant(tenant.id())
                        .on("POST", "*")
                        .times(2));
      }
    }
  }

  URI siesa() {
    return siesa.uri();
  }

  /// Where a kind of system answers.
  URI product(String kind) {
    return kind.equals("kong") ? kong.uri() : wms.uri();
  }

  /// The addresses of the warehouse system's services, by name.
  Map<String, URI> services() {
    return Map.of(
        "inventory", wms.service(WmsServer.Service.INVENTORY),
        "warehouse", wms.service(WmsServer.Service.WAREHOUSE),
        "orders", wms.service(WmsServer.Service.ORDERS));
  }

  /// A company sells some of its products.
  void sell(String tenant, int count) {
    siesa.products(tenant).sell(count);
  }

  /// From now on all sell a little now and then, until closed.
  void goOn() {
    trickle = Thread.ofVirtual().name("demo-sales").start(this::trickle);
  }

  private void trickle() {
    try {
      while (true) {
        TimeUnit.SECONDS.sleep(20);
        TENANTS.forEach(tenant -> sell(tenant.id(), 3));
      }
    } catch (InterruptedException e) {
      // The demo ends.
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    if (trickle != null) {
      trickle.interrupt();
    }
    siesa.close();
    kong.close();
    wms.close();
  }
}

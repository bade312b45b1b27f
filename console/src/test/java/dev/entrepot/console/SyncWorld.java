package dev.entrepot.console;

import dev.entrepot.simulators.kong.KongServer;
import dev.entrepot.simulators.remote.RemoteSettings;
import dev.entrepot.simulators.siesa.SiesaProducts;
import dev.entrepot.simulators.siesa.SiesaServer;
import dev.entrepot.simulators.siesa.SiesaTenant;
import java.util.List;
import java.util.Map;

/// Simulators of Siesa and Kong for a client `acme`, and what its configuration says.
public final class SyncWorld implements AutoCloseable {
  public static final String CLIENT = "acme";
  public static final String MAPPING =
      """
      product_type: kong
      mappings:
        product:
          id: {from: f_codigo, to: product_id}
          external_id: {from: f_codigo_externo, to: external_reference, default: none}
          name: {from: f_nombre, to: name}
          stock_quantity: {from: f_cantidad, to: quantity, type: decimal}
          rfid_tag_id: {from: f_tag_rfid, to: rfid_tag_id}
      """;

  public final SiesaServer siesa;
  public final KongServer kong;

  /// @param products of the client in Siesa
  public SyncWorld(int products) {
    siesa =
        SiesaServer.start(
            RemoteSettings.unlimited(), List.of(new SiesaTenant(CLIENT, "siesa-key")));
    siesa.products(CLIENT).load(SiesaProducts.generate(products, 1));
    kong = KongServer.start(RemoteSettings.unlimited(), Map.of("kong-key", CLIENT));
  }

  /// The client, as JSON.
  public String client() {
    return """
    {"client_name":"Acme","product_type":"kong","siesa_api_url":"%s","product_api_url":"%s",
     "sync_schedule":"rate(6 hours)","field_mappings_key":"kong-standard",
     "flow":{"source_rate_limit":"none","product_rate_limit":"none"}}
    """
        .formatted(siesa.server().uri(), kong.server().uri());
  }

  @Override
  public void close() {
    siesa.server().close();
    kong.server().close();
  }
}

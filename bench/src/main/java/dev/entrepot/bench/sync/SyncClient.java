package dev.entrepot.bench.sync;

import dev.entrepot.bench.syncparts.SyncWorld;
import dev.entrepot.flow.FlowConfig;
import dev.entrepot.flow.clients.ClientImport;
import dev.entrepot.flow.config.ConfigProblems;
import dev.entrepot.flow.config.ConfigTree;
import dev.entrepot.model.Actor;
import java.util.List;

/// An account as a client of Entrepot.
public final class SyncClient {
  private static final Actor BENCH = Actor.system("bench");
  private static final String MAPPING = "bench";

  private static final String FIELDS =
      """
      {"version": "1.0", "product_type": "kong",
       "mappings": {"product": {
         "id": {"siesa_field": "f_codigo", "product_field": "product_id", "type": "string", "required": true},
         "external_id": {"siesa_field": "f_codigo_externo", "product_field": "external_reference",
           "type": "string", "required": true},
         "name": {"siesa_field": "f_nombre", "product_field": "name", "type": "string", "required": true},
         "ean": {"siesa_field": "f_ean", "product_field": "barcode", "type": "string", "required": false},
         "stock_quantity": {"siesa_field": "f_cantidad", "product_field": "quantity", "type": "integer",
           "required": true},
         "rfid_tag_id": {"siesa_field": "f_tag_rfid", "product_field": "rfid_tag_id", "type": "string",
           "required": false}}}}
      """;

  private SyncClient() {}

  /// Makes the client with its mapping and credentials, unless it is there.
  ///
  /// @param flow settings of the flow, JSON
  public static void make(FlowConfig config, SyncWorld world, String account, String flow) {
    if (config.mappings().find(MAPPING).isEmpty()) {
      var problems = new ConfigProblems();
      var _ = config.mappings().create(BENCH, MAPPING, ConfigTree.read(FIELDS, problems));
    }
    String client =
        """
        {"client_id": "%s", "product_type": "kong", "siesa_api_url": "%s", "product_api_url": "%s",
         "field_mappings_key": "%s", "flow": %s}
        """
            .formatted(account, world.siesa(), world.kong(), MAPPING, flow);
    List<ClientImport.Result> results = config.imports().run(BENCH, client, false);
    if (results.stream().anyMatch(one -> one.outcome() == ClientImport.Outcome.REJECTED)) {
      throw new IllegalStateException("client " + account + " was rejected: " + results);
    }
    var _ =
        config
            .secrets()
            .set(
                BENCH,
                account,
                "siesa",
                "{\"api_url\": \"%s\", \"api_key\": \"%s\"}"
                    .formatted(world.siesa(), SyncWorld.siesaKey(account)));
    var _ =
        config
            .secrets()
            .set(
                BENCH,
                account,
                "kong",
                "{\"api_url\": \"%s\", \"api_key\": \"%s\"}"
                    .formatted(world.kong(), SyncWorld.kongKey(account)));
  }
}

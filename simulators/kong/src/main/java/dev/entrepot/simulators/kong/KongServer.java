package dev.entrepot.simulators.kong;

import dev.entrepot.simulators.remote.BatchPolicy;
import dev.entrepot.simulators.remote.RemoteServer;
import dev.entrepot.simulators.remote.RemoteSettings;
import dev.entrepot.simulators.remote.Simulator;
import dev.entrepot.simulators.remote.Store;
import java.util.Map;

/// Kong, the RFID back end, over HTTP. All of this is contract: no public documentation attests it.
///
/// - `X-API-Key` says whose call it is; 401 otherwise. Every tenant has things of its own.
/// - `POST /products/bulk {"products": […]}`: at most 100, created or replaced by `product_id`;
///   200, or 207 when one is rejected: `{"results": [{product_id, status, error?: {code,
///   message}}]}`, in the order of the items. Not JSON, no list, more than 100: 400 for all of it.
/// - `POST /products`: 201, 409 when it exists. `PUT /products/{id}`: 200, 404. Both: 400 with the
///   fault of the item.
/// - `GET /products?ids=a,b` (at most 100): `{"products": […]}` of those that exist; `GET
///   /products/{id}`: 200, 404.
/// - A product has `product_id`, `external_reference`, `name` (texts), `quantity` (a number);
///   perhaps `barcode` (13 digits), `rfid_tag_id` (text), any others. Null is the same as absent;
///   what is not sent again is gone.
/// - `POST /rfid/tags {"tags": [{tag_id, product_id}]}`: at most 100; answers likewise. The product
///   must exist (`UNKNOWN_PRODUCT`), the tag be nobody else's (`TAG_BOUND`). A product has one tag;
///   another one takes its place and frees it. `GET /rfid/tags?product_ids=a,b`: `{"tags": […]}`.
/// - Codes of rejected items: `MISSING_FIELD`, `INVALID_TYPE`, `INVALID_VALUE`, `UNKNOWN_PRODUCT`,
///   `TAG_BOUND`, `REJECTED` (by a fault that is armed).
///
/// Safe for many threads.
public final class KongServer implements Simulator {
  private final KongSystem system;
  private final RemoteServer server;

  private KongServer(KongSystem system, RemoteSettings settings) {
    this.system = system;
    this.server = RemoteServer.start(system, settings);
  }

  /// @param tenants whose API key it is, by key
  public static KongServer start(RemoteSettings settings, Map<String, String> tenants) {
    return new KongServer(new KongSystem(tenants), settings);
  }

  @Override
  public RemoteServer server() {
    return server;
  }

  /// By `product_id`.
  public Store products() {
    return system.products();
  }

  /// By `product_id`: `{tag_id, product_id}`.
  public Store tags() {
    return system.tags();
  }

  /// What becomes of a bulk call with an item that is not acceptable; item by item unless changed.
  public void policy(BatchPolicy policy) {
    system.policy(policy);
  }
}

package dev.entrepot.simulators.wms;

import dev.entrepot.simulators.remote.BatchPolicy;
import dev.entrepot.simulators.remote.ItemRules.Presence;
import dev.entrepot.simulators.remote.RemoteServer;
import dev.entrepot.simulators.remote.RemoteSettings;
import dev.entrepot.simulators.remote.Simulator;
import dev.entrepot.simulators.remote.Store;
import java.net.URI;
import java.util.Map;

/// WMS, the warehouse system, over HTTP. All of this is contract: no public documentation attests
/// it.
///
/// - `Authorization: Bearer <key>` says whose call it is; 401 otherwise. Every tenant has things of
///   its own.
/// - Each service has a base address of its own ([#service]) that answers what is its own and 404
///   for the rest; [#uri] answers everything. The limit of calls is for all services together.
/// - `POST /inventory/items/bulk {"items": […]}`: at most 100, created or replaced by `item_id`;
///   200, or 207 when one is rejected: `{"results": [{item_id, status, error?: {code, message}}]}`,
///   in the order of the items. Not JSON, no list, more than 100: 400 for all of it.
/// - `POST /inventory/items`: 201, 409 when it exists. `PUT /inventory/items/{id}`: 200, 404. Both:
///   400 with the fault of the item.
/// - `GET /inventory/items?ids=a,b` (at most 100): `{"items": […]}` of those that exist; `GET
///   /inventory/items/{id}`: 200, 404.
/// - An item has `item_id`, `external_item_code`, `item_name` (texts), `available_quantity` (a
///   number); perhaps `ean_code` (13 digits), `location_code` (a capital and four digits, `A0105`),
///   `zone_id` (a zone there is), any others. Null is the same as absent; what is not sent again is
///   gone.
/// - `POST /warehouse/locations {"locations": [{item_id, location_code, zone_id?}]}`: at most 100;
///   answers likewise, results begin with `item_id, location_code`. The item must exist
///   (`UNKNOWN_ITEM`), and the zone (`UNKNOWN_ZONE`). An item is in one location; a location holds
///   any number. `GET /warehouse/locations?item_ids=a,b`: `{"locations": […]}`.
/// - `GET /warehouse/zones`: `{"zones": [{zone_id, name}]}`; A to F.
/// - Codes of rejected items: `MISSING_FIELD`, `INVALID_TYPE`, `INVALID_VALUE`, `UNKNOWN_ITEM`,
///   `UNKNOWN_ZONE`, `REJECTED` (by a fault that is armed).
///
/// Safe for many threads.
public final class WmsServer implements Simulator {

  /// A part of WMS with a base address of its own.
  public enum Service {
    INVENTORY,
    WAREHOUSE,
    ORDERS
  }

  private final WmsSystem system;
  private final RemoteServer server;

  private WmsServer(WmsSystem system, RemoteSettings settings) {
    this.system = system;
    this.server = RemoteServer.start(system, settings);
  }

  /// @param tenants whose key it is, by key
  public static WmsServer start(RemoteSettings settings, Map<String, String> tenants) {
    return new WmsServer(new WmsSystem(tenants), settings);
  }

  @Override
  public RemoteServer server() {
    return server;
  }

  /// The base address of a service, such as `http://127.0.0.1:1234/inventory-service`.
  public URI service(Service service) {
    return URI.create(uri() + WmsSystem.prefix(service));
  }

  /// By `item_id`.
  public Store items() {
    return system.items();
  }

  /// By `item_id`: `{item_id, location_code, zone_id}`.
  public Store locations() {
    return system.locations();
  }

  /// What becomes of a bulk call with an item that is not acceptable; item by item unless changed.
  public void policy(BatchPolicy policy) {
    system.policy(policy);
  }

  /// Whether an item must have a `location_code`; optional unless changed.
  public void locationCode(Presence presence) {
    system.locationCode(presence);
  }
}

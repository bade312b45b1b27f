package dev.entrepot.simulators.wms;

import static dev.entrepot.simulators.remote.ItemRules.Presence.MANDATORY;
import static dev.entrepot.simulators.remote.ItemRules.Presence.OPTIONAL;

import dev.entrepot.simulators.remote.BatchPolicy;
import dev.entrepot.simulators.remote.Bulk;
import dev.entrepot.simulators.remote.Call;
import dev.entrepot.simulators.remote.Effect;
import dev.entrepot.simulators.remote.HeldThing;
import dev.entrepot.simulators.remote.ItemFault;
import dev.entrepot.simulators.remote.ItemRules;
import dev.entrepot.simulators.remote.ItemRules.Presence;
import dev.entrepot.simulators.remote.Refusal;
import dev.entrepot.simulators.remote.RemoteSystem;
import dev.entrepot.simulators.remote.Reply;
import dev.entrepot.simulators.remote.Routes;
import dev.entrepot.simulators.remote.Store;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What WMS answers, and what it holds.
final class WmsSystem implements RemoteSystem {
  private static final int LIMIT = 100;
  private static final List<String> ZONES = List.of("A", "B", "C", "D", "E", "F");
  private static final Pattern LOCATION = Pattern.compile("[A-Z][0-9]{4}");
  private static final String LOCATION_TOLD = "a capital and four digits";

  private final Map<String, String> tenants;
  private final Store items = new Store("items");
  private final Store locations = new Store("locations");
  private final Bulk bulkLocations;
  private final Routes routes;
  private volatile Bulk bulkItems = bulkItems(OPTIONAL);
  private volatile BatchPolicy policy = BatchPolicy.ITEM_BY_ITEM;

  WmsSystem(Map<String, String> tenants) {
    this.tenants = Map.copyOf(tenants);
    this.bulkLocations =
        new Bulk(
            "locations",
            LIMIT,
            List.of("item_id", "location_code"),
            ItemRules.none()
                .text("item_id", MANDATORY)
                .form("location_code", LOCATION, LOCATION_TOLD, MANDATORY)
                .text("zone_id", OPTIONAL),
            new Locations());
    this.routes =
        Routes.none()
            .on("POST", "/inventory/items/bulk", call -> bulkItems.answer(call, policy))
            .on("POST", "/inventory/items", call -> bulkItems.create(call, id -> holds(call, id)))
            .on(
                "PUT",
                "/inventory/items/{id}",
                call -> bulkItems.replace(call, id -> holds(call, id)))
            .on("GET", "/inventory/items/{id}", this::item)
            .on(
                "GET",
                "/inventory/items",
                call -> bulkItems.found(call, "ids", id -> contents(items, call, id)))
            .on("POST", "/warehouse/locations", call -> bulkLocations.answer(call, policy))
            .on(
                "GET",
                "/warehouse/locations",
                call -> bulkLocations.found(call, "item_ids", id -> contents(locations, call, id)))
            .on("GET", "/warehouse/zones", call -> zones());
  }

  /// Of a service's base address.
  static String prefix(WmsServer.Service service) {
    return "/" + service.name().toLowerCase(Locale.ROOT) + "-service";
  }

  @Override
  public String title() {
    return "WMS";
  }

  @Override
  public Optional<String> tenant(Call call) {
    return call.bearer().map(tenants::get);
  }

  @Override
  public String path(String raw) {
    for (var service : WmsServer.Service.values()) {
      var prefix = prefix(service);
      if (raw.startsWith(prefix + "/")) {
        var path = raw.substring(prefix.length());
        if (!path.startsWith("/" + service.name().toLowerCase(Locale.ROOT) + "/")) {
          throw new Refusal(404, "NOT_FOUND", "the service at " + prefix + " has no " + path);
        }
        return path;
      }
    }
    return raw;
  }

  @Override
  public Routes routes() {
    return routes;
  }

  @Override
  public List<Store> holdings() {
    return List.of(items, locations);
  }

  Store items() {
    return items;
  }

  Store locations() {
    return locations;
  }

  void policy(BatchPolicy next) {
    policy = next;
  }

  void locationCode(Presence presence) {
    bulkItems = bulkItems(presence);
  }

  private Bulk bulkItems(Presence location) {
    return new Bulk(
        "items",
        LIMIT,
        List.of("item_id"),
        ItemRules.none()
            .text("item_id", MANDATORY)
            .text("external_item_code", MANDATORY)
            .text("item_name", MANDATORY)
            .number("available_quantity", MANDATORY)
            .form("ean_code", Pattern.compile("[0-9]{13}"), "13 digits", OPTIONAL)
            .form("location_code", LOCATION, LOCATION_TOLD, location)
            .text("zone_id", OPTIONAL),
        new Items());
  }

  private boolean holds(Call call, String id) {
    return items.find(call.tenant(), id).isPresent();
  }

  private Reply item(Call call) {
    var id = call.variable("id");
    return contents(items, call, id)
        .map(contents -> Reply.json(200, contents))
        .orElseThrow(() -> new Refusal(404, "NOT_FOUND", "there is no item " + id));
  }

  private static Optional<ObjectNode> contents(Store store, Call call, String id) {
    return store.find(call.tenant(), id).map(HeldThing::contents);
  }

  private static Reply zones() {
    var answer = JsonNodeFactory.instance.objectNode();
    var list = answer.putArray("zones");
    ZONES.forEach(zone -> list.addObject().put("zone_id", zone).put("name", "Zone " + zone));
    return Reply.json(200, answer);
  }

  private static Optional<ItemFault> unknownZone(JsonNode item) {
    var zone = item.path("zone_id").asString("");
    return zone.isEmpty() || ZONES.contains(zone)
        ? Optional.empty()
        : Optional.of(new ItemFault("UNKNOWN_ZONE", "there is no zone " + zone));
  }

  private final class Items implements Bulk.Keeper {
    @Override
    public Optional<ItemFault> check(String tenant, JsonNode item) {
      return unknownZone(item);
    }

    @Override
    public Effect keep(String tenant, JsonNode item) {
      return items.put(tenant, item.path("item_id").stringValue(), item);
    }
  }

  private final class Locations implements Bulk.Keeper {
    @Override
    public Optional<ItemFault> check(String tenant, JsonNode item) {
      var id = item.path("item_id").stringValue();
      return items.find(tenant, id).isEmpty()
          ? Optional.of(new ItemFault("UNKNOWN_ITEM", "there is no item " + id))
          : unknownZone(item);
    }

    @Override
    public Effect keep(String tenant, JsonNode item) {
      return locations.put(tenant, item.path("item_id").stringValue(), item);
    }
  }
}

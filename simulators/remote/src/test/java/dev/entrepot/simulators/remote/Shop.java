package dev.entrepot.simulators.remote;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// The smallest system there is: things with an id, in bulk.
final class Shop implements RemoteSystem {
  final Store things = new Store("things");
  private final Bulk bulk =
      new Bulk(
          "things",
          3,
          List.of("id"),
          ItemRules.none().text("id", ItemRules.Presence.MANDATORY),
          new Bulk.Keeper() {
            @Override
            public Optional<ItemFault> check(String tenant, JsonNode item) {
              return Optional.empty();
            }

            @Override
            public Effect keep(String tenant, JsonNode item) {
              return things.put(tenant, item.path("id").stringValue(), item);
            }
          });

  @Override
  public String title() {
    return "Shop <1>";
  }

  @Override
  public Optional<String> tenant(Call call) {
    return call.header("X-API-Key").map(Map.of("key-a", "a", "key-b", "b")::get);
  }

  @Override
  public Routes routes() {
    return Routes.none()
        .on("POST", "/things/bulk", call -> bulk.answer(call, BatchPolicy.ITEM_BY_ITEM))
        .on(
            "GET",
            "/things",
            call ->
                bulk.found(
                    call, "ids", id -> things.find(call.tenant(), id).map(HeldThing::contents)))
        .on(
            "PUT",
            "/things/{id}",
            call -> bulk.replace(call, id -> things.find(call.tenant(), id).isPresent()));
  }

  @Override
  public List<Store> holdings() {
    return List.of(things);
  }
}

package dev.entrepot.simulators.kong;

import static dev.entrepot.simulators.remote.ItemRules.Presence.MANDATORY;
import static dev.entrepot.simulators.remote.ItemRules.Presence.OPTIONAL;

import dev.entrepot.simulators.remote.BatchPolicy;
import dev.entrepot.simulators.remote.Bulk;
import dev.entrepot.simulators.remote.Call;
import dev.entrepot.simulators.remote.Effect;
import dev.entrepot.simulators.remote.HeldThing;
import dev.entrepot.simulators.remote.ItemFault;
import dev.entrepot.simulators.remote.ItemRules;
import dev.entrepot.simulators.remote.Refusal;
import dev.entrepot.simulators.remote.RemoteSystem;
import dev.entrepot.simulators.remote.Reply;
import dev.entrepot.simulators.remote.Routes;
import dev.entrepot.simulators.remote.Store;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// What Kong answers, and what it holds.
final class KongSystem implements RemoteSystem {
  private static final int LIMIT = 100;

  private static final ItemRules PRODUCT =
      ItemRules.none()
          .text("product_id", MANDATORY)
          .text("external_reference", MANDATORY)
          .text("name", MANDATORY)
          .number("quantity", MANDATORY)
          .form("barcode", Pattern.compile("[0-9]{13}"), "13 digits", OPTIONAL)
          .text("rfid_tag_id", OPTIONAL);
  private static final ItemRules TAG =
      ItemRules.none().text("tag_id", MANDATORY).text("product_id", MANDATORY);

  private final Map<String, String> tenants;
  private final Store products = new Store("products");
  private final Tags tags = new Tags(products);
  private final Bulk bulkProducts =
      new Bulk("products", LIMIT, List.of("product_id"), PRODUCT, new Products());
  private final Bulk bulkTags = new Bulk("tags", LIMIT, List.of("tag_id", "product_id"), TAG, tags);
  private final Routes routes;
  private volatile BatchPolicy policy = BatchPolicy.ITEM_BY_ITEM;

  KongSystem(Map<String, String> tenants) {
    this.tenants = Map.copyOf(tenants);
    this.routes =
        Routes.none()
            .on("POST", "/products/bulk", call -> bulkProducts.answer(call, policy))
            .on("POST", "/products", call -> bulkProducts.create(call, id -> holds(call, id)))
            .on("PUT", "/products/{id}", call -> bulkProducts.replace(call, id -> holds(call, id)))
            .on("GET", "/products/{id}", this::product)
            .on(
                "GET",
                "/products",
                call ->
                    bulkProducts.found(
                        call,
                        "ids",
                        id -> products.find(call.tenant(), id).map(HeldThing::contents)))
            .on("POST", "/rfid/tags", call -> bulkTags.answer(call, policy))
            .on(
                "GET",
                "/rfid/tags",
                call ->
                    bulkTags.found(
                        call,
                        "product_ids",
                        id -> tags.store().find(call.tenant(), id).map(HeldThing::contents)));
  }

  @Override
  public String title() {
    return "Kong";
  }

  @Override
  public Optional<String> tenant(Call call) {
    return call.header("X-API-Key").map(tenants::get);
  }

  @Override
  public Routes routes() {
    return routes;
  }

  @Override
  public List<Store> holdings() {
    return List.of(products, tags.store());
  }

  Store products() {
    return products;
  }

  Store tags() {
    return tags.store();
  }

  void policy(BatchPolicy next) {
    policy = next;
  }

  private boolean holds(Call call, String id) {
    return products.find(call.tenant(), id).isPresent();
  }

  private Reply product(Call call) {
    var id = call.variable("id");
    return products
        .find(call.tenant(), id)
        .map(thing -> Reply.json(200, thing.contents()))
        .orElseThrow(() -> new Refusal(404, "NOT_FOUND", "there is no product " + id));
  }

  private final class Products implements Bulk.Keeper {
    @Override
    public Optional<ItemFault> check(String tenant, JsonNode item) {
      return Optional.empty();
    }

    @Override
    public Effect keep(String tenant, JsonNode item) {
      return products.put(tenant, item.path("product_id").stringValue(), item);
    }
  }
}

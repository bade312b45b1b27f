package dev.entrepot.simulators.kong;

import dev.entrepot.simulators.remote.Bulk;
import dev.entrepot.simulators.remote.Effect;
import dev.entrepot.simulators.remote.ItemFault;
import dev.entrepot.simulators.remote.Store;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Which tag a product has, and whose a tag is. Called by one thread at a time; the store may be
/// read by many.
final class Tags implements Bulk.Keeper {
  private final Store products;
  private final Store store = new Store("tags");
  private final Map<String, Map<String, String>> owners = new HashMap<>();

  Tags(Store products) {
    this.products = products;
  }

  Store store() {
    return store;
  }

  @Override
  public Optional<ItemFault> check(String tenant, JsonNode item) {
    var product = item.path("product_id").stringValue();
    var tag = item.path("tag_id").stringValue();
    if (products.find(tenant, product).isEmpty()) {
      return Optional.of(new ItemFault("UNKNOWN_PRODUCT", "there is no product " + product));
    }
    var owner = owners.getOrDefault(tenant, Map.of()).get(tag);
    return owner == null || owner.equals(product) || !has(tenant, owner, tag)
        ? Optional.empty()
        : Optional.of(new ItemFault("TAG_BOUND", "tag %s is %s's".formatted(tag, owner)));
  }

  @Override
  public Effect keep(String tenant, JsonNode item) {
    var product = item.path("product_id").stringValue();
    var owned = owners.computeIfAbsent(tenant, t -> new HashMap<>());
    store
        .find(tenant, product)
        .ifPresent(before -> owned.remove(before.contents().path("tag_id").stringValue()));
    owned.put(item.path("tag_id").stringValue(), product);
    return store.put(tenant, product, item);
  }

  /// It may have been taken away by hand.
  private boolean has(String tenant, String product, String tag) {
    return store
        .find(tenant, product)
        .filter(held -> held.contents().path("tag_id").stringValue().equals(tag))
        .isPresent();
  }
}

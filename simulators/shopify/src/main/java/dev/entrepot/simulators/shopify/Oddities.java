package dev.entrepot.simulators.shopify;

import dev.entrepot.simulators.sender.PlannedEvent;
import java.time.Instant;

/// Events such as occur seldom: those that nobody can read, and those that privacy law demands. Ids
/// must be unique in a plan.
public final class Oddities {
  private Oddities() {}

  /// A body that breaks off in the middle.
  public static PlannedEvent poison(String id, String shop, String product, Instant at) {
    return event(
        id,
        shop,
        "products/update",
        "products/" + product,
        at,
        "{\"id\":" + product + ",\"title\":\"Broken off");
  }

  /// A product's state of some time.
  ///
  /// @param title without quotes
  public static PlannedEvent product(
      String id, String shop, String product, String title, Instant at) {
    return event(
        id,
        shop,
        "products/update",
        "products/" + product,
        at,
        "{\"id\":%s,\"title\":\"%s\",\"updated_at\":\"%s\"}".formatted(product, title, at));
  }

  /// Of a webhook that was told to send the id alone.
  public static PlannedEvent idAlone(String id, String shop, String product, Instant at) {
    return event(
        id, shop, "products/update", "products/" + product, at, "{\"id\":" + product + "}");
  }

  /// A topic that does not exist.
  public static PlannedEvent unknownTopic(String id, String shop, Instant at) {
    return event(id, shop, "teapots/boil", "teapots/1", at, "{\"id\":1}");
  }

  /// A customer who wants to be forgotten.
  ///
  /// @param orders their ids, with commas between
  public static PlannedEvent redactCustomer(
      String id, String shop, String customer, String orders, Instant at) {
    return event(
        id,
        shop,
        "customers/redact",
        "customers/" + customer,
        at,
        """
        {"shop_id":1,"shop_domain":"%s","customer":{"id":%s,"email":"customer-%s@example.com"},\
        "orders_to_redact":[%s]}\
        """
            .formatted(shop, customer, customer, orders));
  }

  /// A shop that removes the app.
  public static PlannedEvent uninstalled(String id, String shop, Instant at) {
    return event(
        id, shop, "app/uninstalled", "app/1", at, "{\"id\":1,\"domain\":\"" + shop + "\"}");
  }

  /// A shop that wants to be forgotten, 48 hours after it removed the app.
  public static PlannedEvent redactShop(String id, String shop, Instant at) {
    return event(
        id, shop, "shop/redact", "shop/1", at, "{\"shop_id\":1,\"shop_domain\":\"" + shop + "\"}");
  }

  private static PlannedEvent event(
      String id, String shop, String topic, String thing, Instant at, String body) {
    return ShopifySender.event(id, id + "-webhook", shop, topic, shop + "/" + thing, at, body);
  }
}

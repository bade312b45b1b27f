package dev.entrepot.connectors.shopify;

import dev.entrepot.kit.json.JsonProbe;
import dev.entrepot.spi.event.EntityType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What Shopify's topics mean to us, and by what their events are kept in order.
final class Topics {

  /// What the payload of a topic is.
  sealed interface Meaning {
    /// The whole state of an entity.
    record State(EntityType type) implements Meaning {}

    /// The id of an entity that was deleted.
    record Deletion(EntityType type) implements Meaning {}
  }

  /// Payloads of their own kind.
  enum Special implements Meaning {
    CUSTOMERS_MERGED,
    APP_UNINSTALLED,
    CUSTOMER_DATA_REQUEST,
    CUSTOMER_REDACT,
    SHOP_REDACT,
    /// Known, and nothing that we keep.
    NOTHING
  }

  /// Where the id stands that events of a topic are kept in order by.
  ///
  /// @param resource of the id, as in topics
  /// @param places where the id may stand; the first found counts
  record Key(String resource, JsonProbe probe, int places) {
    static Key of(String resource, String... pointers) {
      return new Key(resource, JsonProbe.of(pointers), pointers.length);
    }
  }

  private static final Map<EntityType, List<String>> STATES = new EnumMap<>(EntityType.class);
  private static final Map<String, Meaning> MEANINGS = new HashMap<>();
  private static final Map<String, Key> KEYS = new HashMap<>();

  static {
    STATES.put(
        EntityType.ORDER,
        List.of(
            "orders/create",
            "orders/updated",
            "orders/paid",
            "orders/cancelled",
            "orders/fulfilled",
            "orders/partially_fulfilled"));
    STATES.put(
        EntityType.CUSTOMER,
        List.of("customers/create", "customers/update", "customers/enable", "customers/disable"));
    STATES.put(EntityType.CHECKOUT, List.of("checkouts/create", "checkouts/update"));
    STATES.put(EntityType.PRODUCT, List.of("products/create", "products/update"));
    STATES.put(EntityType.FULFILLMENT, List.of("fulfillments/create", "fulfillments/update"));
    STATES.put(
        EntityType.SUBSCRIPTION,
        List.of(
            "subscription_contracts/create",
            "subscription_contracts/update",
            "subscription_contracts/activate",
            "subscription_contracts/cancel",
            "subscription_contracts/expire",
            "subscription_contracts/fail",
            "subscription_contracts/pause"));
    STATES.put(
        EntityType.CHARGE,
        List.of(
            "subscription_billing_attempts/success",
            "subscription_billing_attempts/failure",
            "subscription_billing_attempts/challenged"));
    STATES.put(EntityType.PAYMENT, List.of("order_transactions/create"));
    STATES.put(EntityType.DISPUTE, List.of("disputes/create", "disputes/update"));
    STATES.put(EntityType.REFUND, List.of("refunds/create"));
    STATES.put(
        EntityType.RETURN,
        List.of(
            "returns/request",
            "returns/approve",
            "returns/decline",
            "returns/cancel",
            "returns/close",
            "returns/reopen",
            "returns/process",
            "returns/update"));

    others().forEach(topic -> MEANINGS.put(topic, Special.NOTHING));
    STATES.forEach(
        (type, topics) -> topics.forEach(topic -> MEANINGS.put(topic, new Meaning.State(type))));
    MEANINGS.put("orders/delete", new Meaning.Deletion(EntityType.ORDER));
    MEANINGS.put("customers/delete", new Meaning.Deletion(EntityType.CUSTOMER));
    MEANINGS.put("checkouts/delete", new Meaning.Deletion(EntityType.CHECKOUT));
    MEANINGS.put("products/delete", new Meaning.Deletion(EntityType.PRODUCT));
    MEANINGS.put("customers/merge", Special.CUSTOMERS_MERGED);
    MEANINGS.put("app/uninstalled", Special.APP_UNINSTALLED);
    MEANINGS.put("customers/data_request", Special.CUSTOMER_DATA_REQUEST);
    MEANINGS.put("customers/redact", Special.CUSTOMER_REDACT);
    MEANINGS.put("shop/redact", Special.SHOP_REDACT);

    KEYS.put("orders/edited", Key.of("orders", "/order_edit/order_id", "/order_id"));
    KEYS.put("orders/risk_assessment_changed", Key.of("orders", "/order_id"));
    KEYS.put("orders/shopify_protect_eligibility_changed", Key.of("orders", "/order_id"));
    KEYS.put("customers/data_request", Key.of("customers", "/customer/id"));
    KEYS.put("customers/redact", Key.of("customers", "/customer/id"));
    KEYS.put("customers/merge", Key.of("customers", "/admin_graphql_api_customer_deleted_id"));
    KEYS.put("shop/redact", Key.of("shop", "/shop_id"));
    KEYS.put("customers_marketing_consent/update", Key.of("customers", "/customer_id"));
    KEYS.put("customers_email_marketing_consent/update", Key.of("customers", "/customer_id"));
    KEYS.put("fulfillment_events/create", Key.of("fulfillments", "/fulfillment_id"));
    KEYS.put("fulfillment_events/delete", Key.of("fulfillments", "/fulfillment_id"));
    KEYS.put("inventory_levels/connect", Key.of("inventory_items", "/inventory_item_id"));
    KEYS.put("inventory_levels/disconnect", Key.of("inventory_items", "/inventory_item_id"));
    KEYS.put("inventory_levels/update", Key.of("inventory_items", "/inventory_item_id"));
  }

  // Where topics without an entry have their id: the first reads only as far as it must.
  private static final JsonProbe ID = JsonProbe.of("/id");
  private static final JsonProbe ELSEWHERE =
      JsonProbe.of("/admin_graphql_api_id", "/token", "/fulfillment_order/id");

  private Topics() {}

  static Optional<Meaning> meaning(String topic) {
    return Optional.ofNullable(MEANINGS.get(topic));
  }

  /// Where the id of a topic's events stands; the ways to try, in order.
  static List<Key> keys(String topic) {
    Key special = KEYS.get(topic);
    if (special != null) {
      return List.of(special);
    }
    int slash = topic.indexOf('/');
    String resource = slash < 1 ? topic : topic.substring(0, slash);
    return List.of(new Key(resource, ID, 1), new Key(resource, ELSEWHERE, 3));
  }

  private static List<String> others() {
    try (InputStream in = Topics.class.getResourceAsStream("topics.txt")) {
      if (in == null) {
        throw new IllegalStateException("topics.txt is not beside " + Topics.class);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#") && !line.isBlank())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("topics.txt cannot be read", e);
    }
  }
}

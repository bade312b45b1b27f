package dev.entrepot.connectors.shopify;

import dev.entrepot.contract.SharedData;
import dev.entrepot.kit.json.Json;
import dev.entrepot.kit.json.JsonObject;
import dev.entrepot.spi.event.Body;
import dev.entrepot.spi.event.EntityType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Shopify's own sample payloads.
final class ShopifySamples {
  /// The topic each sample is sent under, and what becomes of it; empty: nothing that is kept.
  private record Expected(String topic, List<EntityType> types) {
    static Expected nothing(String topic) {
      return new Expected(topic, List.of());
    }

    static Expected of(String topic, EntityType type) {
      return new Expected(topic, List.of(type));
    }
  }

  private static final Map<String, Expected> SAMPLES =
      Map.ofEntries(
          Map.entry("Cart", Expected.nothing("carts/update")),
          Map.entry("Checkout", Expected.of("checkouts/update", EntityType.CHECKOUT)),
          Map.entry("Collection", Expected.nothing("collections/update")),
          Map.entry("Customer", Expected.of("customers/update", EntityType.CUSTOMER)),
          Map.entry("CustomerSavedSearch", Expected.nothing("customer_groups/update")),
          Map.entry("DraftOrder", Expected.nothing("draft_orders/update")),
          Map.entry("Fulfillment", Expected.of("fulfillments/update", EntityType.FULFILLMENT)),
          Map.entry("FulfillmentEvent", Expected.nothing("fulfillment_events/create")),
          Map.entry("InventoryItem", Expected.nothing("inventory_items/update")),
          Map.entry("InventoryLevel", Expected.nothing("inventory_levels/update")),
          Map.entry("Location", Expected.nothing("locations/update")),
          Map.entry("Order", Expected.of("orders/updated", EntityType.ORDER)),
          Map.entry(
              "OrderTransaction", Expected.of("order_transactions/create", EntityType.PAYMENT)),
          Map.entry("Product", Expected.of("products/update", EntityType.PRODUCT)),
          Map.entry("Refund", Expected.of("refunds/create", EntityType.REFUND)),
          Map.entry("Shop", Expected.nothing("shop/update")),
          Map.entry("TenderTransaction", Expected.nothing("tender_transactions/create")),
          Map.entry("Theme", Expected.nothing("themes/update")),
          Map.entry("OrderEdit", Expected.nothing("orders/edited")),
          Map.entry("ShopAlternateLocale", Expected.nothing("locales/update")),
          Map.entry("Dispute", Expected.of("disputes/create", EntityType.DISPUTE)),
          Map.entry(
              "SubscriptionContract",
              Expected.of("subscription_contracts/update", EntityType.SUBSCRIPTION)));

  /// @param topic it is sent under
  /// @param types of the entities that it is the state of
  @SuppressWarnings("ArrayRecordComponent") // read once, compared with nothing
  record Sample(String name, String topic, List<EntityType> types, byte[] body) {}

  private ShopifySamples() {}

  static List<Sample> all() throws IOException {
    List<Sample> all = new ArrayList<>();
    for (Path file : files("shopify_webhooks")) {
      JsonObject samples = Json.readObject(Body.of(Files.readAllBytes(file)));
      for (String name : samples.members().keySet()) {
        Expected expected = SAMPLES.get(name);
        if (expected == null) {
          throw new IllegalStateException(
              "sample " + name + " of " + file + " is not in the table here; add it");
        }
        byte[] body = samples.object(name).orElseThrow().raw().getBytes(StandardCharsets.UTF_8);
        all.add(new Sample(name, expected.topic(), expected.types(), body));
      }
    }
    return all;
  }

  static List<Path> files(String name) throws IOException {
    try (Stream<Path> files = Files.list(SharedData.required(name))) {
      return files.sorted().toList();
    }
  }
}

package dev.entrepot.connectors.shopify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.contract.SharedData;
import dev.entrepot.kit.json.Json;
import dev.entrepot.kit.json.JsonObject;
import dev.entrepot.spi.event.Body;
import dev.entrepot.spi.event.Delivery;
import dev.entrepot.spi.event.EntityChange;
import dev.entrepot.spi.event.EntityType;
import dev.entrepot.spi.event.EventException;
import dev.entrepot.spi.event.EventSource;
import dev.entrepot.spi.event.Facts;
import dev.entrepot.spi.event.Headers;
import dev.entrepot.spi.event.Identity;
import dev.entrepot.spi.event.Incident;
import dev.entrepot.spi.event.Message;
import dev.entrepot.spi.event.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// Shopify's own sample payloads and real events of EventBridge.
class ShopifySamplesTest {
  private static final String SECRET = "samples";

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

  @Test
  void everySampleIsGenuineIdentifiedAndRead() throws IOException {
    EventSource source = new ShopifySource();
    int event = 0;
    for (Path file : files("shopify_webhooks")) {
      JsonObject samples = Json.readObject(Body.of(Files.readAllBytes(file)));
      for (String name : samples.members().keySet()) {
        Expected expected = SAMPLES.get(name);
        assertThat(expected).as("%s of %s is mapped", name, file).isNotNull();
        byte[] body = samples.object(name).orElseThrow().raw().getBytes(StandardCharsets.UTF_8);
        Delivery delivery = Deliveries.signed(expected.topic(), body, ++event, SECRET);

        assertThat(source.verify(delivery, List.of(SECRET), Deliveries.RECEIVED))
            .isEqualTo(new Verdict.Genuine(0));
        Identity identity = source.identify(delivery);
        assertThat(identity.topic()).isEqualTo(expected.topic());
        assertThat(identity.key()).startsWith("shop.example/");
        if (!name.equals("ShopAlternateLocale") && !body(body).contains("\"id\": null")) {
          assertThat(identity.key()).as("%s of %s", name, file).doesNotContain("~");
        }
        Facts facts =
            source.read(
                new Message(identity, delivery.headers(), delivery.body(), Deliveries.RECEIVED));
        assertThat(facts.changes().stream().map(EntityChange::type))
            .as("%s of %s", name, file)
            .isEqualTo(expected.types());
        if (name.equals("Dispute")) {
          assertThat(facts.incidents())
              .extracting(Incident::kind)
              .containsExactly(Incident.Kind.DISPUTE_OPENED);
        }
      }
    }
    assertThat(event).isGreaterThan(60);
  }

  @Test
  void everyEnvelopeOfEventBridgeIsIdentifiedAndRead() throws IOException {
    EventSource source = new ShopifyEventBridgeSource();
    Map<String, String> became = new TreeMap<>();
    for (Path file : files("eventbridge")) {
      Body body = Body.of(Files.readAllBytes(file));
      Identity identity = source.identify(new Delivery(Headers.NONE, body));
      String name = String.valueOf(file.getFileName());
      assertThat(identity.topic()).as(name).contains("/");
      try {
        Facts facts = source.read(new Message(identity, Headers.NONE, body, Deliveries.RECEIVED));
        became.put(
            name,
            identity.topic()
                + " "
                + facts.changes().stream()
                    .map(change -> change.getClass().getSimpleName() + " " + change.type())
                    .toList());
      } catch (EventException e) {
        became.put(name, identity.topic() + " " + e.code());
      }
    }

    // Two of them are sent under a topic that is not that of their payload.
    assertThat(became)
        .containsEntry("synqsell_appUninstalled.json", "products/update [Present PRODUCT]")
        .containsEntry("synqsell_shopRedact.json", "products/update MISSING_FIELD")
        .containsEntry("synqsell_deleteProducts.json", "products/delete [Deleted PRODUCT]")
        .containsEntry(
            "synqsell_fulfillmentsUpdate.json", "fulfillments/update [Present FULFILLMENT]")
        .containsEntry("synqsell_fulfillmentsCreate.json", "fulfillment_events/create []")
        .containsEntry("synqsell_ordersCancelled.json", "orders/cancelled [Present ORDER]")
        .containsEntry("synqsell_productsUpdate.json", "products/update [Present PRODUCT]")
        .containsEntry("synqsell_products_update.json", "products/update [Present PRODUCT]")
        .containsEntry(
            "synqsell_fulfillmentOrdersOrderRoutingComplete.json",
            "fulfillment_orders/order_routing_complete []");
  }

  private static String body(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static List<Path> files(String name) throws IOException {
    Path folder = SharedData.folder().resolve(name);
    Assumptions.assumeTrue(Files.isDirectory(folder), "shared data absent: " + folder);
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}

package dev.entrepot.connectors.shopify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.spi.event.Body;
import dev.entrepot.spi.event.Delivery;
import dev.entrepot.spi.event.EntityChange;
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
import org.junit.jupiter.api.Test;

/// Shopify's own sample payloads and real events of EventBridge.
class ShopifySamplesTest {
  private static final String SECRET = "samples";

  @Test
  void everySampleIsGenuineIdentifiedAndRead() throws IOException {
    EventSource source = new ShopifySource();
    int event = 0;
    for (ShopifySamples.Sample sample : ShopifySamples.all()) {
      Delivery delivery = Deliveries.signed(sample.topic(), sample.body(), ++event, SECRET);

      assertThat(source.verify(delivery, List.of(SECRET), Deliveries.RECEIVED))
          .isEqualTo(new Verdict.Genuine(0));
      Identity identity = source.identify(delivery);
      assertThat(identity.topic()).isEqualTo(sample.topic());
      assertThat(identity.key()).startsWith("shop.example/");
      if (!sample.name().equals("ShopAlternateLocale")
          && !body(sample.body()).contains("\"id\": null")) {
        assertThat(identity.key()).as("%s", sample.name()).doesNotContain("~");
      }
      Facts facts =
          source.read(
              new Message(identity, delivery.headers(), delivery.body(), Deliveries.RECEIVED));
      assertThat(facts.changes().stream().map(EntityChange::type))
          .as("%s", sample.name())
          .isEqualTo(sample.types());
      if (sample.name().equals("Dispute")) {
        assertThat(facts.incidents())
            .extracting(Incident::kind)
            .containsExactly(Incident.Kind.DISPUTE_OPENED);
      }
    }
    assertThat(event).isGreaterThan(60);
  }

  @Test
  void everyEnvelopeOfEventBridgeIsIdentifiedAndRead() throws IOException {
    EventSource source = new ShopifyEventBridgeSource();
    Map<String, String> became = new TreeMap<>();
    for (Path file : ShopifySamples.files("eventbridge")) {
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
}

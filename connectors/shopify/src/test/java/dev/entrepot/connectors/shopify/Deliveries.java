package dev.entrepot.connectors.shopify;

import dev.entrepot.spi.event.Body;
import dev.entrepot.spi.event.Delivery;
import dev.entrepot.spi.event.Facts;
import dev.entrepot.spi.event.Headers;
import dev.entrepot.spi.event.Message;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Deliveries as Shopify makes them, signed by other means than those under test.
final class Deliveries {
  static final String SHOP = "Shop.Example";
  static final Instant TRIGGERED = Instant.parse("2026-11-20T11:59:58.5Z");
  static final Instant RECEIVED = Instant.parse("2026-11-20T12:00:00Z");

  private Deliveries() {}

  static Delivery signed(String topic, byte[] body, int event, String secret) {
    Map<String, String> headers = new HashMap<>();
    headers.put("X-Shopify-Topic", topic);
    headers.put("X-Shopify-Shop-Domain", SHOP);
    headers.put("X-Shopify-Event-Id", "event-" + event);
    headers.put("X-Shopify-Webhook-Id", "webhook-" + event);
    headers.put("X-Shopify-Triggered-At", TRIGGERED.toString());
    headers.put("X-Shopify-Hmac-Sha256", signature(body, secret));
    return new Delivery(Headers.of(headers), Body.of(body));
  }

  static Facts read(String topic, String body) {
    Delivery delivery = signed(topic, body.getBytes(StandardCharsets.UTF_8), 1, "s");
    ShopifySource source = new ShopifySource();
    return source.read(
        new Message(source.identify(delivery), delivery.headers(), delivery.body(), RECEIVED));
  }

  static String signature(byte[] body, String secret) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}

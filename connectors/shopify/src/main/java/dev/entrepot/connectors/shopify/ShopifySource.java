package dev.entrepot.connectors.shopify;

import dev.entrepot.kit.json.JsonProbe;
import dev.entrepot.kit.naming.Names;
import dev.entrepot.kit.naming.Times;
import dev.entrepot.kit.signature.HashAlgorithm;
import dev.entrepot.kit.signature.SecretMatch;
import dev.entrepot.kit.signature.SignatureEncoding;
import dev.entrepot.spi.event.Body;
import dev.entrepot.spi.event.Delivery;
import dev.entrepot.spi.event.EventException;
import dev.entrepot.spi.event.EventException.Code;
import dev.entrepot.spi.event.EventSource;
import dev.entrepot.spi.event.Facts;
import dev.entrepot.spi.event.Headers;
import dev.entrepot.spi.event.Identity;
import dev.entrepot.spi.event.Message;
import dev.entrepot.spi.event.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Shopify by HTTPS. The signature is the base64 of HMAC-SHA256 over the raw body with the app's
/// client secret; the headers are not signed. It never grows stale: repeats are told by their ids
/// alone.
///
/// An event has the same `X-Shopify-Event-Id` for all subscriptions, so that the subscription (its
/// topic, name and sub-topic) belongs to the external id.
final class ShopifySource implements EventSource {
  static final String SIGNATURE = "X-Shopify-Hmac-Sha256";
  static final String TOPIC = "X-Shopify-Topic";
  static final String SHOP = "X-Shopify-Shop-Domain";
  static final String EVENT_ID = "X-Shopify-Event-Id";
  static final String WEBHOOK_ID = "X-Shopify-Webhook-Id";
  static final String TRIGGERED_AT = "X-Shopify-Triggered-At";
  static final String NAME = "X-Shopify-Name";
  static final String SUB_TOPIC = "X-Shopify-Sub-Topic";

  private static final String GLOBAL_ID = "gid://";

  @Override
  public Verdict verify(Delivery delivery, List<String> secrets, Instant now) {
    Optional<byte[]> presented =
        delivery.headers().first(SIGNATURE).flatMap(SignatureEncoding.BASE64::decode);
    if (presented.isEmpty()) {
      return new Verdict.Forged("header " + SIGNATURE + " is missing or no base64");
    }
    byte[] body = delivery.body().bytes();
    return SecretMatch.find(
        secrets,
        List.of(presented.get()),
        secret -> HashAlgorithm.SHA256.hmac(SecretMatch.bytes(secret), body),
        SIGNATURE);
  }

  @Override
  public Identity identify(Delivery delivery) {
    Headers headers = delivery.headers();
    String topic = required(headers, TOPIC);
    String shop = shop(headers);
    return new Identity(
        Names.fit(externalId(headers, topic)),
        Names.fit(topic),
        key(shop, topic, delivery.body()),
        triggeredAt(headers).orElse(null));
  }

  @Override
  public Facts read(Message message) {
    return new ShopifyReader(message, shop(message.headers())).read();
  }

  /// The shop's domain, by which its entities and keys are known.
  static String shop(Headers headers) {
    return Names.fit(required(headers, SHOP).toLowerCase(Locale.ROOT));
  }

  static Optional<Instant> triggeredAt(Headers headers) {
    return headers.first(TRIGGERED_AT).flatMap(Times::offset);
  }

  /// `gid://shopify/Product/1` and `1` name the same product.
  static String plainId(String id) {
    if (!id.startsWith(GLOBAL_ID)) {
      return id;
    }
    int end = id.indexOf('?');
    String path = end < 0 ? id : id.substring(0, end);
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static String externalId(Headers headers, String topic) {
    StringBuilder id =
        new StringBuilder(
            filled(headers, EVENT_ID)
                .or(() -> filled(headers, WEBHOOK_ID))
                .orElseThrow(() ->
                    new EventException(
                        Code.INCOMPLETE,
                        "headers %s and %s are both missing; one must tell events apart"
                            .formatted(EVENT_ID, WEBHOOK_ID))));
    id.append(':').append(topic);
    filled(headers, NAME).ifPresent(name -> id.append(':').append(name));
    filled(headers, SUB_TOPIC).ifPresent(sub -> id.append(':').append(sub));
    return id.toString();
  }

  private static String key(String shop, String topic, Body body) {
    List<Topics.Key> keys = Topics.keys(topic);
    for (Topics.Key key : keys) {
      JsonProbe.Found found = key.probe().find(body);
      for (int place = 0; place < key.places(); place++) {
        Optional<String> id = found.text(place);
        if (id.isPresent()) {
          return Names.join(shop, key.resource(), plainId(id.get()));
        }
      }
      if (found.malformed()) {
        break;
      }
    }
    // Nothing to keep it in order with.
    return Names.join(shop, keys.getFirst().resource(), "~" + Names.digest(body.bytes()));
  }

  private static String required(Headers headers, String name) {
    return filled(headers, name)
        .orElseThrow(() ->
            new EventException(
                Code.INCOMPLETE,
                "header " + name + " is missing; every delivery of Shopify has it"));
  }

  private static Optional<String> filled(Headers headers, String name) {
    return headers.first(name).map(String::strip).filter(value -> !value.isEmpty());
  }
}

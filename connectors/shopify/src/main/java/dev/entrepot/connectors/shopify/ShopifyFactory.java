package dev.entrepot.connectors.shopify;

import dev.entrepot.kit.signature.HashAlgorithm;
import dev.entrepot.kit.signature.SecretLength;
import dev.entrepot.kit.signature.SecretMatch;
import dev.entrepot.kit.signature.SignatureEncoding;
import dev.entrepot.spi.event.Body;
import dev.entrepot.spi.event.Delivery;
import dev.entrepot.spi.event.EventSource;
import dev.entrepot.spi.event.EventSourceFactory;
import dev.entrepot.spi.event.Headers;
import dev.entrepot.spi.event.SecretCheck;
import dev.entrepot.spi.event.SettingField;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Connections of kind `shopify`: webhooks by HTTPS.
public final class ShopifyFactory implements EventSourceFactory, SecretCheck {

  @Override
  public String kind() {
    return "shopify";
  }

  @Override
  public String title() {
    return "Shopify";
  }

  @Override
  public String secretHint() {
    return "the app's client secret, in the developer dashboard; for webhooks made in a shop's"
        + " settings, the key shown under Settings > Notifications > Webhooks";
  }

  @Override
  public Optional<String> objection(String secret) {
    return SecretLength.objection(secret);
  }

  @Override
  public List<SettingField> settings() {
    return List.of();
  }

  @Override
  public EventSource open(Map<String, String> values) {
    return new ShopifySource();
  }

  @Override
  public Delivery sample(Map<String, String> values, String secret, long number, Instant now) {
    Body body = Body.of(Sample.order(number, now));
    byte[] signature = HashAlgorithm.SHA256.hmac(SecretMatch.bytes(secret), body.bytes());
    Map<String, String> headers = Sample.headers(number, now);
    headers.put(ShopifySource.SIGNATURE, SignatureEncoding.BASE64.encode(signature));
    return new Delivery(Headers.of(headers), body);
  }
}

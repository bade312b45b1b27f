package dev.entrepot.connectors.stripe;

import dev.entrepot.contract.SignedSourceContract;
import dev.entrepot.spi.event.Body;
import dev.entrepot.spi.event.Delivery;
import dev.entrepot.spi.event.EventSourceFactory;
import dev.entrepot.spi.event.Headers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

class StripeContractTest extends SignedSourceContract {

  @Override
  protected EventSourceFactory factory() {
    return new StripeFactory();
  }

  @Override
  protected Delivery delivery(byte[] body, int event, String secret, Instant at) {
    long time = at.getEpochSecond();
    return new Delivery(
        Headers.of(Map.of("Stripe-Signature", "t=" + time + ",v1=" + hmac(secret, time, body))),
        Body.of(body));
  }

  @Override
  protected String wrap(String json) {
    return """
    {"id":"evt_1","object":"event","created":1700000000,"type":"product.updated",\
    "data":{"object":%s}}\
    """
        .formatted(json);
  }

  @Override
  protected List<String> signedHeaders() {
    return List.of("Stripe-Signature");
  }

  @Override
  protected Duration window() {
    return Duration.ofMinutes(5);
  }

  @Override
  protected boolean signsAnyBytes() {
    return false;
  }

  private static String hmac(String secret, long time, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      mac.update((time + ".").getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}

package dev.entrepot.connectors.recharge;

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

class RechargeContractTest extends SignedSourceContract {

  @Override
  protected EventSourceFactory factory() {
    return new RechargeFactory();
  }

  @Override
  protected Map<String, String> settings() {
    return Map.of("store", "shop.example");
  }

  @Override
  protected Delivery delivery(byte[] body, int event, String secret, Instant at) {
    String time = Long.toString(at.getEpochSecond());
    return new Delivery(
        Headers.of(
            Map.of(
                "X-Recharge-Topic",
                "subscription/updated",
                "X-Recharge-Webhook-Signature",
                "t=" + time + ",v1=" + hmac(secret, time, body))),
        Body.of(body));
  }

  @Override
  protected String wrap(String json) {
    return "{\"subscription\":" + json + "}";
  }

  @Override
  protected List<String> signedHeaders() {
    return List.of("X-Recharge-Webhook-Signature");
  }

  @Override
  protected Duration window() {
    return Duration.ofDays(2);
  }

  private static String hmac(String secret, String time, byte[] body) {
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

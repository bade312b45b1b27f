package dev.entrepot.connectors.recharge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.contract.EventSourceContract;
import dev.entrepot.spi.event.Body;
import dev.entrepot.spi.event.Delivery;
import dev.entrepot.spi.event.EventSourceFactory;
import dev.entrepot.spi.event.Headers;
import dev.entrepot.spi.event.Verdict;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Deliveries that carry nothing but the legacy signature.
class RechargeLegacyContractTest extends EventSourceContract {

  @Override
  protected EventSourceFactory factory() {
    return new RechargeFactory();
  }

  @Override
  protected Map<String, String> settings() {
    return Map.of("store", "shop.example");
  }

  @Override
  protected String wrap(String json) {
    return "{\"charge\":" + json + "}";
  }

  @Override
  protected Delivery delivery(byte[] body, int event, String secret, Instant at) {
    return new Delivery(
        Headers.of(
            Map.of(
                "X-Recharge-Topic", "charge/paid", "X-Recharge-Hmac-Sha256", digest(secret, body))),
        Body.of(body));
  }

  @Test
  void theLegacySignatureIsADigestOfSecretAndBody() {
    Delivery genuine = delivery("{\"charge\":{\"id\":1}}");
    Delivery forged = new Delivery(genuine.headers(), Body.of("{\"charge\":{\"id\":2}}"));
    Instant later = NOW.plus(Duration.ofDays(400));

    assertThat(source().verify(genuine, List.of("new", SECRET), later))
        .isEqualTo(new Verdict.Genuine(1));
    assertThat(source().verify(forged, List.of(SECRET), NOW)).isInstanceOf(Verdict.Forged.class);
    assertThat(source().verify(genuine, List.of("new"), NOW)).isInstanceOf(Verdict.Forged.class);
  }

  @Test
  void itCountsForNothingBesideTheNewOne() {
    Delivery genuine = delivery("{\"charge\":{\"id\":1}}");
    Map<String, List<String>> headers = new HashMap<>(genuine.headers().values());
    headers.put("X-Recharge-Webhook-Signature", List.of("t=1,v1=00"));

    assertThat(
            source()
                .verify(new Delivery(new Headers(headers), genuine.body()), List.of(SECRET), NOW))
        .isInstanceOf(Verdict.Forged.class);
  }

  @Test
  void aConnectionMayRefuseIt() {
    Map<String, String> strict = new HashMap<>(values());
    strict.put("legacy-signature", "refuse");

    assertThat(factory().open(strict).verify(delivery("{}"), List.of(SECRET), NOW))
        .isInstanceOfSatisfying(
            Verdict.Forged.class,
            forged -> assertThat(forged.reason()).contains("legacy-signature"));
  }

  private static String digest(String secret, byte[] body) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(secret.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}

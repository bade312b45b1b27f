package dev.entrepot.connectors.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.contract.SignedSourceContract;
import dev.entrepot.spi.event.Body;
import dev.entrepot.spi.event.Delivery;
import dev.entrepot.spi.event.EventSourceFactory;
import dev.entrepot.spi.event.Headers;
import dev.entrepot.spi.event.Verdict;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  /// A captured delivery with another time beside the one that was signed, wherever it stands.
  @ParameterizedTest
  @ValueSource(
      strings = {"t=%1$d,v1=%3$s,t=%2$d", "t=%2$d,t=%1$d,v1=%3$s", " t=%2$d,v1=%3$s,t=%1$d"})
  void aTimeThatWasNotSignedMakesNothingFresh(String form) {
    byte[] body = wrap("{}").getBytes(StandardCharsets.UTF_8);
    Instant now = Instant.ofEpochSecond(1_790_000_000L);
    long old = now.minus(Duration.ofDays(1)).getEpochSecond();
    String header = form.formatted(old, now.getEpochSecond(), hmac("secret", old, body));

    assertThat(
            new StripeFactory()
                .open(Map.of())
                .verify(
                    new Delivery(Headers.of(Map.of("Stripe-Signature", header)), Body.of(body)),
                    List.of("secret"),
                    now))
        .isInstanceOf(Verdict.Forged.class);
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

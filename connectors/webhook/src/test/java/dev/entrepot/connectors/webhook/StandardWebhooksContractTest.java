package dev.entrepot.connectors.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import dev.entrepot.contract.SignedSourceContract;
import dev.entrepot.spi.event.Body;
import dev.entrepot.spi.event.Delivery;
import dev.entrepot.spi.event.EventSourceFactory;
import dev.entrepot.spi.event.Headers;
import dev.entrepot.spi.event.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StandardWebhooksContractTest extends SignedSourceContract {

  @Override
  protected EventSourceFactory factory() {
    return new StandardWebhooksFactory();
  }

  @Override
  protected String secret() {
    return "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  }

  @Override
  protected String otherSecret() {
    return "C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
  }

  @Override
  protected Delivery delivery(byte[] body, int event, String secret, Instant at) {
    String id = "msg_" + event;
    String time = Long.toString(at.getEpochSecond());
    byte[] signature = StandardWebhooksSource.sign(secret, id, time, body);
    return signed(id, time, "v1," + Base64.getEncoder().encodeToString(signature), body);
  }

  @Override
  protected List<String> signedHeaders() {
    return List.of("webhook-id", "webhook-timestamp", "webhook-signature");
  }

  @Override
  protected Duration window() {
    return Duration.ofMinutes(5);
  }

  @Test
  void theSpecificationsLibraryAgrees() throws Exception {
    String body = "{\"type\":\"x\",\"note\":\"Zoë 🧵\"}";
    long time = NOW.getEpochSecond();
    String signature = new Webhook(secret()).sign("msg_9", time, body);
    Delivery delivery =
        signed("msg_9", Long.toString(time), signature, body.getBytes(StandardCharsets.UTF_8));

    assertThat(source().verify(delivery, List.of(secret()), NOW)).isEqualTo(new Verdict.Genuine(0));
  }

  @Test
  void oneOfSeveralSignaturesIsEnough() {
    Delivery one = delivery("{}");
    String signature = one.headers().first("webhook-signature").orElseThrow();
    Delivery several =
        signed(
            "msg_1",
            one.headers().first("webhook-timestamp").orElseThrow(),
            "v1a,xx v1,AAAA " + signature,
            one.body().bytes());

    assertThat(source().verify(several, List.of(secret()), NOW)).isEqualTo(new Verdict.Genuine(0));
  }

  private static Delivery signed(String id, String time, String signature, byte[] body) {
    return new Delivery(
        Headers.of(
            Map.of("webhook-id", id, "webhook-timestamp", time, "webhook-signature", signature)),
        Body.of(body));
  }
}

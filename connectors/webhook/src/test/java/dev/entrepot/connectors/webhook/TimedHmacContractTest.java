package dev.entrepot.connectors.webhook;

import dev.entrepot.contract.SignedSourceContract;
import dev.entrepot.kit.signature.HashAlgorithm;
import dev.entrepot.spi.event.Body;
import dev.entrepot.spi.event.Delivery;
import dev.entrepot.spi.event.EventSourceFactory;
import dev.entrepot.spi.event.Headers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/// With a signed time, another hash, base64, and events without ids.
class TimedHmacContractTest extends SignedSourceContract {

  @Override
  protected EventSourceFactory factory() {
    return new HmacFactory();
  }

  @Override
  protected Map<String, String> settings() {
    return Map.of(
        "signature-header", "X-Signature",
        "algorithm", "sha512",
        "encoding", "base64",
        "timestamp-header", "X-Time",
        "tolerance", "60",
        "topic", "/type",
        "key", "/id",
        "entity-type", "order");
  }

  @Override
  protected Delivery delivery(byte[] body, int event, String secret, Instant at) {
    String time = Long.toString(at.getEpochSecond());
    byte[] signature =
        HashAlgorithm.SHA512.hmac(
            secret.getBytes(StandardCharsets.UTF_8),
            (time + ".").getBytes(StandardCharsets.UTF_8),
            body);
    return new Delivery(
        Headers.of(
            Map.of("X-Time", time, "X-Signature", Base64.getEncoder().encodeToString(signature))),
        Body.of(body));
  }

  @Override
  protected List<String> signedHeaders() {
    return List.of("X-Signature", "X-Time");
  }

  @Override
  protected Duration window() {
    return Duration.ofMinutes(1);
  }
}

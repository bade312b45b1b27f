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
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// As GitHub signs, and keeps repositories.
class HmacContractTest extends SignedSourceContract {

  @Override
  protected EventSourceFactory factory() {
    return new HmacFactory();
  }

  @Override
  protected Map<String, String> settings() {
    return Map.of(
        "signature-header", "X-Hub-Signature-256",
        "prefix", "sha256=",
        "id", "X-GitHub-Delivery",
        "topic", "X-GitHub-Event",
        "key", "/repository/id");
  }

  @Override
  protected String wrap(String json) {
    return "{\"repository\":" + json + "}";
  }

  @Override
  protected Delivery delivery(byte[] body, int event, String secret, Instant at) {
    byte[] key = secret.getBytes(StandardCharsets.UTF_8);
    return new Delivery(
        Headers.of(
            Map.of(
                "X-GitHub-Delivery",
                "delivery-" + event,
                "X-GitHub-Event",
                "push",
                "X-Hub-Signature-256",
                "sha256=" + HexFormat.of().formatHex(HashAlgorithm.SHA256.hmac(key, body)))),
        Body.of(body));
  }

  @Override
  protected List<String> signedHeaders() {
    return List.of("X-Hub-Signature-256");
  }

  @Override
  protected Duration window() {
    return Duration.ZERO;
  }
}

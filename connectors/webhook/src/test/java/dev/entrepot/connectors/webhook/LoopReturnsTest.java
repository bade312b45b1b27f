package dev.entrepot.connectors.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.spi.event.Body;
import dev.entrepot.spi.event.Delivery;
import dev.entrepot.spi.event.EventSource;
import dev.entrepot.spi.event.Headers;
import dev.entrepot.spi.event.Identity;
import dev.entrepot.spi.event.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The documented settings for Loop, which signs as
/// https://docs.loopreturns.com/webhook-reference/validation says.
class LoopReturnsTest {
  private static final String BODY =
      "{\"topic\":\"return\",\"trigger\":\"return.created\",\"shop_id\":12345,\"id\":\"1673\"}";

  // printf %s "$BODY" | openssl dgst -sha256 -hmac 'a secret of Loop' -binary | base64
  private static final String SIGNATURE = "c8QYYsOh9V2fgaqmQFMRa5KJffpoVK0HPMXGHETDE9o=";

  private final EventSource source =
      new HmacFactory()
          .open(
              Map.of(
                  "account", "loop",
                  "signature-header", "X-Loop-Signature",
                  "encoding", "base64",
                  "topic", "/trigger",
                  "key", "/id"));
  private final Delivery delivery =
      new Delivery(Headers.of(Map.of("X-Loop-Signature", SIGNATURE)), Body.of(BODY));

  @Test
  void itsSignatureIsGenuine() {
    Instant now = Instant.parse("2026-11-20T12:00:00Z");
    assertThat(source.verify(delivery, List.of("a secret of Loop"), now))
        .isInstanceOf(Verdict.Genuine.class);
    assertThat(source.verify(delivery, List.of("another"), now)).isInstanceOf(Verdict.Forged.class);
  }

  @Test
  void itsReturnsAreTopicsAndKeys() {
    Identity identity = source.identify(delivery);
    assertThat(identity.topic()).isEqualTo("return.created");
    assertThat(identity.key()).isEqualTo("loop/1673");
  }
}

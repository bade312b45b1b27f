package dev.entrepot.connectors.webhook;

import dev.entrepot.kit.signature.HashAlgorithm;
import dev.entrepot.kit.signature.SecretMatch;
import dev.entrepot.kit.signature.SignatureEncoding;
import dev.entrepot.kit.signature.SignedTime;
import dev.entrepot.spi.event.Delivery;
import dev.entrepot.spi.event.EventException;
import dev.entrepot.spi.event.EventException.Code;
import dev.entrepot.spi.event.EventSource;
import dev.entrepot.spi.event.Facts;
import dev.entrepot.spi.event.Identity;
import dev.entrepot.spi.event.Message;
import dev.entrepot.spi.event.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// Standard Webhooks: `webhook-signature` holds one or more `v1,<base64>` with blanks between, each
/// HMAC-SHA256 over `id.timestamp.body`; good for five minutes; the id stays the same at every
/// attempt. The specification's library takes no clock and no bytes, so it serves as a second
/// opinion in the tests.
final class StandardWebhooksSource implements EventSource {
  static final String ID = "webhook-id";
  static final String TIMESTAMP = "webhook-timestamp";
  static final String SIGNATURE = "webhook-signature";
  static final Duration WINDOW = Duration.ofMinutes(5);

  private static final String SECRET_PREFIX = "whsec_";
  private static final String VERSION = "v1,";
  private static final int MOST_SIGNATURES = 16;

  private final Reading reading;

  StandardWebhooksSource(Reading reading) {
    this.reading = reading;
  }

  @Override
  public Verdict verify(Delivery delivery, List<String> secrets, Instant now) {
    Optional<String> id = delivery.headers().first(ID);
    Optional<SignedTime> time =
        delivery.headers().first(TIMESTAMP).flatMap(SignedTime::ofEpochSeconds);
    Optional<String> signature = delivery.headers().first(SIGNATURE);
    if (id.isEmpty() || time.isEmpty() || signature.isEmpty()) {
      return new Verdict.Forged(
          "headers %s, %s and %s must all be there, the second in seconds"
              .formatted(ID, TIMESTAMP, SIGNATURE));
    }
    List<byte[]> presented =
        Arrays.stream(signature.get().strip().split(" ", MOST_SIGNATURES))
            .filter(part -> part.startsWith(VERSION))
            .flatMap(
                part -> SignatureEncoding.BASE64.decode(part.substring(VERSION.length())).stream())
            .toList();
    Verdict verdict =
        SecretMatch.find(
            secrets,
            presented,
            secret -> sign(secret, id.get(), time.get().text(), delivery.body().bytes()),
            SIGNATURE);
    return verdict instanceof Verdict.Genuine
        ? time.get().stale(now, WINDOW).orElse(verdict)
        : verdict;
  }

  @Override
  public Identity identify(Delivery delivery) {
    if (delivery.headers().first(ID).filter(id -> !id.isBlank()).isEmpty()) {
      throw new EventException(
          Code.INCOMPLETE,
          "header " + ID + " is missing; every delivery by Standard Webhooks has it");
    }
    return reading.identify(delivery);
  }

  @Override
  public Facts read(Message message) {
    return reading.read(message);
  }

  /// Whether a text can be a secret of this kind.
  static boolean isSecret(String secret) {
    return sign(secret, "", "", new byte[0]).length > 0;
  }

  /// @return empty, which fits nothing, when the secret is no base64
  static byte[] sign(String secret, String id, String time, byte[] body) {
    String base64 =
        secret.startsWith(SECRET_PREFIX) ? secret.substring(SECRET_PREFIX.length()) : secret;
    try {
      byte[] key = Base64.getDecoder().decode(base64);
      return key.length == 0
          ? key
          : HashAlgorithm.SHA256.hmac(
              key, (id + "." + time + ".").getBytes(StandardCharsets.UTF_8), body);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }
}

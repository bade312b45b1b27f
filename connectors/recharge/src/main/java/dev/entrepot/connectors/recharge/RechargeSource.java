package dev.entrepot.connectors.recharge;

import dev.entrepot.kit.json.JsonProbe;
import dev.entrepot.kit.naming.Names;
import dev.entrepot.kit.signature.HashAlgorithm;
import dev.entrepot.kit.signature.SchemeHeader;
import dev.entrepot.kit.signature.SecretMatch;
import dev.entrepot.kit.signature.SignatureEncoding;
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
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/// Recharge by HTTPS. Signatures are in two forms:
///
/// - `X-Recharge-Webhook-Signature: t=…,v1=…`: hexadecimal HMAC-SHA256 over `t.body`, good for 48
///   hours, as long as Recharge tries;
/// - `X-Recharge-Hmac-Sha256`, the legacy form: hexadecimal SHA-256 over secret and body, no HMAC
///   in spite of its name, and never stale. It counts only where the other is absent, and where the
///   connection takes it.
///
/// Recharge gives its events no ids: the same topic with the same body is the same event.
final class RechargeSource implements EventSource {
  static final String TOPIC = "X-Recharge-Topic";
  static final String SIGNATURE = "X-Recharge-Webhook-Signature";
  static final String LEGACY_SIGNATURE = "X-Recharge-Hmac-Sha256";
  static final Duration WINDOW = Duration.ofDays(2);

  /// Whether deliveries with nothing but the legacy signature are taken.
  enum Legacy {
    REFUSE,
    ACCEPT
  }

  private final String account;
  private final ZoneId zone;
  private final Legacy legacy;

  /// @param zone of times that name none
  RechargeSource(String account, ZoneId zone, Legacy legacy) {
    this.account = account;
    this.zone = zone;
    this.legacy = legacy;
  }

  @Override
  public Verdict verify(Delivery delivery, List<String> secrets, Instant now) {
    Optional<String> signature = delivery.headers().first(SIGNATURE);
    if (signature.isPresent()) {
      return SchemeHeader.parse(signature.get(), "v1")
          .map(header -> verify(delivery, header, secrets, now))
          .orElseGet(
              () -> new Verdict.Forged("header " + SIGNATURE + " is not of the form t=…,v1=…"));
    }
    Optional<String> old = delivery.headers().first(LEGACY_SIGNATURE);
    if (old.isEmpty()) {
      return new Verdict.Forged("header " + SIGNATURE + " is missing");
    }
    return switch (legacy) {
      case ACCEPT -> verifyLegacy(delivery, old.get(), secrets);
      case REFUSE ->
          new Verdict.Forged(
              "only "
                  + LEGACY_SIGNATURE
                  + " is there, which the connection refuses; set legacy-signature to accept");
    };
  }

  @Override
  public Identity identify(Delivery delivery) {
    String topic =
        delivery
            .headers()
            .first(TOPIC)
            .map(String::strip)
            .filter(text -> !text.isEmpty())
            .orElseThrow(() ->
                new EventException(
                    Code.INCOMPLETE,
                    "header " + TOPIC + " is missing; every delivery of Recharge has it"));
    byte[] body = delivery.body().bytes();
    String id = Names.digest((topic + "\n").getBytes(StandardCharsets.UTF_8), body);
    String key =
        Topics.probes(topic).stream()
            .map(probe -> probe.find(delivery.body()))
            .flatMap((JsonProbe.Found found) -> found.text(0).stream())
            .findFirst()
            .orElseGet(() -> "~" + id);
    return new Identity(
        id, Names.fit(topic), Names.join(account, Topics.resource(topic), key), null);
  }

  @Override
  public Facts read(Message message) {
    return new RechargeReader(message, account, zone).read();
  }

  static byte[] sign(String secret, String time, byte[] body) {
    return HashAlgorithm.SHA256.hmac(
        SecretMatch.bytes(secret), (time + ".").getBytes(StandardCharsets.UTF_8), body);
  }

  private static Verdict verify(
      Delivery delivery, SchemeHeader header, List<String> secrets, Instant now) {
    byte[] body = delivery.body().bytes();
    List<byte[]> presented =
        header.signatures().stream()
            .flatMap(text -> SignatureEncoding.HEX.decode(text).stream())
            .toList();
    Verdict verdict =
        SecretMatch.find(
            secrets, presented, secret -> sign(secret, header.time().text(), body), SIGNATURE);
    return verdict instanceof Verdict.Genuine
        ? header.time().stale(now, WINDOW).orElse(verdict)
        : verdict;
  }

  private static Verdict verifyLegacy(Delivery delivery, String header, List<String> secrets) {
    byte[] body = delivery.body().bytes();
    return SecretMatch.find(
        secrets,
        SignatureEncoding.HEX.decode(header).stream().toList(),
        secret -> HashAlgorithm.SHA256.digest(SecretMatch.bytes(secret), body),
        LEGACY_SIGNATURE);
  }
}

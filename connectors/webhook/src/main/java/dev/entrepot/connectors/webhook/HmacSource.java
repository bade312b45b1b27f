package dev.entrepot.connectors.webhook;

import dev.entrepot.kit.signature.SecretMatch;
import dev.entrepot.kit.signature.SignedTime;
import dev.entrepot.spi.event.Delivery;
import dev.entrepot.spi.event.EventException;
import dev.entrepot.spi.event.EventException.Code;
import dev.entrepot.spi.event.EventSource;
import dev.entrepot.spi.event.Facts;
import dev.entrepot.spi.event.Identity;
import dev.entrepot.spi.event.Message;
import dev.entrepot.spi.event.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A sender that signs with a plain HMAC, as its settings say. Without a signed time, a signature
/// never grows stale, and repeats are told by their ids alone.
final class HmacSource implements EventSource {
  private final HmacScheme scheme;
  private final Reading reading;

  HmacSource(HmacScheme scheme, Reading reading) {
    this.scheme = scheme;
    this.reading = reading;
  }

  @Override
  public Verdict verify(Delivery delivery, List<String> secrets, Instant now) {
    Optional<byte[]> presented =
        delivery
            .headers()
            .first(scheme.header())
            .filter(text -> text.startsWith(scheme.prefix()))
            .map(text -> text.substring(scheme.prefix().length()))
            .flatMap(scheme.encoding()::decode);
    if (presented.isEmpty()) {
      return new Verdict.Forged(
          "header %s is missing or not \"%s\" and %s"
              .formatted(scheme.header(), scheme.prefix(), scheme.encoding()));
    }
    Optional<SignedTime> time =
        delivery.headers().first(scheme.timestampHeader()).flatMap(SignedTime::ofEpochSeconds);
    if (scheme.timed() && time.isEmpty()) {
      return new Verdict.Forged(
          "header " + scheme.timestampHeader() + " is missing or no seconds since 1970");
    }
    String text = time.map(SignedTime::text).orElse("");
    Verdict verdict =
        SecretMatch.find(
            secrets,
            List.of(presented.get()),
            secret -> scheme.sign(secret, text, delivery.body().bytes()),
            scheme.header());
    return verdict instanceof Verdict.Genuine && scheme.timed()
        ? time.flatMap(signed -> signed.stale(now, scheme.window())).orElse(verdict)
        : verdict;
  }

  @Override
  public Identity identify(Delivery delivery) {
    if (reading.id() instanceof Place.Header(String name)
        && reading.id().find(delivery).isEmpty()) {
      throw new EventException(
          Code.INCOMPLETE,
          "header " + name + " is missing, in which setting id says that the event's id stands");
    }
    return reading.identify(delivery);
  }

  @Override
  public Facts read(Message message) {
    return reading.read(message);
  }
}

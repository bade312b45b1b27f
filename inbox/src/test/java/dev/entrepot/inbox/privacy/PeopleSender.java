package dev.entrepot.inbox.privacy;

import dev.entrepot.spi.event.Body;
import dev.entrepot.spi.event.Delivery;
import dev.entrepot.spi.event.EntityChange;
import dev.entrepot.spi.event.EntityType;
import dev.entrepot.spi.event.EventException;
import dev.entrepot.spi.event.EventSource;
import dev.entrepot.spi.event.EventSourceFactory;
import dev.entrepot.spi.event.Facts;
import dev.entrepot.spi.event.Headers;
import dev.entrepot.spi.event.Identity;
import dev.entrepot.spi.event.Lookup;
import dev.entrepot.spi.event.Message;
import dev.entrepot.spi.event.PrivacyRequest;
import dev.entrepot.spi.event.SettingField;
import dev.entrepot.spi.event.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// A sender of orders and privacy requests: `order ID of CUSTOMER`, `redact CUSTOMER`, `tell
/// CUSTOMER`, `close`; everything else cannot be read. The topic is the first word, the key the
/// account and the second.
final class PeopleSender implements EventSourceFactory {
  static final String EMAIL = "jo@example.com";

  @Override
  public String kind() {
    return "people";
  }

  @Override
  public String title() {
    return "People";
  }

  @Override
  public boolean signed() {
    return false;
  }

  @Override
  public String secretHint() {
    return "none";
  }

  @Override
  public List<SettingField> settings() {
    return List.of(new SettingField("account", "whose events they are", null, List.of()));
  }

  @Override
  public EventSource open(Map<String, String> values) {
    return new Source(values.getOrDefault("account", ""));
  }

  @Override
  public Delivery sample(Map<String, String> values, String secret, long number, Instant now) {
    return delivery(String.valueOf(number), "order 1 of 77");
  }

  static Delivery delivery(String id, String words) {
    return new Delivery(Headers.of(Map.of("id", id, "x-of", EMAIL)), Body.of(words));
  }

  private record Source(String account) implements EventSource {
    @Override
    public Verdict verify(Delivery delivery, List<String> secrets, Instant now) {
      return new Verdict.Unsigned();
    }

    @Override
    public Identity identify(Delivery delivery) {
      String[] words = delivery.body().text().split(" ", -1);
      return new Identity(
          delivery.headers().first("id").orElse(""),
          words[0],
          account + "/" + (words.length > 1 ? words[1] : words[0]),
          null);
    }

    @Override
    public Facts read(Message message) {
      String[] words = message.body().text().split(" ", -1);
      return switch (words[0]) {
        case "order" ->
            Facts.of(
                new EntityChange.Present(
                    account,
                    EntityType.ORDER,
                    words[1],
                    message.receivedAt(),
                    "{}",
                    Map.of(Lookup.CUSTOMER_ID, List.of(words[3])),
                    null));
        case "redact" ->
            Facts.of(new PrivacyRequest.CustomerRedact(account, words[1], EMAIL, List.of("1")));
        case "tell" ->
            Facts.of(new PrivacyRequest.CustomerData(account, words[1], EMAIL, List.of(), "r1"));
        case "close" -> Facts.of(new PrivacyRequest.AccountRedact(account));
        default -> throw new EventException(EventException.Code.MALFORMED, "no word that is known");
      };
    }
  }
}

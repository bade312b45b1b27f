package dev.entrepot.console;

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
import dev.entrepot.spi.event.Incident;
import dev.entrepot.spi.event.Lookup;
import dev.entrepot.spi.event.Message;
import dev.entrepot.spi.event.PrivacyRequest;
import dev.entrepot.spi.event.SettingField;
import dev.entrepot.spi.event.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The plainest sender: the header `Secret` must be the secret, `Id` is the event's id. A body with
/// `poison` in it cannot be read; one with `order` in it is an order of the event's id. The key is
/// the id, too, unless the body says `about`.
public final class PlainSender implements EventSourceFactory, EventSource {
  private static final Pattern ABOUT = Pattern.compile("\"about\": *\"([a-z0-9-]+)\"");

  @Override
  public String kind() {
    return "plain";
  }

  @Override
  public String title() {
    return "Plain";
  }

  @Override
  public String secretHint() {
    return "anything";
  }

  @Override
  public List<SettingField> settings() {
    return List.of(
        new SettingField("mood", "how it sends", "calm", List.of("calm", "brisk")),
        new SettingField("shop-domain", "where it is", "", List.of()));
  }

  @Override
  public EventSource open(Map<String, String> values) {
    return this;
  }

  @Override
  public Delivery sample(Map<String, String> values, String secret, long number, Instant now) {
    return new Delivery(
        Headers.of(Map.of("Secret", secret, "Id", "sample-" + number)), Body.of("{}"));
  }

  @Override
  public Verdict verify(Delivery delivery, List<String> secrets, Instant now) {
    int secret = secrets.indexOf(delivery.headers().first("Secret").orElse(""));
    return secret < 0
        ? new Verdict.Forged("the header Secret is not one of the connection's")
        : new Verdict.Genuine(secret);
  }

  @Override
  public Identity identify(Delivery delivery) {
    String id =
        delivery
            .headers()
            .first("Id")
            .orElseThrow(() ->
                new EventException(
                    EventException.Code.INCOMPLETE, "the header Id is missing; send it"));
    Matcher about = ABOUT.matcher(delivery.body().text());
    return about.find()
        ? new Identity(id, "things/" + about.group(1), "plain/" + about.group(1), null)
        : new Identity(id, "things/changed", "plain/" + id, null);
  }

  @Override
  public Facts read(Message message) {
    String body = message.body().text();
    if (body.contains("poison")) {
      throw new EventException(
          EventException.Code.MALFORMED, "line 1, column 1: there is poison in the body");
    }
    if (body.contains("\"tell\"")) {
      return Facts.of(
          new PrivacyRequest.CustomerData("plain", "77", "jo@example.com", List.of(), "r-1"));
    }
    if (body.contains("dispute")) {
      return new Facts(
          List.of(),
          List.of(
              new Incident(
                  Incident.Kind.DISPUTE_OPENED,
                  "plain",
                  message.identity().externalId(),
                  "jo@example.com",
                  null,
                  0,
                  null,
                  message.receivedAt())),
          List.of());
    }
    return body.contains("order") || body.contains("checkout")
        ? Facts.of(
            new EntityChange.Present(
                "plain",
                body.contains("order") ? EntityType.ORDER : EntityType.CHECKOUT,
                message.identity().externalId(),
                message.receivedAt(),
                body,
                Map.of(Lookup.CUSTOMER_EMAIL, List.of("jo@example.com")),
                "open"))
        : Facts.NONE;
  }
}

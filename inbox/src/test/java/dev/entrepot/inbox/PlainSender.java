package dev.entrepot.inbox;

import dev.entrepot.spi.event.Body;
import dev.entrepot.spi.event.Delivery;
import dev.entrepot.spi.event.EventException;
import dev.entrepot.spi.event.EventSource;
import dev.entrepot.spi.event.EventSourceFactory;
import dev.entrepot.spi.event.Facts;
import dev.entrepot.spi.event.Headers;
import dev.entrepot.spi.event.Identity;
import dev.entrepot.spi.event.Incident;
import dev.entrepot.spi.event.Message;
import dev.entrepot.spi.event.SecretCheck;
import dev.entrepot.spi.event.SettingField;
import dev.entrepot.spi.event.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A simple sender for tests: everything in headers, signed by HMAC over the body.
public final class PlainSender implements EventSourceFactory, SecretCheck {

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
  public Optional<String> objection(String secret) {
    return secret.length() < 2 ? Optional.of("give at least 2 characters") : Optional.empty();
  }

  @Override
  public List<SettingField> settings() {
    return List.of(
        new SettingField("account", "whose events they are", null, List.of()),
        new SettingField("mode", "how", "test", List.of("test", "live")));
  }

  @Override
  public EventSource open(Map<String, String> values) {
    return new Source(values.getOrDefault("account", ""));
  }

  @Override
  public Delivery sample(Map<String, String> values, String secret, long number, Instant now) {
    return delivery(secret, String.valueOf(number), "key", "{}");
  }

  public static Delivery delivery(String secret, String id, String key, String body) {
    Body bytes = Body.of(body);
    return new Delivery(
        Headers.of(
            Map.of("id", id, "topic", "test", "key", key, "signature", signature(secret, bytes))),
        bytes);
  }

  static String signature(String secret, Body body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(body.bytes()));
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private record Source(String account) implements EventSource {
    @Override
    public Verdict verify(Delivery delivery, List<String> secrets, Instant now) {
      String given = delivery.headers().first("signature").orElse("");
      for (int i = 0; i < secrets.size(); i++) {
        if (signature(secrets.get(i), delivery.body()).equals(given)) {
          return new Verdict.Genuine(i);
        }
      }
      return given.equals("old")
          ? new Verdict.Stale("signed too long ago")
          : new Verdict.Forged("the signature is none of " + secrets.size() + " secrets'");
    }

    @Override
    public Identity identify(Delivery delivery) {
      Headers headers = delivery.headers();
      return new Identity(
          required(headers, "id"),
          required(headers, "topic"),
          account + "/" + required(headers, "key"),
          null);
    }

    private static String required(Headers headers, String name) {
      return headers
          .first(name)
          .orElseThrow(() ->
              new EventException(EventException.Code.INCOMPLETE, "header " + name + " is missing"));
    }

    @Override
    public Facts read(Message message) {
      return message.body().text().contains("dispute")
          ? new Facts(List.of(), List.of(dispute(message)), List.of())
          : Facts.NONE;
    }

    private Incident dispute(Message message) {
      return new Incident(
          Incident.Kind.DISPUTE_OPENED,
          account,
          message.identity().externalId(),
          null,
          null,
          0,
          null,
          message.receivedAt());
    }
  }
}

package dev.entrepot.connectors.recharge;

import dev.entrepot.kit.naming.Names;
import dev.entrepot.kit.signature.SecretLength;
import dev.entrepot.kit.signature.SignatureEncoding;
import dev.entrepot.spi.event.Body;
import dev.entrepot.spi.event.Delivery;
import dev.entrepot.spi.event.EventSource;
import dev.entrepot.spi.event.EventSourceFactory;
import dev.entrepot.spi.event.Headers;
import dev.entrepot.spi.event.SecretCheck;
import dev.entrepot.spi.event.SettingField;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Connections of kind `recharge`.
public final class RechargeFactory implements EventSourceFactory, SecretCheck {
  private static final String STORE = "store";
  private static final String ZONE = "time-zone";
  private static final String LEGACY = "legacy-signature";

  @Override
  public String kind() {
    return "recharge";
  }

  @Override
  public String title() {
    return "Recharge";
  }

  @Override
  public String secretHint() {
    return "the API client secret, on the page of the API token in Recharge; not the token itself";
  }

  @Override
  public Optional<String> objection(String secret) {
    return SecretLength.objection(secret);
  }

  @Override
  public List<SettingField> settings() {
    return List.of(
        new SettingField(
            STORE,
            "The shop's domain, such as shop.example: Recharge's deliveries do not name it. Its"
                + " entities are kept under the account recharge:shop.example.",
            null,
            List.of()),
        new SettingField(
            ZONE,
            "The time zone of times that name none, as version 2021-01 of the API has them.",
            "UTC",
            List.of()),
        new SettingField(
            LEGACY,
            "Whether deliveries with nothing but the legacy header X-Recharge-Hmac-Sha256 are"
                + " taken. It is a weaker signature and never grows stale.",
            "accept",
            List.of("accept", "refuse")));
  }

  @Override
  public Optional<String> accountSetting() {
    return Optional.of(STORE);
  }

  @Override
  public EventSource open(Map<String, String> values) {
    String store = values.getOrDefault(STORE, "").strip().toLowerCase(Locale.ROOT);
    if (store.isEmpty()) {
      throw new IllegalArgumentException("setting store is empty; give the shop's domain");
    }
    String zone = values.getOrDefault(ZONE, "UTC");
    try {
      return new RechargeSource(
          Names.fit("recharge:" + store),
          ZoneId.of(zone),
          RechargeSource.Legacy.valueOf(
              values.getOrDefault(LEGACY, "accept").toUpperCase(Locale.ROOT)));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "setting time-zone is \"" + zone + "\", which is none; give one like Europe/Berlin", e);
    }
  }

  @Override
  public Delivery sample(Map<String, String> values, String secret, long number, Instant now) {
    Body body =
        Body.of(
            """
            {"subscription":{"id":%d,"status":"active","email":"sample@example.com",\
            "product_title":"Sample","price":"19.90","quantity":1,"updated_at":"%s"}}\
            """
                .formatted(900_000_000L + number, now.truncatedTo(ChronoUnit.SECONDS)));
    String time = Long.toString(now.getEpochSecond());
    String signature =
        SignatureEncoding.HEX.encode(RechargeSource.sign(secret, time, body.bytes()));
    return new Delivery(
        Headers.of(
            Map.of(
                RechargeSource.TOPIC,
                "subscription/updated",
                RechargeSource.SIGNATURE,
                "t=" + time + ",v1=" + signature,
                "Content-Type",
                "application/json")),
        body);
  }
}

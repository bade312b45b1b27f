package dev.entrepot.connectors.webhook;

import dev.entrepot.kit.signature.SignatureEncoding;
import dev.entrepot.spi.event.Body;
import dev.entrepot.spi.event.Delivery;
import dev.entrepot.spi.event.EventSource;
import dev.entrepot.spi.event.EventSourceFactory;
import dev.entrepot.spi.event.Headers;
import dev.entrepot.spi.event.SecretCheck;
import dev.entrepot.spi.event.SettingField;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Connections of kind `standard-webhooks`.
public final class StandardWebhooksFactory implements EventSourceFactory, SecretCheck {

  @Override
  public String kind() {
    return "standard-webhooks";
  }

  @Override
  public String title() {
    return "Standard Webhooks";
  }

  @Override
  public String secretHint() {
    return "the endpoint's secret, whsec_ and base64, as the sender shows it";
  }

  /// The secret itself says whether it is one: however short it is, it is Base64.
  @Override
  public Optional<String> objection(String secret) {
    return StandardWebhooksSource.isSecret(secret)
        ? Optional.empty()
        : Optional.of(
            "the secret is not whsec_ and Base64, or Base64 alone; copy the whole of it as the"
                + " sender shows it");
  }

  @Override
  public List<SettingField> settings() {
    return Reading.fields("standard-webhooks", "/type", "/data/id", "/timestamp", "/data");
  }

  @Override
  public Optional<String> accountSetting() {
    return Optional.of(Reading.ACCOUNT);
  }

  @Override
  public EventSource open(Map<String, String> values) {
    return new StandardWebhooksSource(
        Reading.of(values, new Place.Header(StandardWebhooksSource.ID)));
  }

  @Override
  public Delivery sample(Map<String, String> values, String secret, long number, Instant now) {
    SampleBody members = new SampleBody();
    members.put("/type", "sample.created");
    members.put("/timestamp", now.toString());
    members.put("/data/id", "sample-" + number);
    members.put(values, "updated-at", now.toString());
    members.put(values, "topic", "sample.created");
    members.put(values, "key", "sample-" + number);
    Body body = members.body();
    String id = "msg_sample_" + number;
    String time = Long.toString(now.getEpochSecond());
    String signature =
        SignatureEncoding.BASE64.encode(
            StandardWebhooksSource.sign(secret, id, time, body.bytes()));
    return new Delivery(
        Headers.of(
            Map.of(
                StandardWebhooksSource.ID,
                id,
                StandardWebhooksSource.TIMESTAMP,
                time,
                StandardWebhooksSource.SIGNATURE,
                "v1," + signature,
                "Content-Type",
                "application/json")),
        body);
  }
}

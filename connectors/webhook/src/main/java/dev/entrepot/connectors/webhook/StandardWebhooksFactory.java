package dev.entrepot.connectors.webhook;

import dev.entrepot.kit.signature.SignatureEncoding;
import dev.entrepot.spi.event.Body;
import dev.entrepot.spi.event.Delivery;
import dev.entrepot.spi.event.EventSource;
import dev.entrepot.spi.event.EventSourceFactory;
import dev.entrepot.spi.event.Headers;
import dev.entrepot.spi.event.SettingField;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Connections of kind `standard-webhooks`.
public final class StandardWebhooksFactory implements EventSourceFactory {

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

  @Override
  public List<SettingField> settings() {
    return Reading.fields("standard-webhooks", "/type", "/data/id", "/timestamp", "/data");
  }

  @Override
  public EventSource open(Map<String, String> values) {
    return new StandardWebhooksSource(
        Reading.of(values, new Place.Header(StandardWebhooksSource.ID)));
  }

  @Override
  public Delivery sample(Map<String, String> values, String secret, long number, Instant now) {
    Body body =
        Body.of(
            "{\"type\":\"sample.created\",\"timestamp\":\"%s\",\"data\":{\"id\":\"sample-%d\"}}"
                .formatted(now, number));
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

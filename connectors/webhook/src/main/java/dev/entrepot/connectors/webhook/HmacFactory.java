package dev.entrepot.connectors.webhook;

import dev.entrepot.kit.signature.SecretLength;
import dev.entrepot.spi.event.Body;
import dev.entrepot.spi.event.Delivery;
import dev.entrepot.spi.event.EventSource;
import dev.entrepot.spi.event.EventSourceFactory;
import dev.entrepot.spi.event.Headers;
import dev.entrepot.spi.event.SecretCheck;
import dev.entrepot.spi.event.SettingField;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Connections of kind `hmac`: any sender that signs with a plain HMAC.
public final class HmacFactory implements EventSourceFactory, SecretCheck {
  private static final String TOPIC = "sample.created";

  @Override
  public String kind() {
    return "hmac";
  }

  @Override
  public String title() {
    return "Webhooks signed with an HMAC";
  }

  @Override
  public String secretHint() {
    return "the secret that the sender signs with, as text";
  }

  @Override
  public Optional<String> objection(String secret) {
    return SecretLength.objection(secret);
  }

  @Override
  public List<SettingField> settings() {
    List<SettingField> fields =
        new ArrayList<>(
            List.of(
                new SettingField(
                    "signature-header",
                    "The header in which the sender signs, such as X-Hub-Signature-256.",
                    null,
                    List.of()),
                new SettingField(
                    "algorithm",
                    "The hash. SHA-1 only for senders that have nothing better.",
                    "sha256",
                    List.of("sha256", "sha512", "sha1")),
                new SettingField("encoding", "How it is written.", "hex", List.of("hex", "base64")),
                new SettingField(
                    "prefix",
                    "What stands before the signature, such as sha256=; empty: nothing.",
                    "",
                    List.of()),
                new SettingField(
                    "timestamp-header",
                    "The header with the time in seconds since 1970, when the sender signs"
                        + " time.body; empty: it signs the body alone.",
                    "",
                    List.of()),
                new SettingField(
                    "tolerance",
                    "How many seconds that time may be from ours, back and ahead.",
                    "300",
                    List.of()),
                new SettingField(
                    "id",
                    "Where the event's id stands, the same at every repetition; empty: the same"
                        + " topic with the same body is the same event. A JSON Pointer into the"
                        + " body or the name of a header.",
                    "",
                    List.of())));
    fields.addAll(Reading.fields("hmac", "", "", "", ""));
    return List.copyOf(fields);
  }

  @Override
  public Optional<String> accountSetting() {
    return Optional.of(Reading.ACCOUNT);
  }

  @Override
  public EventSource open(Map<String, String> values) {
    return new HmacSource(
        HmacScheme.of(values), Reading.of(values, Place.parse(values.getOrDefault("id", ""))));
  }

  /// With what the settings say stands in headers or in the body.
  @Override
  public Delivery sample(Map<String, String> values, String secret, long number, Instant now) {
    HmacScheme scheme = HmacScheme.of(values);
    String id = "sample-" + number;
    SampleBody members = new SampleBody();
    members.put("/type", TOPIC);
    members.put("/id", id);
    members.put("/at", now.toString());
    members.put(values, "updated-at", now.toString());
    members.put(values, "id", id);
    members.put(values, "topic", TOPIC);
    members.put(values, "key", id);
    Body body = members.body();
    Map<String, String> headers = new HashMap<>();
    header(values, "updated-at", now.toString(), headers);
    header(values, "id", id, headers);
    header(values, "topic", TOPIC, headers);
    header(values, "key", id, headers);
    String time = Long.toString(now.getEpochSecond());
    if (scheme.timed()) {
      headers.put(scheme.timestampHeader(), time);
    }
    headers.put(
        scheme.header(),
        scheme.prefix() + scheme.encoding().encode(scheme.sign(secret, time, body.bytes())));
    return new Delivery(Headers.of(headers), body);
  }

  private static void header(
      Map<String, String> values, String setting, String value, Map<String, String> headers) {
    if (Place.parse(values.getOrDefault(setting, "")) instanceof Place.Header(String name)) {
      headers.put(name, value);
    }
  }
}

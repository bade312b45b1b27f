package dev.entrepot.connectors.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.entrepot.spi.event.Body;
import dev.entrepot.spi.event.Delivery;
import dev.entrepot.spi.event.EntityChange;
import dev.entrepot.spi.event.EntityType;
import dev.entrepot.spi.event.EventException;
import dev.entrepot.spi.event.EventException.Code;
import dev.entrepot.spi.event.Facts;
import dev.entrepot.spi.event.Headers;
import dev.entrepot.spi.event.Identity;
import dev.entrepot.spi.event.Message;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReadingTest {
  private static final Instant RECEIVED = Instant.parse("2026-11-20T12:00:00Z");
  private static final Map<String, String> VALUES =
      Map.of(
          "account", "acme",
          "topic", "/type",
          "key", "/data/id",
          "updated-at", "/data/changed",
          "topics", "thing.changed, thing.gone",
          "deleting-topics", "thing.gone",
          "entity-type", "return",
          "entity", "/data");

  private final Reading reading = Reading.of(VALUES, new Place.Header("X-Id"));

  @Test
  void whatSettingsSayIsRead() {
    String body =
        "{\"type\":\"thing.changed\",\"data\":{\"id\":7,\"changed\":\"2026-11-20T10:00:00Z\"}}";
    Instant at = Instant.parse("2026-11-20T10:00:00Z");

    assertThat(identify(body)).isEqualTo(new Identity("one", "thing.changed", "acme/7", at));
    assertThat(read(body).changes())
        .containsExactly(
            new EntityChange.Present(
                "acme",
                EntityType.RETURN,
                "7",
                at,
                "{\"id\":7,\"changed\":\"2026-11-20T10:00:00Z\"}",
                Map.of(),
                null));
    assertThat(read("{\"type\":\"thing.gone\",\"data\":{\"id\":7}}").changes())
        .containsExactly(new EntityChange.Deleted("acme", EntityType.RETURN, "7", RECEIVED));
    assertThat(
            read("{\"type\":\"thing.gone\",\"data\":{\"id\":7,\"changed\":1790000000}}").changes())
        .extracting(EntityChange::at)
        .containsExactly(Instant.ofEpochSecond(1_790_000_000L));
  }

  @Test
  void faultsAreNamed() {
    assertCode(Code.UNKNOWN_TOPIC, "{\"type\":\"teapot.boiled\"}");
    assertCode(Code.MISSING_FIELD, "{}");
    assertCode(Code.MISSING_FIELD, "{\"type\":\"thing.changed\",\"data\":{}}");
    assertCode(
        Code.MISSING_FIELD, "{\"type\":\"thing.changed\",\"data\":{\"id\":1,\"changed\":\"now\"}}");
    assertCode(Code.MALFORMED, "{\"type\":\"thing.changed\"");
  }

  @Test
  void whatASettingNamesMustBeThere() {
    Reading plain =
        Reading.of(
            Map.of("account", "acme", "topic", "X-Topic", "key", "/id"), new Place.Nowhere());

    assertThat(missing(plain, Headers.NONE, "{\"id\":7}")).contains("topic", "header X-Topic");
    assertThat(missing(plain, Headers.of(Map.of("X-Topic", "made")), "{\"n\":2}"))
        .contains("key", "at /id");
    assertThat(missing(plain, Headers.of(Map.of("X-Topic", "made")), "{\"id\":\"\"}"))
        .contains("key");
    Reading nothing = Reading.of(Map.of("account", "acme"), new Place.Nowhere());
    assertThat(nothing.read(message(nothing, Headers.NONE, "{}"))).isEqualTo(Facts.NONE);
  }

  @Test
  void samplesHoldWhatSettingsName() {
    Map<String, String> values =
        Map.of(
            "account", "acme",
            "signature-header", "X-Signature",
            "topic", "/event/na~1me",
            "key", "/event/thing/id",
            "updated-at", "X-At");
    Delivery sample = new HmacFactory().sample(values, "12345678", 7, RECEIVED);
    Reading read = Reading.of(values, new Place.Nowhere());

    assertThat(read.identify(sample).topic()).isEqualTo("sample.created");
    assertThat(read.identify(sample).key()).isEqualTo("acme/sample-7");
    assertThat(read.identify(sample).triggeredAt()).isEqualTo(RECEIVED);
  }

  private static String missing(Reading reading, Headers headers, String body) {
    Message message = message(reading, headers, body);
    EventException e =
        org.junit.jupiter.api.Assertions.assertThrows(
            EventException.class, () -> reading.read(message));
    assertThat(e.code()).isEqualTo(Code.MISSING_FIELD);
    return String.valueOf(e.getMessage());
  }

  private static Message message(Reading reading, Headers headers, String body) {
    Delivery delivery = new Delivery(headers, Body.of(body));
    return new Message(reading.identify(delivery), headers, Body.of(body), RECEIVED);
  }

  @Test
  void settingsMustFitTogether() {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            Reading.of(Map.of("account", "a", "entity-type", "order"), new Place.Header("X-Id")))
        .withMessageContaining("key");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Reading.of(Map.of("account", "a", "entity", "data"), new Place.Nowhere()))
        .withMessageContaining("entity");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HmacScheme.of(Map.of("signature-header", "X", "tolerance", "-5")))
        .withMessageContaining("tolerance");
  }

  private void assertCode(Code code, String body) {
    assertThatExceptionOfType(EventException.class)
        .isThrownBy(() -> read(body))
        .satisfies(e -> assertThat(e.code()).isEqualTo(code));
  }

  private Identity identify(String body) {
    return reading.identify(new Delivery(Headers.of(Map.of("X-Id", "one")), Body.of(body)));
  }

  private Facts read(String body) {
    return reading.read(new Message(identify(body), Headers.NONE, Body.of(body), RECEIVED));
  }
}

package dev.entrepot.connectors.recharge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.entrepot.model.Money;
import dev.entrepot.spi.event.Body;
import dev.entrepot.spi.event.Delivery;
import dev.entrepot.spi.event.EntityChange;
import dev.entrepot.spi.event.EntityType;
import dev.entrepot.spi.event.EventException;
import dev.entrepot.spi.event.EventException.Code;
import dev.entrepot.spi.event.EventSource;
import dev.entrepot.spi.event.Facts;
import dev.entrepot.spi.event.Headers;
import dev.entrepot.spi.event.Identity;
import dev.entrepot.spi.event.Incident;
import dev.entrepot.spi.event.Lookup;
import dev.entrepot.spi.event.Message;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RechargeReaderTest {
  private static final String ACCOUNT = "recharge:shop.example";
  private static final Instant RECEIVED = Instant.parse("2026-11-20T12:00:00Z");

  private final EventSource source =
      new RechargeFactory().open(Map.of("store", "Shop.Example", "time-zone", "America/New_York"));

  @Test
  void aChargeThatFailedTellsHowOftenItWasTried() {
    String charge =
        """
        {"id": 7, "status": "error", "charge_attempts": 2, "error": "Card declined",
         "total_price": "45.10", "currency": "USD", "updated_at": "2026-11-20T06:00:00",
         "customer": {"id": 3, "email": "A@b.example"},
         "external_order_id": {"ecommerce": "55"},
         "line_items": [{"purchase_item_id": 9, "sku": "S"}]}\
        """;

    Facts facts = read("charge/failed", "{\"charge\": " + charge + "}");

    Instant at = Instant.parse("2026-11-20T11:00:00Z");
    assertThat(facts.changes())
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("precedence")
        .containsExactly(
            new EntityChange.Present(
                ACCOUNT,
                EntityType.CHARGE,
                "7",
                at,
                charge,
                Map.of(
                    Lookup.CUSTOMER_EMAIL, List.of("a@b.example"),
                    Lookup.CUSTOMER_ID, List.of("3"),
                    Lookup.ORDER_ID, List.of("55"),
                    Lookup.SUBSCRIPTION_ID, List.of("9"),
                    Lookup.SKU, List.of("S")),
                "error"));
    assertThat(facts.incidents())
        .containsExactly(
            new Incident(
                Incident.Kind.CHARGE_FAILED,
                ACCOUNT,
                "7",
                "A@b.example",
                new Money(new BigDecimal("45.10"), Currency.getInstance("USD")),
                2,
                "Card declined",
                at));
  }

  /// All of one second of `updated_at`.
  @ParameterizedTest
  @CsvSource({
    "charge/created, queued, charge/failed, error",
    "charge/failed, error, charge/paid, SUCCESS",
    "charge/created, success, charge/paid, success",
    "charge/paid, success, charge/refunded, refunded",
    "subscription/created, active, subscription/cancelled, cancelled",
    "order/created, queued, order/processed, success",
    "customer/created, , customer/updated, ",
  })
  void whatFollowsInTheSameSecondIsKnownByTheEntity(
      String topic, String status, String laterTopic, String laterStatus) {
    assertThat(progress(laterTopic, laterStatus)).isGreaterThan(progress(topic, status));
  }

  private long progress(String topic, String status) {
    String body =
        "{\"%s\":{\"id\":1,\"status\":%s}}"
            .formatted(
                topic.substring(0, topic.indexOf('/')),
                status == null ? "null" : "\"" + status + "\"");
    return ((EntityChange.Present) read(topic, body).changes().getFirst()).precedence().progress();
  }

  @Test
  void aCancelledSubscriptionIsTold() {
    Facts facts =
        read(
            "subscription/cancelled",
            """
            {"subscription": {"id": 4, "status": "cancelled", "customer_id": 3,
             "cancellation_reason": "Too expensive", "updated_at": "2026-11-20T10:00:00+00:00"}}\
            """);

    assertThat(facts.changes())
        .extracting(EntityChange::type)
        .containsExactly(EntityType.SUBSCRIPTION);
    assertThat(facts.incidents())
        .singleElement()
        .satisfies(incident -> {
          assertThat(incident.kind()).isEqualTo(Incident.Kind.SUBSCRIPTION_CANCELLED);
          assertThat(incident.customer()).isEqualTo("3");
          assertThat(incident.reason()).isEqualTo("Too expensive");
        });
  }

  @Test
  void deletionsAndCompletions() {
    assertThat(read("subscription/deleted", "{\"subscription\":{\"id\":4}}").changes())
        .containsExactly(new EntityChange.Deleted(ACCOUNT, EntityType.SUBSCRIPTION, "4", RECEIVED));
    assertThat(
            read(
                    "checkout/completed",
                    """
                    {"checkout": {"token": "t", "completed_at": "2026-11-20T10:00:00+00:00",
                     "updated_at": "2026-11-20T10:00:01+00:00"}}\
                    """)
                .changes())
        .contains(
            new EntityChange.CheckoutCompleted(
                ACCOUNT, "t", null, Instant.parse("2026-11-20T10:00:01Z")));
    assertThat(read("onetime/created", "{\"onetime\":{\"id\":1}}")).isEqualTo(Facts.NONE);
    assertThat(read("recharge/uninstalled", "{}").incidents())
        .extracting(Incident::kind)
        .containsExactly(Incident.Kind.APP_UNINSTALLED);
  }

  @Test
  void theSameTopicAndBodyAreTheSameEvent() {
    Identity one = identify("charge/paid", "{\"charge\":{\"id\":7}}");

    assertThat(one.key()).isEqualTo(ACCOUNT + "/charge/7");
    assertThat(identify("charge/paid", "{\"charge\":{\"id\":7}}")).isEqualTo(one);
    assertThat(identify("charge/updated", "{\"charge\":{\"id\":7}}").externalId())
        .isNotEqualTo(one.externalId());
    assertThat(identify("charge/paid", "{\"charge\":{\"id\":8}}").externalId())
        .isNotEqualTo(one.externalId());
  }

  @Test
  void faultsAreNamed() {
    assertCode(Code.UNKNOWN_TOPIC, "teapot/boiled", "{}");
    assertCode(Code.UNKNOWN_TOPIC, "charge/boiled", "{}");
    assertCode(Code.MISSING_FIELD, "charge/paid", "{\"id\":1}");
    assertCode(Code.MISSING_FIELD, "charge/paid", "{\"charge\":{}}");
    assertCode(Code.MISSING_FIELD, "charge/paid", "{\"charge\":{\"id\":1,\"updated_at\":\"now\"}}");
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            new RechargeFactory().open(Map.of("store", "x.example", "time-zone", "Mars/Base")))
        .withMessageContaining("Mars/Base");
  }

  private void assertCode(Code code, String topic, String body) {
    assertThatExceptionOfType(EventException.class)
        .isThrownBy(() -> read(topic, body))
        .satisfies(e -> assertThat(e.code()).isEqualTo(code));
  }

  private Identity identify(String topic, String body) {
    return source.identify(
        new Delivery(Headers.of(Map.of("X-Recharge-Topic", topic)), Body.of(body)));
  }

  private Facts read(String topic, String body) {
    return source.read(new Message(identify(topic, body), Headers.NONE, Body.of(body), RECEIVED));
  }
}

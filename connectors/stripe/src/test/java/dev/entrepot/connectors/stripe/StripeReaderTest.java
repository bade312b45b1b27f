package dev.entrepot.connectors.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

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
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StripeReaderTest {
  private static final Instant CREATED = Instant.ofEpochSecond(1_790_000_000L);
  private static final Instant RECEIVED = CREATED.plusSeconds(3);

  private final EventSource source = new StripeFactory().open(Map.of("account", "acct_own"));

  @Test
  void anInvoiceThatWasNotPaidTellsTheAttempt() {
    String invoice =
        """
        {"id": "in_1", "object": "invoice", "amount_due": 4510, "currency": "usd",
         "attempt_count": 2, "customer": "cus_1", "customer_email": "A@b.example",
         "status": "open", "subscription": "sub_1"}\
        """;

    Facts facts = read("invoice.payment_failed", invoice);

    assertThat(facts.changes())
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("precedence")
        .containsExactly(
            new EntityChange.Present(
                "acct_own",
                EntityType.INVOICE,
                "in_1",
                CREATED,
                invoice,
                Map.of(
                    Lookup.CUSTOMER_EMAIL, List.of("a@b.example"),
                    Lookup.CUSTOMER_ID, List.of("cus_1"),
                    Lookup.SUBSCRIPTION_ID, List.of("sub_1")),
                "open"));
    assertThat(facts.incidents())
        .containsExactly(
            new Incident(
                Incident.Kind.CHARGE_FAILED,
                "acct_own",
                "in_1",
                "A@b.example",
                new Money(new BigDecimal("45.10"), Currency.getInstance("USD")),
                2,
                null,
                CREATED));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          payment_intent.payment_failed | payment_intent | PAYMENT      | CHARGE_FAILED
          payment_intent.succeeded      | payment_intent | PAYMENT      |
          charge.failed                 | charge         | CHARGE       | CHARGE_FAILED
          charge.dispute.created        | dispute        | DISPUTE      | DISPUTE_OPENED
          charge.dispute.closed         | dispute        | DISPUTE      |
          charge.refunded               | charge         | CHARGE       |
          refund.updated                | refund         | REFUND       |
          customer.subscription.updated | subscription   | SUBSCRIPTION |
          customer.subscription.deleted | subscription   | SUBSCRIPTION | SUBSCRIPTION_CANCELLED
          customer.created              | customer       | CUSTOMER     |
          product.created               | product        | PRODUCT      |
          """)
  void objectsBecomeEntities(String topic, String object, EntityType type, Incident.Kind kind) {
    Facts facts =
        read(
            topic,
            "{\"id\":\"x_1\",\"object\":\"%s\",\"amount\":5,\"currency\":\"jpy\"}"
                .formatted(object));

    assertThat(facts.changes())
        .singleElement()
        .isInstanceOfSatisfying(
            EntityChange.Present.class, present -> assertThat(present.type()).isEqualTo(type));
    assertThat(facts.incidents().stream().map(Incident::kind))
        .isEqualTo(Optional.ofNullable(kind).stream().toList());
  }

  @Test
  void oneFailedAttemptIsTheSameByEachEventThatTellsOfIt() {
    Incident charge =
        incident(
            "charge.failed",
            """
            {"id":"ch_1","object":"charge","amount":60000,"currency":"eur","customer":"cus_1",
             "payment_intent":"pi_1","failure_message":"declined"}\
            """);
    Incident intent =
        incident(
            "payment_intent.payment_failed",
            """
            {"id":"pi_1","object":"payment_intent","amount":60000,"currency":"eur",
             "customer":"cus_1","latest_charge":"ch_1",
             "last_payment_error":{"charge":"ch_1","message":"declined"},
             "payment_details":{"customer_reference":null,"order_reference":"in_1"}}\
            """);

    assertThat(List.of(charge, intent))
        .allSatisfy(one -> {
          assertThat(one.kind()).isEqualTo(Incident.Kind.CHARGE_FAILED);
          assertThat(one.subject()).isEqualTo("pi_1");
          assertThat(one.occurrence()).isEqualTo("ch_1");
          assertThat(one.amount()).hasToString("600.00 EUR");
          assertThat(one.reason()).isEqualTo("declined");
        });
    assertThat(charge.others()).isEmpty();
    assertThat(intent.others()).containsExactly("in_1");
  }

  @Test
  void versionsThatNameThemLinkChargePaymentAndInvoice() {
    assertThat(
            incident(
                    "charge.failed",
                    """
                    {"id":"ch_1","object":"charge","payment_intent":"pi_1","invoice":"in_1"}\
                    """)
                .others())
        .containsExactly("in_1");
    assertThat(
            incident(
                "invoice.payment_failed",
                """
                {"id":"in_1","object":"invoice","payment_intent":"pi_1","charge":"ch_1",
                 "attempt_count":1}\
                """))
        .satisfies(invoice -> {
          assertThat(invoice.others()).containsExactly("pi_1");
          assertThat(invoice.occurrence()).isEqualTo("ch_1");
          assertThat(invoice.attempt()).isEqualTo(1);
        });
    // An order of the shop's own is no invoice, and what came to no charge has none.
    assertThat(
            incident(
                "payment_intent.payment_failed",
                """
                {"id":"pi_1","object":"payment_intent","latest_charge":"ch_1",
                 "last_payment_error":{"message":"not authenticated"},
                 "payment_details":{"order_reference":"1001"}}\
                """))
        .satisfies(intent -> {
          assertThat(intent.others()).isEmpty();
          assertThat(intent.occurrence()).isNull();
        });
  }

  private Incident incident(String topic, String object) {
    return read(topic, object).incidents().getFirst();
  }

  /// All of one second; Stripe sends them in any order.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          invoice.created               | draft                   | invoice.finalized             | open
          invoice.finalized             | open                    | invoice.paid                  | paid
          invoice.payment_failed        | open                    | invoice.voided                | void
          invoice.marked_uncollectible  | uncollectible           | invoice.paid                  | paid
          customer.subscription.created | incomplete              | customer.subscription.updated | active
          customer.subscription.updated | past_due                | customer.subscription.deleted | canceled
          payment_intent.created        | requires_payment_method | payment_intent.payment_failed | requires_payment_method
          payment_intent.created        | requires_payment_method | payment_intent.succeeded      | succeeded
          charge.pending                | pending                 | charge.succeeded              | succeeded
          charge.dispute.created        | needs_response          | charge.dispute.closed         | lost
          refund.created                | pending                 | refund.updated                | succeeded
          checkout.session.async_payment_failed | open            | checkout.session.expired      | expired
          customer.created              |                         | customer.updated              |
          """)
  void whatFollowsInTheSameSecondIsKnownByTheObject(
      String topic, String status, String laterTopic, String laterStatus) {
    assertThat(progress(laterTopic, laterStatus, "")).isGreaterThan(progress(topic, status, ""));
  }

  @Test
  void amountsThatOnlyGrowTellWhichIsTheLater() {
    assertThat(progress("charge.refunded", "succeeded", ",\"amount_refunded\":500"))
        .isGreaterThan(progress("charge.refunded", "succeeded", ",\"amount_refunded\":200"))
        .isLessThan(
            progress("charge.refunded", "succeeded", ",\"amount_refunded\":" + "9".repeat(15)));
    assertThat(progress("charge.refunded", "succeeded", ",\"amount_refunded\":\"odd\""))
        .isEqualTo(progress("charge.refunded", "succeeded", ",\"amount_refunded\":-5"));
    assertThat(progress("invoice.voided", "void", ""))
        .isGreaterThan(progress("invoice.updated", "open", ",\"attempt_count\":" + "9".repeat(15)));
  }

  private long progress(String topic, String status, String more) {
    String object =
        topic.startsWith("customer.subscription")
            ? "subscription"
            : topic.startsWith("charge.dispute")
                ? "dispute"
                : topic.startsWith("checkout")
                    ? "checkout.session"
                    : topic.substring(0, topic.indexOf('.'));
    return read(
            topic,
            "{\"id\":\"x\",\"object\":\"%s\",\"status\":%s%s}"
                .formatted(object, status == null ? "null" : "\"" + status + "\"", more))
        .changes()
        .stream()
        .filter(EntityChange.Present.class::isInstance)
        .mapToLong(change -> ((EntityChange.Present) change).precedence().progress())
        .sum();
  }

  @Test
  void deletionsAndCompletions() {
    assertThat(read("customer.deleted", "{\"id\":\"c\",\"object\":\"customer\"}").changes())
        .containsExactly(new EntityChange.Deleted("acct_own", EntityType.CUSTOMER, "c", CREATED));
    assertThat(
            read(
                    "checkout.session.completed",
                    """
                    {"id":"cs","object":"checkout.session","status":"complete",
                     "payment_intent":{"id":"pi_1"}}\
                    """)
                .changes())
        .contains(new EntityChange.CheckoutCompleted("acct_own", "cs", "pi_1", CREATED));
    assertThat(read("invoice.upcoming", "{\"object\":\"invoice\"}")).isEqualTo(Facts.NONE);
    assertThat(read("balance.available", "{\"object\":\"balance\"}")).isEqualTo(Facts.NONE);
  }

  @ParameterizedTest
  @CsvSource({
    "USD, 1999, 19.99",
    "JPY, 1999, 1999",
    "KWD, 1999, 1.999",
    "ISK, 500, 5.00",
    "UGX, 500, 5.00",
    "MGA, 500, 500",
    "krw, 12, 12",
    "EUR, -5, -0.05"
  })
  void amountsAreInMinorUnits(String currency, BigDecimal minor, BigDecimal major) {
    assertThat(MinorUnits.money(Optional.of(minor), Optional.of(currency)))
        .get()
        .satisfies(money -> assertThat(money.amount()).isEqualTo(major));
    assertThat(MinorUnits.money(Optional.of(minor), Optional.of("nonsense"))).isEmpty();
  }

  @Test
  void eventsOfConnectedAccountsNameTheirs() {
    String body =
        """
        {"id":"evt_9","object":"event","account":"acct_other","created":1790000000,
         "data":{"object":{"id":"ch_1","object":"charge"}},"type":"charge.succeeded"}\
        """;

    assertThat(identify(body))
        .isEqualTo(new Identity("evt_9", "charge.succeeded", "acct_other/charge/ch_1", CREATED));
    assertThat(
            source
                .read(new Message(identify(body), Headers.NONE, Body.of(body), RECEIVED))
                .changes()
                .getFirst()
                .account())
        .isEqualTo("acct_other");
  }

  @Test
  void faultsAreNamed() {
    assertCode(Code.UNKNOWN_TOPIC, event("teapot.boiled", "{\"id\":\"x\"}"));
    assertCode(Code.MISSING_FIELD, "{\"id\":\"evt\",\"type\":\"charge.failed\"}");
    assertCode(Code.MISSING_FIELD, "{\"id\":\"evt\"}");
    assertCode(Code.MISSING_FIELD, "[]");
    assertCode(Code.MALFORMED, "{\"id\":\"evt\"");
  }

  private void assertCode(Code code, String body) {
    assertThatExceptionOfType(EventException.class)
        .isThrownBy(
            () -> source.read(new Message(identify(body), Headers.NONE, Body.of(body), RECEIVED)))
        .satisfies(e -> assertThat(e.code()).isEqualTo(code));
  }

  private Facts read(String topic, String object) {
    String body = event(topic, object);
    return source.read(new Message(identify(body), Headers.NONE, Body.of(body), RECEIVED));
  }

  private Identity identify(String body) {
    return source.identify(new Delivery(Headers.NONE, Body.of(body)));
  }

  private static String event(String topic, String object) {
    return "{\"id\":\"evt_1\",\"created\":%d,\"data\":{\"object\":%s},\"type\":\"%s\"}"
        .formatted(CREATED.getEpochSecond(), object, topic);
  }
}

package dev.entrepot.connectors.shopify;

import static dev.entrepot.connectors.shopify.Deliveries.RECEIVED;
import static dev.entrepot.connectors.shopify.Deliveries.TRIGGERED;
import static dev.entrepot.connectors.shopify.Deliveries.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.entrepot.model.Money;
import dev.entrepot.spi.event.Body;
import dev.entrepot.spi.event.Delivery;
import dev.entrepot.spi.event.EntityChange;
import dev.entrepot.spi.event.EntityType;
import dev.entrepot.spi.event.EventException;
import dev.entrepot.spi.event.EventException.Code;
import dev.entrepot.spi.event.Facts;
import dev.entrepot.spi.event.Headers;
import dev.entrepot.spi.event.Incident;
import dev.entrepot.spi.event.Lookup;
import dev.entrepot.spi.event.Message;
import dev.entrepot.spi.event.Precedence;
import dev.entrepot.spi.event.PrivacyRequest;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShopifyReaderTest {
  private static final String SHOP = "shop.example";

  @Test
  void anOrderCompletesItsCheckout() {
    String order =
        """
        {"id": 1, "name": "#1001", "updated_at": "2026-11-20T06:59:00-05:00", "checkout_id": 5,
         "checkout_token": "tok", "email": "", "contact_email": " Jon@Doe.CA",
         "customer": {"id": 9, "email": "jon@doe.ca"}, "financial_status": "paid",
         "line_items": [{"sku": "A"}, {"sku": null}, {"sku": "B"}]}\
        """;
    Instant at = Instant.parse("2026-11-20T11:59:00Z");

    assertThat(read("orders/create", order).changes())
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("precedence")
        .containsExactly(
            new EntityChange.Present(
                SHOP,
                EntityType.ORDER,
                "1",
                at,
                order,
                Map.of(
                    Lookup.ORDER_NUMBER, List.of("#1001"),
                    Lookup.CUSTOMER_EMAIL, List.of("jon@doe.ca"),
                    Lookup.CUSTOMER_ID, List.of("9"),
                    Lookup.CHECKOUT_TOKEN, List.of("tok"),
                    Lookup.SKU, List.of("A", "B")),
                "paid"),
            new EntityChange.CheckoutCompleted(SHOP, "5", "1", at),
            new EntityChange.CheckoutCompleted(SHOP, "tok", "1", at));
  }

  /// `updated_at` has whole seconds, and both may be of one.
  @Test
  void theTimeOfTriggeringTellsWhichIsTheLater() {
    EntityChange created = read("orders/create", "{\"id\":1,\"a\":2}").changes().getFirst();
    EntityChange paid = read("orders/paid", "{\"id\":1,\"a\":2}").changes().getFirst();

    assertThat(((EntityChange.Present) created).precedence())
        .isEqualTo(new Precedence(TRIGGERED, 0));
    assertThat(((EntityChange.Present) paid).precedence()).isEqualTo(new Precedence(TRIGGERED, 1));
  }

  @Test
  void aCheckoutSaysItselfWhenItIsCompleted() {
    assertThat(
            read("checkouts/update", "{\"id\":5,\"token\":\"t\",\"completed_at\":null}").changes())
        .hasSize(1);
    assertThat(
            read("checkouts/update", "{\"id\":5,\"token\":\"t\",\"completed_at\":\"2026-01-01\"}")
                .changes())
        .contains(new EntityChange.CheckoutCompleted(SHOP, "5", null, TRIGGERED));
    assertThat(read("checkouts/create", "{\"id\":null,\"token\":\"t\"}").changes().getFirst().id())
        .isEqualTo("t");
  }

  @ParameterizedTest
  @CsvSource({
    "products/delete, PRODUCT",
    "orders/delete, ORDER",
    "customers/delete, CUSTOMER",
    "checkouts/delete, CHECKOUT"
  })
  void deletionsHappenWhenTheyWereTriggered(String topic, EntityType type) {
    assertThat(read(topic, "{\"id\":3}").changes())
        .containsExactly(new EntityChange.Deleted(SHOP, type, "3", TRIGGERED));
  }

  @Test
  void aMergedCustomerIsDeleted() {
    assertThat(
            read(
                    "customers/merge",
                    """
                    {"admin_graphql_api_customer_kept_id": "gid://shopify/Customer/1",
                     "admin_graphql_api_customer_deleted_id": "gid://shopify/Customer/2"}\
                    """)
                .changes())
        .containsExactly(new EntityChange.Deleted(SHOP, EntityType.CUSTOMER, "2", TRIGGERED));
  }

  @Test
  void withoutATimeOfTheStateItsTriggerCounts() {
    Delivery delivery =
        Deliveries.signed(
            "returns/close", "{\"id\":1,\"a\":2}".getBytes(StandardCharsets.UTF_8), 1, "s");
    Map<String, List<String>> headers = new HashMap<>(delivery.headers().values());
    headers.remove("x-shopify-triggered-at");
    Delivery untimed = new Delivery(new Headers(headers), delivery.body());
    ShopifySource source = new ShopifySource();

    assertThat(read("returns/close", "{\"id\":1,\"a\":2}").changes().getFirst().at())
        .isEqualTo(TRIGGERED);
    assertThat(
            source
                .read(
                    new Message(
                        source.identify(untimed), untimed.headers(), untimed.body(), RECEIVED))
                .changes()
                .getFirst()
                .at())
        .isEqualTo(RECEIVED);
  }

  /// Each attempt has an id of its own: failures are counted by what is charged.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"subscription_contract_id\": 34",
        "\"admin_graphql_api_subscription_contract_id\": \"gid://shopify/SubscriptionContract/34\""
      })
  void aFailedAttemptToChargeIsOneOfItsContract(String contract) {
    assertThat(
            read(
                    "subscription_billing_attempts/failure",
                    """
                    {"id": 7, "idempotency_key": "a", "order_id": null, "ready": true,
                     "error_message": "Card declined", "error_code": "card_declined", %s}\
                    """
                        .formatted(contract))
                .incidents())
        .containsExactly(
            new Incident(
                Incident.Kind.CHARGE_FAILED,
                SHOP,
                "34",
                null,
                null,
                0,
                "Card declined",
                TRIGGERED,
                "7",
                List.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          disputes/create                        | under_review | DISPUTE_OPENED
          disputes/update                        | won          |
          order_transactions/create              | failure      | PAYMENT_FAILED
          order_transactions/create              | success      |
          subscription_contracts/cancel          | cancelled    | SUBSCRIPTION_CANCELLED
          subscription_contracts/update          | CANCELLED    | SUBSCRIPTION_CANCELLED
          subscription_contracts/update          | active       |
          subscription_billing_attempts/failure  |              | CHARGE_FAILED
          subscription_billing_attempts/success  |              |
          app/uninstalled                        |              | APP_UNINSTALLED
          """)
  void incidentsAreTold(String topic, String status, Incident.Kind kind) {
    Facts facts =
        read(
            topic,
            """
            {"id": 4, "status": "%s", "amount": "11.50", "currency": "CAD", "reason": "because",
             "email": "a@b.example"}\
            """
                .formatted(status == null ? "" : status));

    if (kind == null) {
      assertThat(facts.incidents()).isEmpty();
    } else {
      assertThat(facts.incidents())
          .singleElement()
          .satisfies(incident -> {
            assertThat(incident.kind()).isEqualTo(kind);
            assertThat(incident.account()).isEqualTo(SHOP);
            assertThat(incident.amount())
                .isEqualTo(new Money(new BigDecimal("11.50"), Currency.getInstance("CAD")));
            assertThat(incident.customer()).isEqualTo("a@b.example");
          });
    }
  }

  @Test
  void privacyRequestsNameTheShopOfTheSignedBody() {
    String request =
        """
        {"shop_id": 1, "shop_domain": "Other.Example", "orders_requested": [7, 8],
         "customer": {"id": 5, "email": "J@D.example"}, "data_request": {"id": 99}}\
        """;
    String redact = request.replace("orders_requested", "orders_to_redact");

    assertThat(read("customers/data_request", request).privacy())
        .containsExactly(
            new PrivacyRequest.CustomerData(
                "other.example", "5", "j@d.example", List.of("7", "8"), "99"));
    assertThat(read("customers/redact", redact).privacy())
        .containsExactly(
            new PrivacyRequest.CustomerRedact(
                "other.example", "5", "j@d.example", List.of("7", "8")));
    assertThat(read("shop/redact", "{\"shop_id\":1,\"shop_domain\":\"x.example\"}").privacy())
        .containsExactly(new PrivacyRequest.AccountRedact("x.example"));
    assertCode(Code.MISSING_FIELD, "customers/redact", request);
    assertCode(Code.MISSING_FIELD, "shop/redact", request);
    assertCode(Code.MISSING_FIELD, "shop/redact", redact);
  }

  @Test
  void faultsAreNamed() {
    assertCode(Code.UNKNOWN_TOPIC, "teapots/boil", "{\"id\":1}");
    assertCode(Code.MISSING_FIELD, "orders/updated", "{\"name\":\"x\"}");
    assertCode(Code.MISSING_FIELD, "orders/updated", "{\"id\":1,\"updated_at\":\"yesterday\"}");
    assertCode(Code.MISSING_FIELD, "orders/updated", "[]");
    assertCode(Code.MALFORMED, "teapots/boil", "{");
  }

  /// Nothing that is posted is cut for its size: such a webhook was told what to send.
  @Test
  void aPostedEventWithItsIdAloneIsNotSaidToBeTooLarge() {
    for (String body :
        List.of(
            "{\"id\":803}",
            "{\"id\":803,\"admin_graphql_api_id\":\"gid://shopify/Product/803\"}",
            "{\"admin_graphql_api_id\":\"gid://shopify/Product/803\"}")) {
      assertThatExceptionOfType(EventException.class)
          .isThrownBy(() -> read("products/create", body))
          .satisfies(e -> assertThat(e.code()).isEqualTo(Code.MISSING_FIELD))
          .withMessageStartingWith("products/create of 803 says nothing but its id")
          .withMessageContaining("include_fields");
    }
  }

  @Test
  void headersThatTellEventsApartMustBeThere() {
    Delivery delivery = Deliveries.signed("orders/create", new byte[] {'{', '}'}, 1, "s");
    for (String missing : List.of("x-shopify-topic", "x-shopify-shop-domain", "both ids")) {
      Map<String, List<String>> headers = new HashMap<>(delivery.headers().values());
      headers.remove(missing);
      if (missing.equals("both ids")) {
        headers.remove("x-shopify-event-id");
        headers.put("x-shopify-webhook-id", List.of(" "));
      }
      assertThatExceptionOfType(EventException.class)
          .isThrownBy(() ->
              new ShopifySource().identify(new Delivery(new Headers(headers), delivery.body())))
          .satisfies(e -> assertThat(e.code()).isEqualTo(Code.INCOMPLETE))
          .withMessageContaining("X-Shopify-");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          orders/create          | {"id":12,"x":1}                               | shop.example/orders/12
          orders/edited          | {"order_edit":{"id":3,"order_id":12}}         | shop.example/orders/12
          customers/redact       | {"shop_id":1,"customer":{"id":5}}             | shop.example/customers/5
          returns/update         | {"admin_graphql_api_id":"gid://s/Return/6"}   | shop.example/returns/6
          carts/update           | {"id":"eeaf","token":"x"}                     | shop.example/carts/eeaf
          checkouts/update       | {"id":null,"token":"x"}                       | shop.example/checkouts/x
          inventory_levels/update| {"inventory_item_id":4,"location_id":5}       | shop.example/inventory_items/4
          customer.tags_added    | {"id":4}                                      | shop.example/customer.tags_added/4
          """)
  void keysKeepWhatBelongsTogetherInOrder(String topic, String body, String key) {
    Delivery delivery = Deliveries.signed(topic, body.getBytes(StandardCharsets.UTF_8), 1, "s");

    assertThat(new ShopifySource().identify(delivery).key()).isEqualTo(key);
  }

  @Test
  void theSameEventForAnotherSubscriptionIsAnother() {
    Delivery delivery = Deliveries.signed("orders/paid", new byte[] {'{', '}'}, 1, "s");
    Map<String, List<String>> headers = new HashMap<>(delivery.headers().values());
    headers.put("X-Shopify-Name", List.of("accounting"));
    ShopifySource source = new ShopifySource();

    assertThat(source.identify(delivery).externalId()).isEqualTo("event-1:orders/paid");
    assertThat(source.identify(new Delivery(new Headers(headers), Body.of("{}"))).externalId())
        .isEqualTo("event-1:orders/paid:accounting");
  }

  private static void assertCode(Code code, String topic, String body) {
    assertThatExceptionOfType(EventException.class)
        .isThrownBy(() -> read(topic, body))
        .satisfies(e -> assertThat(e.code()).isEqualTo(code));
  }
}

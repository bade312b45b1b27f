package dev.entrepot.connectors.shopify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.entrepot.contract.EventSourceContract;
import dev.entrepot.spi.event.Body;
import dev.entrepot.spi.event.Delivery;
import dev.entrepot.spi.event.EntityChange;
import dev.entrepot.spi.event.EventException;
import dev.entrepot.spi.event.EventSourceFactory;
import dev.entrepot.spi.event.Headers;
import dev.entrepot.spi.event.Identity;
import dev.entrepot.spi.event.Verdict;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShopifyEventBridgeContractTest extends EventSourceContract {

  @Override
  protected EventSourceFactory factory() {
    return new ShopifyEventBridgeFactory();
  }

  @Override
  protected Delivery delivery(byte[] body, int event, String secret, Instant at) {
    return new Delivery(Headers.NONE, Body.of(body));
  }

  @Override
  protected String wrap(String json) {
    return """
    {"detail":{"metadata":{"X-Shopify-Topic":"products/update","X-SHOPIFY-Event-Id":"e1",\
    "X-Shopify-Shop-Domain":"Shop.Example","X-Shopify-Triggered-At":"2026-11-20T11:00:00Z"},\
    "payload":%s}}\
    """
        .formatted(json);
  }

  @Test
  void nothingIsSigned() {
    assertThat(source().verify(sample(1), List.of(), NOW)).isEqualTo(new Verdict.Unsigned());
    assertThat(factory().signed()).isFalse();
  }

  @Test
  void thePayloadIsTheEntity() {
    Delivery delivery = delivery(wrap("{\"id\": 7, \"price\": 1.50,\"x\":0}"));

    assertThat(source().identify(delivery))
        .isEqualTo(
            new Identity(
                "e1:products/update",
                "products/update",
                "shop.example/products/7",
                Instant.parse("2026-11-20T11:00:00Z")));
    assertThat(read(delivery).changes())
        .singleElement()
        .isInstanceOfSatisfying(
            EntityChange.Present.class,
            product ->
                assertThat(product.document()).isEqualTo("{\"id\": 7, \"price\": 1.50,\"x\":0}"));
  }

  @Test
  void payloadsThatWereTooLargeAreToBeFetched() {
    assertThatExceptionOfType(EventException.class)
        .isThrownBy(() -> read(delivery(wrap("{\"id\":7}"))))
        .satisfies(e -> assertThat(e.code()).isEqualTo(EventException.Code.OVERSIZE))
        .withMessageContaining("7");
  }

  /// Also of topics of which nothing is kept but the event: destinations would take it for all.
  @Test
  void theyAreWhateverTheTopic() {
    for (String topic : List.of("draft_orders/update", "carts/update", "app/uninstalled")) {
      for (String payload :
          List.of("{\"id\":7}", "{\"admin_graphql_api_id\":\"gid://shopify/X/7\"}")) {
        assertThatExceptionOfType(EventException.class)
            .as(topic)
            .isThrownBy(() -> read(delivery(of(topic, payload))))
            .satisfies(e -> assertThat(e.code()).isEqualTo(EventException.Code.OVERSIZE))
            .withMessageContaining(topic + " of ");
      }
      assertThatCode(() -> read(delivery(of(topic, "{\"id\":7,\"name\":\"#1\"}"))))
          .doesNotThrowAnyException();
    }
  }

  /// Of these there is no more to say than the id, or was in older versions of the API.
  @Test
  void whatWasDeletedIsWholeWithItsId() {
    assertThat(read(delivery(of("products/delete", "{\"id\":7}"))).changes())
        .singleElement()
        .isInstanceOf(EntityChange.Deleted.class);
    for (String topic :
        List.of("collections/delete", "domains/destroy", "profiles/update", "profiles/create")) {
      assertThat(read(delivery(of(topic, "{\"id\":7}"))).changes()).as(topic).isEmpty();
    }
  }

  @Test
  void aTopicThatIsNotKnownIsSaidToBeUnknown() {
    assertThatExceptionOfType(EventException.class)
        .isThrownBy(() -> read(delivery(of("new/things", "{\"id\":7}"))))
        .satisfies(e -> assertThat(e.code()).isEqualTo(EventException.Code.UNKNOWN_TOPIC));
  }

  private String of(String topic, String payload) {
    return wrap(payload).replace("products/update", topic);
  }

  @Test
  void whatIsNoEnvelopeIsSaidToBeNone() {
    for (String body : List.of("{}", "{\"detail\":{}}", "{\"detail\":{\"payload\":{\"id\":1}}}")) {
      assertThatExceptionOfType(EventException.class)
          .isThrownBy(() -> read(delivery(body)))
          .satisfies(e -> assertThat(e.code()).isEqualTo(EventException.Code.MISSING_FIELD))
          .withMessageContaining("envelope");
    }
  }
}

package dev.entrepot.connectors.shopify;

import dev.entrepot.kit.json.Json;
import dev.entrepot.kit.json.JsonObject;
import dev.entrepot.kit.json.JsonValue;
import dev.entrepot.kit.naming.Names;
import dev.entrepot.spi.event.Body;
import dev.entrepot.spi.event.Delivery;
import dev.entrepot.spi.event.EventException;
import dev.entrepot.spi.event.EventException.Code;
import dev.entrepot.spi.event.EventSource;
import dev.entrepot.spi.event.Facts;
import dev.entrepot.spi.event.Headers;
import dev.entrepot.spi.event.Identity;
import dev.entrepot.spi.event.Message;
import dev.entrepot.spi.event.Verdict;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Shopify by Amazon EventBridge: the body is the envelope `{"detail": {"metadata": {"X-Shopify-…":
/// …}, "payload": {…}}}`; older ones have the headers in `detail` itself. Nothing in it is signed;
/// the queue it is read from vouches for it.
///
/// An envelope that is not as it should be is an event all the same, and said to be so when it is
/// read: a queue would deliver a refused one for ever.
final class ShopifyEventBridgeSource implements EventSource {
  private static final String UNREADABLE = "unreadable";

  // Delivery profiles say no more up to version 2024-10.
  private static final Set<String> IDS_ALONE = Set.of("profiles/create", "profiles/update");

  /// What came in an envelope: the delivery as it would have come by HTTPS, but for the signature.
  private record Inner(Delivery delivery, JsonObject payload) {}

  private final ShopifySource shopify = new ShopifySource();

  @Override
  public Verdict verify(Delivery delivery, List<String> secrets, Instant now) {
    return new Verdict.Unsigned();
  }

  @Override
  public Identity identify(Delivery delivery) {
    try {
      return shopify.identify(unwrap(delivery.body()).delivery());
    } catch (EventException e) {
      String digest = Names.digest(delivery.body().bytes());
      return new Identity(digest, UNREADABLE, UNREADABLE + "/~" + digest, null);
    }
  }

  @Override
  public Facts read(Message message) {
    Inner inner = unwrap(message.body());
    Delivery delivery = inner.delivery();
    try {
      Identity identity = shopify.identify(delivery);
      if (Topics.meaning(identity.topic()).isPresent()) {
        requireWhole(identity.topic(), inner.payload());
      }
      return shopify.read(
          new Message(identity, delivery.headers(), delivery.body(), message.receivedAt()));
    } catch (EventException e) {
      if (e.code() != Code.INCOMPLETE) {
        throw e;
      }
      throw new EventException(Code.MISSING_FIELD, "the envelope lacks it: " + e.getMessage(), e);
    }
  }

  /// Of whatever is too large for EventBridge nothing but the id comes. Of what was deleted there
  /// is no more to say, whatever its topic calls it.
  private static void requireWhole(String topic, JsonObject payload) {
    boolean deleted =
        topic.endsWith("/delete") || topic.endsWith("/destroy") || topic.endsWith("/remove");
    if (!deleted && !IDS_ALONE.contains(topic)) {
      ShopifyReader.cutTo(payload)
          .ifPresent(id -> {
            throw new EventException(
                Code.OVERSIZE,
                topic
                    + " of "
                    + Names.words(id)
                    + " was too large for EventBridge; fetch it from the Admin API");
          });
    }
  }

  /// @throws EventException MALFORMED or MISSING_FIELD
  private static Inner unwrap(Body envelope) {
    JsonObject detail =
        Json.readObject(envelope)
            .object("detail")
            .orElseThrow(() -> missing("detail", "is it an event of EventBridge?"));
    Map<String, String> headers = new HashMap<>();
    detail
        .object("metadata")
        .orElse(detail)
        .members()
        .forEach((name, value) -> value.asText().ifPresent(text -> headers.put(name, text)));
    return switch (detail.members().get("payload")) {
      case JsonObject payload ->
          new Inner(new Delivery(Headers.of(headers), Body.of(payload.raw())), payload);
      case null -> throw missing("detail.payload", "is it an event of Shopify?");
      case JsonValue _ -> throw missing("detail.payload", "it is there, but no object");
    };
  }

  private static EventException missing(String what, String hint) {
    return new EventException(Code.MISSING_FIELD, "the envelope has no \"" + what + "\"; " + hint);
  }
}

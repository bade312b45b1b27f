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

/// Shopify by Amazon EventBridge: the body is the envelope `{"detail": {"metadata": {"X-Shopify-…":
/// …}, "payload": {…}}}`; older ones have the headers in `detail` itself. Nothing in it is signed;
/// the queue it is read from vouches for it.
///
/// An envelope that is not as it should be is an event all the same, and said to be so when it is
/// read: a queue would deliver a refused one for ever.
final class ShopifyEventBridgeSource implements EventSource {
  private static final String UNREADABLE = "unreadable";

  private final ShopifySource shopify = new ShopifySource();

  @Override
  public Verdict verify(Delivery delivery, List<String> secrets, Instant now) {
    return new Verdict.Unsigned();
  }

  @Override
  public Identity identify(Delivery delivery) {
    try {
      return shopify.identify(unwrap(delivery.body()));
    } catch (EventException e) {
      String digest = Names.digest(delivery.body().bytes());
      return new Identity(digest, UNREADABLE, UNREADABLE + "/~" + digest, null);
    }
  }

  @Override
  public Facts read(Message message) {
    Delivery inner = unwrap(message.body());
    try {
      Identity identity = shopify.identify(inner);
      return shopify.read(
          new Message(identity, inner.headers(), inner.body(), message.receivedAt()));
    } catch (EventException e) {
      if (e.code() != Code.INCOMPLETE) {
        throw e;
      }
      throw new EventException(Code.MISSING_FIELD, "the envelope lacks it: " + e.getMessage(), e);
    }
  }

  /// The delivery as it would have come by HTTPS, but for the signature.
  ///
  /// @throws EventException MALFORMED or MISSING_FIELD
  private static Delivery unwrap(Body envelope) {
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
      case JsonObject payload -> new Delivery(Headers.of(headers), Body.of(payload.raw()));
      case null -> throw missing("detail.payload", "is it an event of Shopify?");
      case JsonValue _ -> throw missing("detail.payload", "it is there, but no object");
    };
  }

  private static EventException missing(String what, String hint) {
    return new EventException(Code.MISSING_FIELD, "the envelope has no \"" + what + "\"; " + hint);
  }
}

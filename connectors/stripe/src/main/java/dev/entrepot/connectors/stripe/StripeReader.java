package dev.entrepot.connectors.stripe;

import dev.entrepot.kit.json.Json;
import dev.entrepot.kit.json.JsonObject;
import dev.entrepot.kit.naming.Lookups;
import dev.entrepot.kit.naming.Names;
import dev.entrepot.kit.signature.SignedTime;
import dev.entrepot.spi.event.EntityChange;
import dev.entrepot.spi.event.EntityType;
import dev.entrepot.spi.event.EventException;
import dev.entrepot.spi.event.EventException.Code;
import dev.entrepot.spi.event.Facts;
import dev.entrepot.spi.event.Lookup;
import dev.entrepot.spi.event.Message;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads one event. Stripe's objects have no time of their state: that of the event counts.
final class StripeReader {
  // By the object's own name, not by the topic: charge.dispute.created is about a dispute.
  private static final Map<String, EntityType> TYPES =
      Map.of(
          "charge", EntityType.CHARGE,
          "checkout.session", EntityType.CHECKOUT,
          "customer", EntityType.CUSTOMER,
          "dispute", EntityType.DISPUTE,
          "invoice", EntityType.INVOICE,
          "payment_intent", EntityType.PAYMENT,
          "product", EntityType.PRODUCT,
          "refund", EntityType.REFUND,
          "subscription", EntityType.SUBSCRIPTION);

  // Deleted for good; customer.subscription.deleted is about one that was cancelled and stays.
  private static final Set<String> DELETIONS =
      Set.of("customer.deleted", "invoice.deleted", "product.deleted");

  private final Message message;
  private final String fallback;
  private final String topic;

  /// @param fallback the account of events that name none
  StripeReader(Message message, String fallback) {
    this.message = message;
    this.fallback = fallback;
    this.topic = message.identity().topic();
  }

  Facts read() {
    if (!(Json.read(message.body()) instanceof JsonObject event)) {
      throw new EventException(
          Code.MISSING_FIELD, "the body is JSON, but no object; nothing can be read from it");
    }
    event.required("id");
    String type = event.required("type");
    if (!StripeTopics.known(type)) {
      throw new EventException(
          Code.UNKNOWN_TOPIC,
          "Stripe's event type \""
              + Names.words(type)
              + "\" is not known; take it out of the endpoint's list, or skip it");
    }
    JsonObject object =
        event
            .object("data")
            .flatMap(data -> data.object("object"))
            .orElseThrow(() ->
                new EventException(
                    Code.MISSING_FIELD, topic + " has no \"data.object\"; see its body"));
    EntityType entity = TYPES.get(object.text("object").orElse(""));
    // A preview of the next invoice has no id, and is no invoice yet.
    if (entity == null || !object.has("id")) {
      return Facts.NONE;
    }
    String account = Names.fit(event.filled("account").orElse(fallback));
    Instant at =
        event
            .parsed("created", text -> SignedTime.ofEpochSeconds(text).map(SignedTime::at))
            .orElse(message.receivedAt());
    return facts(account, entity, object, at);
  }

  private Facts facts(String account, EntityType type, JsonObject object, Instant at) {
    String id = Names.fit(object.required("id"));
    if (DELETIONS.contains(topic)) {
      return Facts.of(new EntityChange.Deleted(account, type, id, at));
    }
    Optional<String> state = object.filled("status");
    List<EntityChange> changes = new ArrayList<>();
    changes.add(
        new EntityChange.Present(
            account,
            type,
            id,
            at,
            object.raw(),
            lookups(object),
            state.map(Names::words).orElse(null),
            StripeLife.of(type, topic, object)));
    if (type == EntityType.CHECKOUT && state.filter("complete"::equals).isPresent()) {
      changes.add(
          new EntityChange.CheckoutCompleted(
              account,
              id,
              StripeObjects.reference(object, "payment_intent").map(Names::fit).orElse(null),
              at));
    }
    return new Facts(
        changes, new StripeIncidents(topic, account, id, object, at).read(), List.of());
  }

  private static Map<Lookup, List<String>> lookups(JsonObject object) {
    Optional<JsonObject> details =
        object.object("customer_details").or(() -> object.object("billing_details"));
    return new Lookups()
        .add(Lookup.CUSTOMER_EMAIL, object.text("email"))
        .add(Lookup.CUSTOMER_EMAIL, object.text("customer_email"))
        .add(Lookup.CUSTOMER_EMAIL, object.text("receipt_email"))
        .add(Lookup.CUSTOMER_EMAIL, details.flatMap(d -> d.text("email")))
        .add(Lookup.CUSTOMER_ID, StripeObjects.reference(object, "customer"))
        .add(Lookup.SUBSCRIPTION_ID, StripeObjects.reference(object, "subscription"))
        .add(
            Lookup.SUBSCRIPTION_ID,
            object
                .object("parent")
                .flatMap(parent -> parent.object("subscription_details"))
                .flatMap(parent -> StripeObjects.reference(parent, "subscription")))
        .add(Lookup.CHARGE_ID, StripeObjects.reference(object, "charge"))
        .add(Lookup.CHARGE_ID, StripeObjects.reference(object, "latest_charge"))
        .add(
            Lookup.ORDER_ID,
            object.object("metadata").flatMap(metadata -> metadata.text("order_id")))
        .build();
  }
}

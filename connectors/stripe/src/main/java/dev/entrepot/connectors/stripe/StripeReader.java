package dev.entrepot.connectors.stripe;

import dev.entrepot.kit.json.Json;
import dev.entrepot.kit.json.JsonObject;
import dev.entrepot.kit.naming.Lookups;
import dev.entrepot.kit.naming.Names;
import dev.entrepot.kit.signature.SignedTime;
import dev.entrepot.model.Money;
import dev.entrepot.spi.event.EntityChange;
import dev.entrepot.spi.event.EntityType;
import dev.entrepot.spi.event.EventException;
import dev.entrepot.spi.event.EventException.Code;
import dev.entrepot.spi.event.Facts;
import dev.entrepot.spi.event.Incident;
import dev.entrepot.spi.event.Lookup;
import dev.entrepot.spi.event.Message;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
              account, id, reference(object, "payment_intent").map(Names::fit).orElse(null), at));
    }
    Incident incident = incident(account, id, object, at);
    return new Facts(changes, incident == null ? List.of() : List.of(incident), List.of());
  }

  private @Nullable Incident incident(String account, String id, JsonObject object, Instant at) {
    return switch (topic) {
      case "customer.subscription.deleted" ->
          incident(
              Incident.Kind.SUBSCRIPTION_CANCELLED,
              account,
              id,
              object,
              null,
              object.object("cancellation_details").flatMap(details -> details.filled("reason")),
              at);
      case "invoice.payment_failed" ->
          incident(
              Incident.Kind.CHARGE_FAILED,
              account,
              id,
              object,
              money(object, "amount_due"),
              Optional.empty(),
              at);
      case "payment_intent.payment_failed" ->
          incident(
              Incident.Kind.PAYMENT_FAILED,
              account,
              id,
              object,
              money(object, "amount"),
              object.object("last_payment_error").flatMap(error -> error.filled("message")),
              at);
      // With a payment intent, that one's event tells of it.
      case "charge.failed" ->
          object.has("payment_intent")
              ? null
              : incident(
                  Incident.Kind.PAYMENT_FAILED,
                  account,
                  id,
                  object,
                  money(object, "amount"),
                  object.filled("failure_message"),
                  at);
      case "charge.dispute.created" ->
          incident(
              Incident.Kind.DISPUTE_OPENED,
              account,
              id,
              object,
              money(object, "amount"),
              object.filled("reason"),
              at);
      default -> null;
    };
  }

  private static Incident incident(
      Incident.Kind kind,
      String account,
      String id,
      JsonObject object,
      @Nullable Money amount,
      Optional<String> reason,
      Instant at) {
    Optional<String> customer =
        object
            .filled("customer_email")
            .or(() -> object.filled("receipt_email"))
            .or(() -> reference(object, "customer"));
    return new Incident(
        kind,
        account,
        id,
        customer.map(Names::fit).orElse(null),
        amount,
        object.count("attempt_count"),
        reason.map(Names::words).orElse(null),
        at);
  }

  private static @Nullable Money money(JsonObject object, String amount) {
    return MinorUnits.money(object.decimal(amount), object.filled("currency")).orElse(null);
  }

  private static Map<Lookup, List<String>> lookups(JsonObject object) {
    Optional<JsonObject> details =
        object.object("customer_details").or(() -> object.object("billing_details"));
    return new Lookups()
        .add(Lookup.CUSTOMER_EMAIL, object.text("email"))
        .add(Lookup.CUSTOMER_EMAIL, object.text("customer_email"))
        .add(Lookup.CUSTOMER_EMAIL, object.text("receipt_email"))
        .add(Lookup.CUSTOMER_EMAIL, details.flatMap(d -> d.text("email")))
        .add(Lookup.CUSTOMER_ID, reference(object, "customer"))
        .add(Lookup.SUBSCRIPTION_ID, reference(object, "subscription"))
        .add(
            Lookup.SUBSCRIPTION_ID,
            object
                .object("parent")
                .flatMap(parent -> parent.object("subscription_details"))
                .flatMap(parent -> reference(parent, "subscription")))
        .add(Lookup.CHARGE_ID, reference(object, "charge"))
        .add(Lookup.CHARGE_ID, reference(object, "latest_charge"))
        .add(
            Lookup.ORDER_ID,
            object.object("metadata").flatMap(metadata -> metadata.text("order_id")))
        .build();
  }

  // Another object: its id, or all of it.
  private static Optional<String> reference(JsonObject object, String name) {
    return object.filled(name).or(() -> object.object(name).flatMap(other -> other.filled("id")));
  }
}

package dev.entrepot.connectors.shopify;

import dev.entrepot.connectors.shopify.Topics.Meaning;
import dev.entrepot.connectors.shopify.Topics.Special;
import dev.entrepot.kit.json.Json;
import dev.entrepot.kit.json.JsonObject;
import dev.entrepot.kit.json.JsonValue;
import dev.entrepot.kit.naming.Amounts;
import dev.entrepot.kit.naming.Lookups;
import dev.entrepot.kit.naming.Names;
import dev.entrepot.kit.naming.Times;
import dev.entrepot.spi.event.EntityChange;
import dev.entrepot.spi.event.EntityType;
import dev.entrepot.spi.event.EventException;
import dev.entrepot.spi.event.EventException.Code;
import dev.entrepot.spi.event.Facts;
import dev.entrepot.spi.event.Incident;
import dev.entrepot.spi.event.Lookup;
import dev.entrepot.spi.event.Message;
import dev.entrepot.spi.event.Precedence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads one event.
final class ShopifyReader {
  private static final Set<String> IDS = Set.of("id", "admin_graphql_api_id");
  private static final Set<String> FAILED = Set.of("failure", "error");

  private final Message message;
  private final String shop;
  private final String topic;
  private final Instant happened;

  /// @param shop the domain its headers name
  ShopifyReader(Message message, String shop) {
    this.message = message;
    this.shop = shop;
    this.topic = message.identity().topic();
    Instant triggered = message.identity().triggeredAt();
    this.happened = triggered == null ? message.receivedAt() : triggered;
  }

  Facts read() {
    JsonValue body = Json.read(message.body());
    Meaning meaning =
        Topics.meaning(topic)
            .orElseThrow(() ->
                new EventException(
                    Code.UNKNOWN_TOPIC,
                    "Shopify's topic \"" + topic + "\" is not known; unsubscribe it, or skip it"));
    if (meaning == Special.NOTHING) {
      return Facts.NONE;
    }
    if (!(body instanceof JsonObject payload)) {
      throw new EventException(
          Code.MISSING_FIELD, topic + " is JSON, but no object; nothing can be read from it");
    }
    return switch (meaning) {
      case Meaning.State(EntityType type) -> state(type, payload);
      case Meaning.Deletion(EntityType type) ->
          Facts.of(new EntityChange.Deleted(shop, type, id(payload), happened));
      case Special special -> special(special, payload);
    };
  }

  private Facts special(Special special, JsonObject payload) {
    return switch (special) {
      case CUSTOMERS_MERGED -> merged(payload);
      case APP_UNINSTALLED ->
          new Facts(
              List.of(),
              List.of(incident(Incident.Kind.APP_UNINSTALLED, shop, payload, null, null)),
              List.of());
      case CUSTOMER_DATA_REQUEST -> Facts.of(PrivacyTopics.dataRequest(payload));
      case CUSTOMER_REDACT -> Facts.of(PrivacyTopics.customerRedact(payload));
      case SHOP_REDACT -> Facts.of(PrivacyTopics.shopRedact(payload));
      case NOTHING -> Facts.NONE;
    };
  }

  private Facts merged(JsonObject payload) {
    String deleted =
        ShopifySource.plainId(payload.required("admin_graphql_api_customer_deleted_id"));
    return Facts.of(
        new EntityChange.Deleted(shop, EntityType.CUSTOMER, Names.fit(deleted), happened));
  }

  private Facts state(EntityType type, JsonObject payload) {
    String id = id(payload);
    if (cutTo(payload).isPresent()) {
      throw idAlone(id);
    }
    Instant at = payload.parsed("updated_at", Times::offset).orElse(happened);
    List<EntityChange> changes = new ArrayList<>();
    changes.add(
        new EntityChange.Present(
            shop,
            type,
            id,
            at,
            payload.raw(),
            lookups(type, payload),
            status(type, payload),
            precedence()));
    switch (type) {
      case ORDER -> completedCheckouts(payload, id, at, changes);
      case CHECKOUT -> {
        if (payload.has("completed_at")) {
          changes.add(new EntityChange.CheckoutCompleted(shop, id, null, at));
        }
      }
      case CUSTOMER,
          PRODUCT,
          FULFILLMENT,
          SUBSCRIPTION,
          CHARGE,
          PAYMENT,
          INVOICE,
          DISPUTE,
          REFUND,
          RETURN -> {}
    }
    return new Facts(changes, incidents(type, id, payload), List.of());
  }

  /// The id of a payload that says nothing else.
  static Optional<String> cutTo(JsonObject payload) {
    return IDS.containsAll(payload.members().keySet())
        ? payload.filled("id").or(() -> payload.filled("admin_graphql_api_id"))
        : Optional.empty();
  }

  private EventException idAlone(String id) {
    return new EventException(
        Code.MISSING_FIELD,
        topic
            + " of "
            + Names.words(id)
            + " says nothing but its id: does the webhook's include_fields choose it alone? Let the"
            + " webhook send all fields; mend this event with what the Admin API says, or skip it");
  }

  /// `updated_at` is in whole seconds, the time of triggering is finer; a new entity comes first.
  private Precedence precedence() {
    return new Precedence(message.identity().triggeredAt(), topic.endsWith("/create") ? 0 : 1);
  }

  private void completedCheckouts(
      JsonObject order, String id, Instant at, List<EntityChange> changes) {
    for (String name : List.of("checkout_id", "checkout_token")) {
      order
          .filled(name)
          .map(checkout -> Names.fit(ShopifySource.plainId(checkout)))
          .ifPresent(
              checkout -> changes.add(new EntityChange.CheckoutCompleted(shop, checkout, id, at)));
    }
  }

  private List<Incident> incidents(EntityType type, String id, JsonObject payload) {
    String status = payload.filled("status").orElse("").toLowerCase(Locale.ROOT);
    Incident.@Nullable Kind kind =
        switch (type) {
          case DISPUTE -> topic.equals("disputes/create") ? Incident.Kind.DISPUTE_OPENED : null;
          case PAYMENT -> FAILED.contains(status) ? Incident.Kind.PAYMENT_FAILED : null;
          case CHARGE -> topic.endsWith("/failure") ? Incident.Kind.CHARGE_FAILED : null;
          case SUBSCRIPTION ->
              topic.endsWith("/cancel") || status.equals("cancelled")
                  ? Incident.Kind.SUBSCRIPTION_CANCELLED
                  : null;
          case ORDER, CUSTOMER, CHECKOUT, PRODUCT, FULFILLMENT, INVOICE, REFUND, RETURN -> null;
        };
    if (kind == null) {
      return List.of();
    }
    String reason =
        payload
            .filled("reason")
            .or(() -> payload.filled("error_message"))
            .or(() -> payload.filled("message"))
            .orElse(null);
    // Every attempt to charge has an id of its own; what is tried again is the contract.
    Optional<String> contract =
        kind == Incident.Kind.CHARGE_FAILED ? contract(payload) : Optional.empty();
    return List.of(
        incident(kind, contract.orElse(id), payload, reason, contract.isPresent() ? id : null));
  }

  private static Optional<String> contract(JsonObject attempt) {
    return attempt
        .filled("subscription_contract_id")
        .or(() -> attempt.filled("admin_graphql_api_subscription_contract_id"))
        .map(id -> Names.fit(ShopifySource.plainId(id)));
  }

  private Incident incident(
      Incident.Kind kind,
      String subject,
      JsonObject payload,
      @Nullable String reason,
      @Nullable String occurrence) {
    Optional<String> customer =
        payload.filled("customer_id").or(() -> payload.filled("email")).map(Names::fit);
    return new Incident(
        kind,
        shop,
        subject,
        customer.orElse(null),
        Amounts.of(
                payload.has("currency") ? payload.decimal("amount") : Optional.empty(),
                payload.filled("currency"))
            .orElse(null),
        0,
        reason == null ? null : Names.words(reason),
        happened,
        occurrence,
        List.of());
  }

  private static Map<Lookup, List<String>> lookups(EntityType type, JsonObject payload) {
    Lookups lookups = new Lookups();
    if (type == EntityType.ORDER) {
      lookups.add(Lookup.ORDER_NUMBER, payload.text("name"));
    }
    if (type == EntityType.CHECKOUT) {
      lookups.add(Lookup.CHECKOUT_TOKEN, payload.text("token"));
    }
    Optional<JsonObject> customer = payload.object("customer");
    lookups
        .add(Lookup.CUSTOMER_EMAIL, payload.text("email"))
        .add(Lookup.CUSTOMER_EMAIL, payload.text("contact_email"))
        .add(Lookup.CUSTOMER_EMAIL, customer.flatMap(c -> c.text("email")))
        .add(Lookup.CUSTOMER_ID, customer.flatMap(c -> c.text("id")))
        .add(Lookup.CUSTOMER_ID, payload.text("customer_id"))
        .add(Lookup.CHECKOUT_TOKEN, payload.text("checkout_token"))
        .add(Lookup.ORDER_ID, payload.text("order_id"))
        .add(Lookup.ORDER_ID, payload.text("origin_order_id"))
        .add(Lookup.ORDER_ID, payload.object("order").flatMap(o -> o.text("id")))
        .add(Lookup.SUBSCRIPTION_ID, payload.text("subscription_contract_id"));
    for (String lines : List.of("variants", "line_items")) {
      for (JsonObject line : payload.objects(lines)) {
        lookups.add(Lookup.SKU, line.text("sku"));
      }
    }
    return lookups.build();
  }

  private static @Nullable String status(EntityType type, JsonObject payload) {
    Optional<String> status =
        switch (type) {
          case ORDER ->
              payload.has("cancelled_at")
                  ? Optional.of("cancelled")
                  : payload.filled("financial_status");
          case CUSTOMER -> payload.filled("state");
          case CHECKOUT -> Optional.of(payload.has("completed_at") ? "completed" : "open");
          case PRODUCT,
              FULFILLMENT,
              SUBSCRIPTION,
              CHARGE,
              PAYMENT,
              INVOICE,
              DISPUTE,
              REFUND,
              RETURN ->
              payload.filled("status");
        };
    return status.map(Names::words).orElse(null);
  }

  // Some checkouts have but a token, some returns but a global id.
  private String id(JsonObject payload) {
    return payload
        .filled("id")
        .or(() -> payload.filled("admin_graphql_api_id"))
        .or(() -> payload.filled("token"))
        .map(id -> Names.fit(ShopifySource.plainId(id)))
        .orElseThrow(() ->
            new EventException(
                Code.MISSING_FIELD,
                topic + " has no \"id\"; see its body, then mend it or skip it"));
  }
}

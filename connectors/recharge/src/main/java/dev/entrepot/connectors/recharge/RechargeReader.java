package dev.entrepot.connectors.recharge;

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
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads one event. Fields are those of the API's versions 2021-11 and 2021-01, whichever is there.
final class RechargeReader {
  private final Message message;
  private final String account;
  private final ZoneId zone;
  private final String topic;

  RechargeReader(Message message, String account, ZoneId zone) {
    this.message = message;
    this.account = account;
    this.zone = zone;
    this.topic = message.identity().topic();
  }

  Facts read() {
    JsonValue body = Json.read(message.body());
    if (!Topics.known(topic)) {
      throw new EventException(
          Code.UNKNOWN_TOPIC,
          "Recharge's topic \"" + topic + "\" is not known; delete its webhook, or skip it");
    }
    if (topic.endsWith("/uninstalled")) {
      return incident(
          new Incident(
              Incident.Kind.APP_UNINSTALLED,
              account,
              account,
              null,
              null,
              0,
              null,
              message.receivedAt()));
    }
    return Topics.type(topic).map(type -> entity(type, body)).orElse(Facts.NONE);
  }

  private Facts entity(EntityType type, JsonValue body) {
    String resource = Topics.resource(topic);
    Optional<JsonObject> payload =
        body instanceof JsonObject object ? object.object(resource) : Optional.empty();
    JsonObject entity =
        payload.orElseThrow(() ->
            new EventException(
                Code.MISSING_FIELD,
                topic + " has no object \"" + resource + "\"; see its body, then mend or skip it"));
    String id = Names.fit(entity.required(type == EntityType.CHECKOUT ? "token" : "id"));
    Instant at =
        entity
            .parsed("updated_at", text -> Times.offsetOr(text, zone))
            .orElse(message.receivedAt());
    if (Topics.action(topic).equals("deleted")) {
      // What was deleted was last changed before that.
      return Facts.of(new EntityChange.Deleted(account, type, id, message.receivedAt()));
    }
    List<EntityChange> changes = new ArrayList<>();
    changes.add(
        new EntityChange.Present(
            account,
            type,
            id,
            at,
            entity.raw(),
            lookups(type, entity),
            entity.filled("status").map(Names::words).orElse(null),
            RechargeLife.of(type, topic, entity)));
    if (type == EntityType.CHECKOUT && entity.has("completed_at")) {
      changes.add(new EntityChange.CheckoutCompleted(account, id, null, at));
    }
    return new Facts(changes, incidents(id, entity, at), List.of());
  }

  private List<Incident> incidents(String id, JsonObject entity, Instant at) {
    return switch (topic) {
      case "subscription/cancelled" ->
          List.of(
              new Incident(
                  Incident.Kind.SUBSCRIPTION_CANCELLED,
                  account,
                  id,
                  customer(entity).orElse(null),
                  Amounts.of(amount(entity, "price"), currency(entity)).orElse(null),
                  0,
                  words(entity, "cancellation_reason"),
                  at));
      case "charge/failed", "charge/max_retries_reached" ->
          List.of(
              new Incident(
                  Incident.Kind.CHARGE_FAILED,
                  account,
                  id,
                  customer(entity).orElse(null),
                  Amounts.of(amount(entity, "total_price"), currency(entity)).orElse(null),
                  Math.max(entity.count("charge_attempts"), entity.count("number_times_tried")),
                  words(entity, entity.has("error") ? "error" : "error_type"),
                  at));
      default -> List.of();
    };
  }

  private static Map<Lookup, List<String>> lookups(EntityType type, JsonObject entity) {
    Optional<JsonObject> customer = entity.object("customer");
    Lookups lookups =
        new Lookups()
            .add(Lookup.CUSTOMER_EMAIL, entity.text("email"))
            .add(Lookup.CUSTOMER_EMAIL, customer.flatMap(c -> c.text("email")))
            .add(Lookup.CUSTOMER_ID, entity.text("customer_id"))
            .add(Lookup.CUSTOMER_ID, customer.flatMap(c -> c.text("id")))
            .add(Lookup.ORDER_ID, external(entity, "external_order_id"))
            .add(Lookup.ORDER_ID, entity.text("shopify_order_id"))
            .add(Lookup.ORDER_NUMBER, external(entity, "external_order_number"))
            .add(Lookup.SKU, entity.text("sku"));
    if (type == EntityType.CHECKOUT) {
      lookups.add(Lookup.CHECKOUT_TOKEN, entity.text("token"));
    }
    if (type == EntityType.ORDER) {
      lookups.add(Lookup.CHARGE_ID, entity.object("charge").flatMap(c -> c.text("id")));
      lookups.add(Lookup.CHARGE_ID, entity.text("charge_id"));
    }
    for (JsonObject line : entity.objects("line_items")) {
      lookups
          .add(Lookup.SUBSCRIPTION_ID, line.text("subscription_id"))
          .add(Lookup.SUBSCRIPTION_ID, line.text("purchase_item_id"))
          .add(Lookup.SKU, line.text("sku"));
    }
    return lookups.build();
  }

  // In version 2021-11, ids of the shop are objects with one member.
  private static Optional<String> external(JsonObject entity, String name) {
    return entity.object(name).flatMap(id -> id.text("ecommerce"));
  }

  private static Optional<String> customer(JsonObject entity) {
    return entity
        .filled("email")
        .or(() -> entity.object("customer").flatMap(c -> c.filled("email")))
        .or(() -> entity.filled("customer_id"))
        .map(Names::fit);
  }

  private static Optional<String> currency(JsonObject entity) {
    return entity.filled("currency").or(() -> entity.filled("presentment_currency"));
  }

  private static Optional<BigDecimal> amount(JsonObject entity, String name) {
    return currency(entity).isPresent() ? entity.decimal(name) : Optional.empty();
  }

  private static @Nullable String words(JsonObject entity, String name) {
    return entity.filled(name).map(Names::words).orElse(null);
  }

  private static Facts incident(Incident incident) {
    return new Facts(List.of(), List.of(incident), List.of());
  }
}

package dev.entrepot.connectors.shopify;

import dev.entrepot.kit.json.JsonObject;
import dev.entrepot.kit.naming.Names;
import dev.entrepot.spi.event.EventException;
import dev.entrepot.spi.event.EventException.Code;
import dev.entrepot.spi.event.Lookup;
import dev.entrepot.spi.event.PrivacyRequest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The topics that privacy law demands. Only the body is signed, not the headers: so the shop is
/// the one in the body, and a body is only taken for what it has the members of. A genuine data
/// request that is sent again under another topic erases nothing.
final class PrivacyTopics {
  private PrivacyTopics() {}

  static PrivacyRequest dataRequest(JsonObject payload) {
    return new PrivacyRequest.CustomerData(
        shop(payload),
        customer(payload),
        email(payload),
        orders(payload, "orders_requested"),
        payload
            .object("data_request")
            .flatMap(request -> request.filled("id"))
            .map(Names::fit)
            .orElse(null));
  }

  static PrivacyRequest customerRedact(JsonObject payload) {
    return new PrivacyRequest.CustomerRedact(
        shop(payload), customer(payload), email(payload), orders(payload, "orders_to_redact"));
  }

  static PrivacyRequest shopRedact(JsonObject payload) {
    payload.required("shop_id");
    if (payload.members().containsKey("customer")) {
      throw new EventException(
          Code.MISSING_FIELD,
          "shop/redact has a \"customer\": it is the request of one customer, and the shop's data"
              + " stay; skip it");
    }
    return new PrivacyRequest.AccountRedact(shop(payload));
  }

  private static String shop(JsonObject payload) {
    return Names.fit(payload.required("shop_domain").strip().toLowerCase(Locale.ROOT));
  }

  private static String customer(JsonObject payload) {
    return payload
        .object("customer")
        .flatMap(customer -> customer.filled("id").or(() -> customer.filled("email")))
        .map(Names::fit)
        .orElseThrow(() ->
            new EventException(
                Code.MISSING_FIELD, "the privacy request names no customer; ask Shopify"));
  }

  private static @Nullable String email(JsonObject payload) {
    Optional<String> email = payload.object("customer").flatMap(customer -> customer.text("email"));
    return email.flatMap(Lookup.CUSTOMER_EMAIL::normalize).map(Names::fit).orElse(null);
  }

  private static List<String> orders(JsonObject payload, String name) {
    if (!payload.members().containsKey(name)) {
      throw new EventException(
          Code.MISSING_FIELD,
          "the privacy request has no \"" + name + "\": it is not of this kind");
    }
    return payload.texts(name).stream().filter(id -> !id.isBlank()).map(Names::fit).toList();
  }
}

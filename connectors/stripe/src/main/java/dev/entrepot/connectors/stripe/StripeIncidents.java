package dev.entrepot.connectors.stripe;

import static dev.entrepot.connectors.stripe.StripeObjects.reference;

import dev.entrepot.kit.json.JsonObject;
import dev.entrepot.kit.naming.Names;
import dev.entrepot.model.Money;
import dev.entrepot.spi.event.Incident;
import dev.entrepot.spi.event.Incident.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What people may want to be told of an event.
///
/// One failed attempt is told by up to three events, of which a sender may choose any: of the
/// charge, which is a new one each time; of the payment intent, which stays; and of the invoice,
/// which stays and counts. So failures of charge and payment intent count for the payment intent,
/// each charge once. The invoice has a count of its own; that it is the same matter is known by
/// what names it: the field `invoice` up to version 2025-03-31, `payment_details.order_reference`
/// of payment intents since.
///
/// @param id of the object
record StripeIncidents(String topic, String account, String id, JsonObject object, Instant at) {
  private static final String INVOICE = "in_";

  List<Incident> read() {
    return switch (topic) {
      case "customer.subscription.deleted" ->
          List.of(
              incident(
                  Kind.SUBSCRIPTION_CANCELLED,
                  null,
                  object
                      .object("cancellation_details")
                      .flatMap(details -> details.filled("reason"))));
      case "charge.dispute.created" ->
          List.of(incident(Kind.DISPUTE_OPENED, money("amount"), object.filled("reason")));
      case "invoice.payment_failed" ->
          List.of(
              failure(
                  id,
                  money("amount_due"),
                  Optional.empty(),
                  reference(object, "charge"),
                  reference(object, "payment_intent")));
      case "payment_intent.payment_failed" -> List.of(intentFailed());
      case "charge.failed" ->
          List.of(
              failure(
                  reference(object, "payment_intent")
                      .or(() -> reference(object, "invoice"))
                      .orElse(id),
                  money("amount"),
                  object.filled("failure_message"),
                  Optional.of(id),
                  reference(object, "invoice")));
      default -> List.of();
    };
  }

  private Incident intentFailed() {
    Optional<JsonObject> error = object.object("last_payment_error");
    // An attempt that came to no charge must not be taken for the one before, whose charge is still
    // the latest.
    Optional<String> charge =
        error.isPresent()
            ? error.flatMap(one -> reference(one, "charge"))
            : reference(object, "latest_charge");
    Optional<String> invoice =
        reference(object, "invoice")
            .or(() ->
                object
                    .object("payment_details")
                    .flatMap(details -> details.filled("order_reference"))
                    .filter(order -> order.startsWith(INVOICE)));
    return failure(
        id, money("amount"), error.flatMap(one -> one.filled("message")), charge, invoice);
  }

  private Incident failure(
      String subject,
      @Nullable Money amount,
      Optional<String> reason,
      Optional<String> charge,
      Optional<String> other) {
    return new Incident(
        Kind.CHARGE_FAILED,
        account,
        Names.fit(subject),
        customer(),
        amount,
        object.count("attempt_count"),
        reason.map(Names::words).orElse(null),
        at,
        charge.map(Names::fit).orElse(null),
        other.stream().map(Names::fit).filter(one -> !one.equals(Names.fit(subject))).toList());
  }

  private Incident incident(Kind kind, @Nullable Money amount, Optional<String> reason) {
    return new Incident(
        kind,
        account,
        id,
        customer(),
        amount,
        object.count("attempt_count"),
        reason.map(Names::words).orElse(null),
        at);
  }

  private @Nullable String customer() {
    return object
        .filled("customer_email")
        .or(() -> object.filled("receipt_email"))
        .or(() -> reference(object, "customer"))
        .map(Names::fit)
        .orElse(null);
  }

  private @Nullable Money money(String amount) {
    return MinorUnits.money(object.decimal(amount), object.filled("currency")).orElse(null);
  }
}

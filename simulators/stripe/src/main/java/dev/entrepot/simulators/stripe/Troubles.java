package dev.entrepot.simulators.stripe;

import dev.entrepot.simulators.sender.PlannedEvent;
import dev.entrepot.simulators.sender.Story.Thing;
import java.time.Instant;

/// Events of which somebody wants to hear at once. Ids of events must be unique in a plan.
public final class Troubles {
  private Troubles() {}

  /// A payment that fails.
  ///
  /// @param amount in the smallest unit of the currency
  public static PlannedEvent paymentFailed(
      String event, String account, String payment, String currency, long amount, Instant at) {
    return StripeWorld.event(
        event,
        "payment_intent.payment_failed",
        new Thing(account, "payment_intent", payment),
        "\"customer\":\"cus_large\",\"currency\":\"%s\",\"amount\":%d,\"status\":\"requires_payment_method\",\"last_payment_error\":{\"message\":\"Your card has insufficient funds.\"}"
            .formatted(currency, amount),
        at);
  }

  /// A customer's bank takes the money back.
  ///
  /// @param amount in the smallest unit of the currency
  public static PlannedEvent disputed(
      String event, String account, String dispute, String currency, long amount, Instant at) {
    return StripeWorld.event(
        event,
        "charge.dispute.created",
        new Thing(account, "dispute", dispute),
        "\"currency\":\"%s\",\"amount\":%d,\"status\":\"needs_response\",\"reason\":\"fraudulent\""
            .formatted(currency, amount),
        at);
  }
}

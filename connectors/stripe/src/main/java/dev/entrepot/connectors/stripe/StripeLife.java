package dev.entrepot.connectors.stripe;

import dev.entrepot.kit.json.JsonObject;
import dev.entrepot.spi.event.EntityType;
import dev.entrepot.spi.event.Precedence;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// How far a Stripe object has come in its life. Stripe sends events in no order, and their time is
/// in [whole seconds](https://docs.stripe.com/webhooks#event-ordering): `invoice.finalized` may
/// arrive after the `invoice.paid` of the same second. What an event holds is the object as it was
/// then, so that its status tells which is the later.
///
/// Where a status may follow upon another in both directions, as with subscriptions that are past
/// due, the order is that in which they follow within a second.
final class StripeLife {
  /// Statuses in the order of life; those that exclude each other are at one stage.
  private static final Map<EntityType, List<Set<String>>> STAGES =
      Map.of(
          EntityType.CHARGE, List.of(Set.of("pending"), Set.of("failed", "succeeded")),
          EntityType.CHECKOUT, List.of(Set.of("open"), Set.of("complete", "expired")),
          EntityType.DISPUTE,
              List.of(
                  Set.of("warning_needs_response"),
                  Set.of("warning_under_review"),
                  Set.of("warning_closed"),
                  Set.of("needs_response"),
                  Set.of("under_review"),
                  Set.of("lost", "prevented", "won")),
          EntityType.INVOICE,
              List.of(
                  Set.of("draft"), Set.of("open"), Set.of("uncollectible"), Set.of("paid", "void")),
          EntityType.PAYMENT,
              List.of(
                  Set.of("requires_payment_method"),
                  Set.of("requires_confirmation"),
                  Set.of("requires_action"),
                  Set.of("processing"),
                  Set.of("requires_capture"),
                  Set.of("canceled", "succeeded")),
          EntityType.REFUND,
              List.of(
                  Set.of("pending"),
                  Set.of("requires_action"),
                  Set.of("succeeded"),
                  Set.of("canceled", "failed")),
          EntityType.SUBSCRIPTION,
              List.of(
                  Set.of("incomplete"),
                  Set.of("trialing"),
                  Set.of("active"),
                  Set.of("past_due"),
                  Set.of("paused", "unpaid"),
                  Set.of("canceled", "incomplete_expired")));

  /// Amounts and counts that only grow at the same status.
  private static final List<String> GROWING =
      List.of("amount_refunded", "amount_captured", "amount_received", "attempt_count");

  private static final int STAGE = 60;
  private static final int ACTION = 58;
  private static final Pattern AMOUNT = Pattern.compile("\\d{1,15}");

  private StripeLife() {}

  /// First by status, then `….created` before all others, then by what only grows.
  static Precedence of(EntityType type, String topic, JsonObject object) {
    long stage = stage(type, object.filled("status").orElse(""));
    long action = topic.endsWith(".created") ? 0 : 1;
    return Precedence.of((stage << STAGE) + (action << ACTION) + grown(object));
  }

  private static long stage(EntityType type, String status) {
    List<Set<String>> stages = STAGES.getOrDefault(type, List.of());
    for (int stage = 0; stage < stages.size(); stage++) {
      if (stages.get(stage).contains(status)) {
        return stage + 1L;
      }
    }
    return 0;
  }

  private static long grown(JsonObject object) {
    return GROWING.stream()
        .flatMap(name -> object.text(name).stream())
        .filter(AMOUNT.asMatchPredicate())
        .mapToLong(Long::parseLong)
        .sum();
  }
}

package dev.entrepot.connectors.recharge;

import dev.entrepot.kit.json.JsonObject;
import dev.entrepot.spi.event.EntityType;
import dev.entrepot.spi.event.Precedence;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// How far an entity of Recharge has come in its life. `updated_at` is in whole seconds, and events
/// name no other time: `charge/created` may arrive after the `charge/paid` of the same second.
final class RechargeLife {
  /// Statuses in the order of life; those that exclude each other are at one stage.
  private static final Map<EntityType, List<Set<String>>> STAGES =
      Map.of(
          EntityType.CHARGE,
              List.of(
                  Set.of("queued"),
                  Set.of("pending", "pending_manual_review", "pending_shopify", "skipped"),
                  Set.of("error"),
                  Set.of("success"),
                  Set.of("partially_refunded"),
                  Set.of("refunded")),
          EntityType.ORDER,
              List.of(
                  Set.of("queued"),
                  Set.of("pending", "skipped"),
                  Set.of("error", "success"),
                  Set.of("cancelled", "refunded")),
          EntityType.SUBSCRIPTION,
              List.of(Set.of("active"), Set.of("paused"), Set.of("cancelled", "expired")));

  private RechargeLife() {}

  /// First by status, then `…/created` before all others.
  static Precedence of(EntityType type, String topic, JsonObject entity) {
    long stage = stage(type, entity);
    long action = Topics.action(topic).equals("created") ? 0 : 1;
    return Precedence.of(2 * stage + action);
  }

  private static long stage(EntityType type, JsonObject entity) {
    if (type == EntityType.CHECKOUT) {
      return entity.has("completed_at") ? 1 : 0;
    }
    String status = entity.filled("status").orElse("").toLowerCase(Locale.ROOT);
    List<Set<String>> stages = STAGES.getOrDefault(type, List.of());
    for (int stage = 0; stage < stages.size(); stage++) {
      if (stages.get(stage).contains(status)) {
        return stage + 1L;
      }
    }
    return 0;
  }
}

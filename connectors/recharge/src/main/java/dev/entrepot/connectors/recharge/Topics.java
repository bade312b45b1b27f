package dev.entrepot.connectors.recharge;

import dev.entrepot.kit.json.JsonProbe;
import dev.entrepot.spi.event.EntityType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Recharge's topics: `resource/action`, the payload under the resource's name.
final class Topics {
  private static final Map<String, Set<String>> KNOWN =
      Map.ofEntries(
          Map.entry("address", Set.of("created", "updated", "deleted")),
          Map.entry("app", Set.of("uninstalled")),
          Map.entry("async_batch", Set.of("processed")),
          Map.entry("bundle_selection", Set.of("created", "updated", "deleted")),
          Map.entry(
              "charge",
              Set.of(
                  "created",
                  "failed",
                  "max_retries_reached",
                  "paid",
                  "success",
                  "refunded",
                  "uncaptured",
                  "upcoming",
                  "updated",
                  "deleted")),
          Map.entry("checkout", Set.of("created", "completed", "processed", "updated")),
          Map.entry(
              "customer",
              Set.of(
                  "activated",
                  "created",
                  "deactivated",
                  "payment_method_updated",
                  "updated",
                  "deleted")),
          Map.entry("gift_purchase", Set.of("created", "redeemed")),
          Map.entry("onetime", Set.of("created", "deleted", "updated")),
          Map.entry(
              "order",
              Set.of(
                  "cancelled",
                  "created",
                  "deleted",
                  "processed",
                  "payment_captured",
                  "upcoming",
                  "updated",
                  "success")),
          Map.entry("payment_method", Set.of("created", "updated", "deleted")),
          Map.entry("plan", Set.of("created", "deleted", "updated")),
          Map.entry("product", Set.of("created", "updated", "deleted")),
          Map.entry("recharge", Set.of("uninstalled")),
          Map.entry("store", Set.of("updated")),
          Map.entry(
              "subscription",
              Set.of(
                  "activated",
                  "cancelled",
                  "created",
                  "deleted",
                  "paused",
                  "skipped",
                  "swapped",
                  "unskipped",
                  "updated")));

  private static final Map<String, EntityType> TYPES =
      Map.of(
          "charge", EntityType.CHARGE,
          "checkout", EntityType.CHECKOUT,
          "customer", EntityType.CUSTOMER,
          "order", EntityType.ORDER,
          "subscription", EntityType.SUBSCRIPTION);

  // Checkouts are named by a token.
  private static final Map<String, JsonProbe> PROBES =
      KNOWN.keySet().stream()
          .collect(
              Collectors.toUnmodifiableMap(
                  resource -> resource,
                  resource ->
                      JsonProbe.of(
                          "/"
                              + resource
                              + (TYPES.get(resource) == EntityType.CHECKOUT ? "/token" : "/id"))));

  private Topics() {}

  static String resource(String topic) {
    int slash = topic.indexOf('/');
    return slash < 1 ? topic : topic.substring(0, slash);
  }

  static String action(String topic) {
    return topic.substring(topic.indexOf('/') + 1);
  }

  static boolean known(String topic) {
    return KNOWN.getOrDefault(resource(topic), Set.of()).contains(action(topic));
  }

  /// What its payload is, of those that we keep.
  static Optional<EntityType> type(String topic) {
    return Optional.ofNullable(TYPES.get(resource(topic)));
  }

  /// Where its id stands; none for resources that are not known.
  static List<JsonProbe> probes(String topic) {
    return Optional.ofNullable(PROBES.get(resource(topic))).stream().toList();
  }
}

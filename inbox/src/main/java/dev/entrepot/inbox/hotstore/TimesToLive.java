package dev.entrepot.inbox.hotstore;

import dev.entrepot.spi.event.EntityType;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// How long entities stay in the hot store after the event that brought their latest state.
///
/// @param usual by type, for every tenant; types that are not named stay for ever
/// @param special by tenant and type, before the usual ones; empty: for ever
/// @param memory how long deletions and completions are remembered: longer than any event that may
///   still come, or be replayed, about the same entity
public record TimesToLive(
    Map<EntityType, Duration> usual,
    Map<String, Map<EntityType, Optional<Duration>>> special,
    Duration memory) {

  private static final Duration LEAST_MEMORY = Duration.ofDays(45);

  /// Slices of the log are dropped some days after the retention, and retries come late.
  private static final Duration LONGER_THAN_EVENTS = Duration.ofDays(15);

  /// Orders and what belongs to them 30 days, carts 14.
  public static final TimesToLive DEFAULT =
      new TimesToLive(
          Map.of(
              EntityType.ORDER, Duration.ofDays(30),
              EntityType.FULFILLMENT, Duration.ofDays(30),
              EntityType.PAYMENT, Duration.ofDays(30),
              EntityType.REFUND, Duration.ofDays(30),
              EntityType.RETURN, Duration.ofDays(30),
              EntityType.CHECKOUT, Duration.ofDays(14)),
          Map.of(),
          LEAST_MEMORY);

  public TimesToLive {
    usual = Map.copyOf(usual);
    special = Map.copyOf(special);
  }

  /// The same with a memory that outlasts events that are kept for so long.
  public TimesToLive outlasting(Duration retention) {
    Duration longer = retention.plus(LONGER_THAN_EVENTS);
    return new TimesToLive(
        usual, special, longer.compareTo(LEAST_MEMORY) > 0 ? longer : LEAST_MEMORY);
  }

  /// Empty: for ever.
  public Optional<Duration> of(String tenant, EntityType type) {
    Optional<Duration> own = special.getOrDefault(tenant, Map.of()).get(type);
    return own == null ? Optional.ofNullable(usual.get(type)) : own;
  }
}

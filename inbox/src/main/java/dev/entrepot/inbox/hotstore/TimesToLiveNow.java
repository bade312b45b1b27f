package dev.entrepot.inbox.hotstore;

import dev.entrepot.spi.event.EntityType;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What has expired at a moment.
record TimesToLiveNow(TimesToLive times, Instant now) {
  /// Nothing ever expires.
  static final TimesToLiveNow NONE =
      new TimesToLiveNow(new TimesToLive(Map.of(), Map.of(), Duration.ZERO), Instant.EPOCH);

  /// Entities that were received before are not shown any more.
  Instant firstShown(String tenant, EntityType type) {
    Optional<Duration> time = times.of(tenant, type);
    return time.map(now::minus).orElse(Instant.EPOCH);
  }

  @Nullable Instant expiresAt(EntityKey key, Instant receivedAt) {
    return times.of(key.tenant(), key.type()).map(receivedAt::plus).orElse(null);
  }
}

package dev.entrepot.inbox.hotstore;

import dev.entrepot.spi.event.Lookup;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The latest known state of an entity.
///
/// @param at the sender's time of this state
/// @param position of the event that brought it
/// @param receivedAt when that was
/// @param expiresAt when it leaves the hot store, unless it changes before; null: never
/// @param state in the sender's words; null: it has none
/// @param document JSON as the sender wrote it
/// @param completed whether it is a checkout that was completed
/// @param order the order that a checkout became; null: none, or not known
public record Entity(
    EntityKey key,
    Instant at,
    long position,
    Instant receivedAt,
    @Nullable Instant expiresAt,
    @Nullable String state,
    Map<Lookup, List<String>> lookups,
    String document,
    boolean completed,
    @Nullable String order) {
  public Entity {
    lookups = Map.copyOf(lookups);
  }
}

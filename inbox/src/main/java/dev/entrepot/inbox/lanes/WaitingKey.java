package dev.entrepot.inbox.lanes;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A key of which events wait.
///
/// @param tenant whose; of another tenant the same key may go on. Empty: its connection is not
///   there
/// @param events how many wait
/// @param oldest since when the first of them waits; null: none waits, it is only parked
/// @param dueAt when it is tried next; null: parked
/// @param code why it waits; null: not tried yet
/// @param parkedBy null: not parked
public record WaitingKey(
    String tenant,
    String key,
    int lane,
    long events,
    @Nullable Instant oldest,
    @Nullable Instant dueAt,
    int attempts,
    @Nullable String code,
    @Nullable String reason,
    @Nullable String parkedBy,
    @Nullable String parkedFor) {
  String hold() {
    return KeptEvent.hold(tenant, key);
  }
}

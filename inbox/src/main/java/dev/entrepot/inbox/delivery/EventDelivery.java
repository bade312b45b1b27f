package dev.entrepot.inbox.delivery;

import dev.entrepot.storage.Row;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An event's delivery to a destination.
///
/// @param replay the replay it belongs to; null: none
/// @param dueAt when it is tried again; null: not by itself, or at once
/// @param attempts how often it was tried in all
/// @param status of the last answer; null: there was none
/// @param reason why it is not delivered, after an attempt; null: it is, or was not tried
/// @param finishedAt when it was delivered or given up; null: it is neither
public record EventDelivery(
    DeliveryId id,
    String destination,
    String connection,
    String topic,
    String key,
    @Nullable UUID replay,
    DeliveryState state,
    @Nullable Instant dueAt,
    int attempts,
    @Nullable Integer status,
    @Nullable String reason,
    Instant createdAt,
    @Nullable Instant finishedAt) {

  /// The `webhook-id` under which it is posted.
  public String webhookId() {
    return Envelope.id(id.position());
  }

  static EventDelivery of(Row row) {
    return new EventDelivery(
        new DeliveryId(row.int8("position"), row.int8("id")),
        row.text("destination"),
        row.text("connection"),
        row.text("topic"),
        row.text("key"),
        row.uuidOrNull("replay"),
        DeliveryState.ofWord(row.text("state")),
        row.instantOrNull("due_at"),
        row.int4("attempts"),
        row.int4OrNull("status"),
        row.textOrNull("reason"),
        row.instant("created_at"),
        row.instantOrNull("finished_at"));
  }
}

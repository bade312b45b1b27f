package dev.entrepot.inbox.lanes;

import dev.entrepot.inbox.log.HandedAs;
import dev.entrepot.storage.Row;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A dead letter: an event that was given up.
///
/// @param position its place in the log
/// @param tenant whose it is; empty: its connection is not there any more
/// @param handedAs what it was handed on as last, when it was mended; null: as it came
/// @param handler that failed, or `reading` when it could not be read
/// @param cause the same for all that failed alike
/// @param attempts how often it was tried
/// @param edited whether an operator changed its body
/// @param replay the replay it belongs to; null: none
/// @param by who did something with it last; null: nobody yet
/// @param note why it was skipped
public record DeadEvent(
    long id,
    long position,
    int lane,
    String connection,
    String tenant,
    String topic,
    String key,
    @Nullable HandedAs handedAs,
    String handler,
    String code,
    String reason,
    String cause,
    int attempts,
    State state,
    boolean edited,
    @Nullable UUID replay,
    Instant diedAt,
    @Nullable String by,
    @Nullable Instant at,
    @Nullable String note) {

  /// What became of it.
  public enum State {
    OPEN,
    /// It waits for its turn, or is being tried.
    RETRYING,
    /// A retry succeeded, or a replay of its event.
    RESOLVED,
    /// An operator left it out.
    SKIPPED
  }

  static DeadEvent of(Row row) {
    return new DeadEvent(
        row.int8("id"),
        row.int8("position"),
        row.int4("lane"),
        row.text("connection"),
        row.text("tenant"),
        row.text("topic"),
        row.text("key"),
        HandedAs.of(row.textOrNull("handed_topic"), row.textOrNull("handed_key")),
        row.text("handler"),
        row.text("code"),
        row.text("reason"),
        row.text("cause"),
        row.int4("attempts"),
        State.valueOf(row.text("state").toUpperCase(Locale.ROOT)),
        row.bool("edited"),
        row.uuidOrNull("replay"),
        row.instant("died_at"),
        row.textOrNull("by"),
        row.instantOrNull("at"),
        row.textOrNull("note"));
  }
}

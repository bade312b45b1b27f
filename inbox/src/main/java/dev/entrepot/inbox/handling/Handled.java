package dev.entrepot.inbox.handling;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a handler did with an event.
public sealed interface Handled {

  /// Something was created or changed.
  ///
  /// @param what for the event's page, such as `order 123 updated`
  /// @param logged a line for the log, which is written once all this is committed; null: none
  record Written(String what, @Nullable String logged) implements Handled {
    /// Nothing for the log.
    public Written(String what) {
      this(what, null);
    }
  }

  /// Everything was as the event says already, or newer.
  record Unchanged(String why) implements Handled {}

  /// Not for this handler.
  record NotWanted() implements Handled {}

  /// Not now: the event's key waits and the event is tried again.
  ///
  /// @param code short and stable, for grouping, in SCREAMING_SNAKE_CASE
  /// @param reason for the operator: what happened, and the next step
  /// @param after not before that; null: as the back-off says
  record Later(String code, String reason, @Nullable Duration after) implements Handled {}

  /// Never: the event becomes a dead letter.
  record Refused(String code, String reason) implements Handled {}
}

package dev.entrepot.inbox.lanes;

import dev.entrepot.inbox.log.EventHead;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An event and what became of it so far.
///
/// @param handlers what each handler did: `w` written, `u` unchanged, `s` not wanted, `r` refused,
///   `p` not done
/// @param settledAt when it got the outcome that it has; null: it has none yet, or waits
/// @param waits null: it does not wait
/// @param letter the number of its dead letter; null: none
/// @param duplicates how often it was delivered again
public record EventState(
    EventHead event,
    State state,
    Map<String, Character> handlers,
    @Nullable Instant settledAt,
    @Nullable Waits waits,
    @Nullable Long letter,
    long duplicates) {
  public EventState {
    handlers = Map.copyOf(handlers);
  }

  /// What it is now.
  public enum State {
    /// Kept, and not looked at yet.
    ACCEPTED,
    /// It failed, and is tried again, or was read while its connection paused.
    WAITING,
    /// One before it of the same key waits.
    BEHIND,
    /// Its key is parked.
    PARKED,
    WRITTEN,
    UNCHANGED,
    /// Nobody wanted it, or an operator left it out.
    SKIPPED,
    /// A dead letter.
    REJECTED,
    /// Headers and body were erased, as the law wants it; it is handed on no more.
    ERASED
  }

  /// How it waits.
  ///
  /// @param dueAt null: not before another one
  /// @param handler that failed last; null: none
  public record Waits(
      int attempts,
      @Nullable Instant dueAt,
      @Nullable String handler,
      @Nullable String code,
      @Nullable String reason,
      Instant since) {}
}

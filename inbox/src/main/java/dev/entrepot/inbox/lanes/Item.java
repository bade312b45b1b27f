package dev.entrepot.inbox.lanes;

import dev.entrepot.inbox.handling.DueEvent;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An event of a reading on its way through one round.
///
/// @param due as handlers get it; null: it cannot be read, or not now
/// @param unreadable why it cannot be read; null: it can
/// @param paused why it must wait whatever it says; null: it need not
record Item(
    KeptEvent event,
    @Nullable WaitingEvent waiting,
    AfterDeadLetter afterDeadLetter,
    @Nullable DueEvent due,
    @Nullable Trouble unreadable,
    @Nullable Trouble paused) {

  String hold() {
    return event.hold();
  }

  /// How often it was tried before.
  int attempts() {
    return waiting == null ? 0 : waiting.attempts();
  }

  /// What handlers have done with it in earlier rounds.
  Map<String, Character> done() {
    return waiting == null ? Map.of() : waiting.done();
  }

  boolean reaches(String handler) {
    return waiting == null || waiting.replay() == null || waiting.replay().reaches(handler);
  }

  static @Nullable UUID replayOf(@Nullable WaitingEvent waiting) {
    return waiting == null || waiting.replay() == null ? null : waiting.replay().replay();
  }
}

package dev.entrepot.inbox.lanes;

import dev.entrepot.model.Outcome;
import java.time.Duration;
import java.util.Map;

/// What becomes of an item in this round.
sealed interface Fate {

  /// Every handler is done with it.
  record Done(Map<String, Character> codes) implements Fate {
    Outcome outcome() {
      if (codes.containsValue(HandlerCode.WRITTEN)) {
        return Outcome.WRITTEN;
      }
      return codes.containsValue(HandlerCode.UNCHANGED) ? Outcome.UNCHANGED : Outcome.SKIPPED;
    }
  }

  /// It failed and is tried again.
  record Waits(Trouble trouble, int attempts, Duration delay, Map<String, Character> codes)
      implements Fate {}

  /// One before it waits.
  record Behind() implements Fate {}

  /// It becomes a dead letter.
  record Dead(Trouble trouble, int attempts, boolean park, Map<String, Character> codes)
      implements Fate {}
}

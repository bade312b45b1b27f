package dev.entrepot.inbox.lanes;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A dead letter of the simulated store.
record SimLetter(
    long id,
    KeptEvent event,
    @Nullable ReplayPlace replay,
    int attempts,
    Map<String, Character> codes,
    State state) {
  enum State {
    OPEN,
    RETRYING,
    RESOLVED,
    SKIPPED
  }

  /// What handlers have done with it; these are not called again.
  Map<String, Character> finished() {
    Map<String, Character> finished = new TreeMap<>(codes);
    finished.values().removeIf(code -> !HandlerCode.done(code));
    return finished;
  }

  SimLetter in(State next) {
    return new SimLetter(id, event, replay, attempts, codes, next);
  }
}

package dev.entrepot.inbox.lanes;

import java.util.Map;
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

  SimLetter in(State next) {
    return new SimLetter(id, event, replay, attempts, codes, next);
  }
}

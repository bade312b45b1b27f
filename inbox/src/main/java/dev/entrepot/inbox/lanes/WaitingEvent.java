package dev.entrepot.inbox.lanes;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An event that waits, whose turn it is now.
///
/// @param id of its row
/// @param edited whether an operator changed its body
/// @param attempts how often it was tried
/// @param done what handlers have done with it already, by their names; they are not called again
/// @param replay the replay it belongs to; null: it waits for the first time
/// @param letter the dead letter that is being retried; null: none
record WaitingEvent(
    long id,
    KeptEvent event,
    boolean edited,
    int attempts,
    Map<String, Character> done,
    @Nullable ReplayPlace replay,
    @Nullable Long letter) {
  WaitingEvent {
    done = Map.copyOf(done);
  }
}

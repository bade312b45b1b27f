package dev.entrepot.inbox.lanes;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A waiting event of the simulated store.
///
/// @param due by the virtual clock; null: behind another one, or parked
record SimRow(
    long id,
    KeptEvent event,
    int attempts,
    @Nullable Long due,
    Map<String, Character> done,
    @Nullable ReplayPlace replay,
    @Nullable Long letter) {

  SimRow due(@Nullable Long at) {
    return new SimRow(id, event, attempts, at, done, replay, letter);
  }

  WaitingEvent waiting() {
    return new WaitingEvent(id, event, false, attempts, done, replay, letter);
  }
}

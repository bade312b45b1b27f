package dev.entrepot.inbox.lanes;

import dev.entrepot.spi.event.Body;
import dev.entrepot.spi.event.Headers;
import dev.entrepot.spi.event.Identity;
import dev.entrepot.spi.event.Message;
import java.time.Instant;

/// An event of the simulated log; its body says what will go wrong with it.
final class SimEvent {
  enum State {
    OPEN,
    COMMITTED,
    ABORTED
  }

  private final KeptEvent kept;
  private State state = State.OPEN;

  /// @param trouble see [SimTrouble]
  SimEvent(long position, int lane, String connection, String key, String trouble) {
    Identity identity = new Identity("id-" + position, "test/topic", key, null);
    this.kept =
        new KeptEvent(
            position,
            lane,
            connection,
            new Message(identity, Headers.NONE, Body.of(trouble), Instant.EPOCH));
  }

  KeptEvent kept() {
    return kept;
  }

  long position() {
    return kept.position();
  }

  State state() {
    return state;
  }

  void become(State next) {
    state = next;
  }
}

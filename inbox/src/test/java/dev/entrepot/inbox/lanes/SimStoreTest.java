package dev.entrepot.inbox.lanes;

import dev.entrepot.model.Outcome;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The simulated store does what the real one does.
class SimStoreTest extends LaneStoreContract {
  private final SimStore store = new SimStore(Sabotage.NONE, _ -> {});
  private long position;

  @Override
  LaneStore store() {
    return store;
  }

  @Override
  NodeStore nodes() {
    return store;
  }

  @Override
  SimTrouble.Effects effects() {
    return SimTrouble::simulated;
  }

  @Override
  long append(String connection, String key, String trouble) {
    SimEvent event = event(connection, key, trouble);
    event.become(SimEvent.State.COMMITTED);
    return event.position();
  }

  private SimEvent event(String connection, String key, String trouble) {
    int lane = Math.floorMod(key.hashCode(), SimStore.LANES);
    SimEvent event = new SimEvent(++position, lane, connection, key, trouble);
    store.tables().log().add(event);
    return event;
  }

  @Override
  Late appendLate(String connection, String key) {
    SimEvent event = event(connection, key, "fine");
    return new Late() {
      @Override
      public long position() {
        return event.position();
      }

      @Override
      public void commit() {
        event.become(SimEvent.State.COMMITTED);
      }
    };
  }

  @Override
  void makeDue() {
    store.tables().waiting().replaceAll((_, row) -> row.due() == null ? row : row.due(0L));
  }

  @Override
  void expireLeases() {
    store.advance(Duration.ofHours(1));
  }

  @Override
  void interfere() {
    for (int lane = 0; lane < SimStore.LANES; lane++) {
      store.tables().touch(lane);
    }
  }

  @Override
  void release(String key) {
    store.tables().parked().remove(key);
    interfere();
    store.tables().settle(key, store.now());
  }

  @Override
  Optional<Outcome> outcome(long of) {
    return Optional.ofNullable(store.tables().outcomes().get(of));
  }

  @Override
  List<String> done() {
    return store.tables().effects().stream()
        .map(effect -> effect.handler() + " " + effect.position())
        .toList();
  }

  @Override
  List<Long> waiting(String key) {
    return store.tables().waiting().values().stream()
        .filter(row -> row.event().key().equals(key))
        .map(row -> row.event().position())
        .sorted(Comparator.naturalOrder())
        .toList();
  }

  @Override
  long openLetters() {
    return store.tables().letters().size();
  }

  @Override
  String books() {
    long[] all = new long[6];
    for (long[] sums : store.tables().books().values()) {
      for (int i = 0; i < all.length; i++) {
        all[i] += sums[i];
      }
    }
    return "received %d, written %d, unchanged %d, rejected %d, skipped %d, pending %d"
        .formatted(all[0], all[1], all[2], all[3], all[4], all[5]);
  }
}

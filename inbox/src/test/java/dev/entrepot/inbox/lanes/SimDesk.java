package dev.entrepot.inbox.lanes;

import dev.entrepot.model.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/// What operators do, in the simulated store: each act one transaction that moves the revision of
/// the lanes it touches.
final class SimDesk {
  private final SimStore store;
  private final SimTables tables;
  private final Random random;

  SimDesk(SimStore store, Random random) {
    this.store = store;
    this.tables = store.tables();
    this.random = random;
  }

  void act() {
    switch (random.nextInt(5)) {
      case 0 -> anyLetter(this::retry);
      case 1 -> anyLetter(this::skip);
      case 2 -> anyEvent(this::park);
      case 3 -> anyEvent(this::release);
      default -> anyEvent(this::replay);
    }
  }

  private void anyLetter(java.util.function.Consumer<SimLetter> act) {
    List<SimLetter> open =
        tables.letters().values().stream()
            .filter(letter -> letter.state() == SimLetter.State.OPEN)
            .filter(letter -> !store.locked(letter.event().lane()))
            .toList();
    if (!open.isEmpty()) {
      act.accept(open.get(random.nextInt(open.size())));
    }
  }

  private void anyEvent(java.util.function.Consumer<KeptEvent> act) {
    List<KeptEvent> known =
        tables.log().stream()
            .map(SimEvent::kept)
            .filter(event -> tables.outcomes().containsKey(event.position()))
            .filter(event -> !store.locked(event.lane()))
            .toList();
    if (!known.isEmpty()) {
      act.accept(known.get(random.nextInt(known.size())));
    }
  }

  private void retry(SimLetter letter) {
    move(letter, Outcome.PENDING);
    tables.letters().put(letter.id(), letter.in(SimLetter.State.RETRYING));
    tables.retried().add(letter.event().position());
    tables.add(
        new SimRow(
            tables.nextNumber(),
            letter.event(),
            letter.attempts(),
            null,
            letter.finished(),
            letter.replay(),
            letter.id()));
    unpark(letter);
  }

  private void skip(SimLetter letter) {
    move(letter, Outcome.SKIPPED);
    tables.letters().put(letter.id(), letter.in(SimLetter.State.SKIPPED));
    unpark(letter);
  }

  private void move(SimLetter letter, Outcome to) {
    KeptEvent event = letter.event();
    tables.decide(event, letter.replay(), Outcome.REJECTED, to);
    if (letter.replay() == null) {
      BooksMove.Sum sum = new BooksMove.Sum();
      sum.move(
          new BooksMove.Place(Slices.of(event.position()), event.connection(), event.lane()),
          Outcome.REJECTED,
          to);
      tables.enter(sum);
    }
  }

  private void unpark(SimLetter letter) {
    tables.parked().remove(letter.event().key(), letter.id());
    tables.touch(letter.event().lane());
    tables.settle(letter.event().key(), store.now());
  }

  private void park(KeptEvent event) {
    tables.parked().putIfAbsent(event.key(), 0L);
    tables.touch(event.lane());
    tables.settle(event.key(), store.now());
  }

  void release(KeptEvent event) {
    tables.parked().remove(event.key());
    tables.touch(event.lane());
    tables.settle(event.key(), store.now());
  }

  private void replay(KeptEvent of) {
    UUID id = new UUID(random.nextLong(), random.nextLong());
    Map<Long, Outcome> outcomes = new TreeMap<>();
    tables.replays().put(id, outcomes);
    for (SimEvent event : tables.log()) {
      if (event.kept().key().equals(of.key()) && tables.outcomes().containsKey(event.position())) {
        outcomes.put(event.position(), Outcome.PENDING);
        tables.add(
            new SimRow(
                tables.nextNumber(),
                event.kept(),
                0,
                null,
                Map.of(),
                new ReplayPlace(id, outcomes.size(), Set.of()),
                null));
      }
    }
    tables.touch(of.lane());
    tables.settle(of.key(), store.now());
  }
}

package dev.entrepot.inbox.lanes;

import dev.entrepot.model.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Looks at what the simulated store holds after everything was handed on.
final class Oracle {
  private static final List<String> HANDLERS = List.of("first", "second");

  private final SimTables tables;
  private final List<String> wrong = new ArrayList<>();

  Oracle(SimTables tables) {
    this.tables = tables;
  }

  List<String> look() {
    wrong.addAll(tables.violations());
    nothingLost();
    onceAndAsTheOutcomeSays();
    inOrder();
    replaysAreWhole();
    booksBalance();
    lettersAreRejections();
    return wrong;
  }

  private void nothingLost() {
    for (SimEvent event : tables.log()) {
      Outcome outcome = tables.outcomes().get(event.position());
      switch (event.state()) {
        case COMMITTED -> {
          if (outcome == null || outcome == Outcome.PENDING) {
            wrong.add("event " + event.position() + " is " + outcome);
          }
        }
        case ABORTED, OPEN -> {
          if (outcome != null) {
            wrong.add("event " + event.position() + " never was, and is " + outcome);
          }
        }
      }
    }
    tables
        .waiting()
        .values()
        .forEach(row -> wrong.add("event " + row.event().position() + " still waits"));
  }

  private void onceAndAsTheOutcomeSays() {
    Map<String, Long> counts = counts(effect -> effect.replay() == null);
    // A replay that resolved an event's dead letter did what was left to do.
    Map<String, Long> byReplays =
        counts(effect ->
            effect.replay() != null
                && effect.replay().equals(tables.cured().get(effect.position())));
    for (Map.Entry<Long, Outcome> entry : tables.outcomes().entrySet()) {
      Map<String, Character> codes = tables.codes().getOrDefault(entry.getKey(), Map.of());
      for (String handler : HANDLERS) {
        boolean written = Objects.equals(codes.get(handler), HandlerCode.WRITTEN);
        String name = handler + " on " + entry.getKey();
        long count = Objects.requireNonNullElse(counts.remove(name), 0L);
        boolean byReplay = byReplays.containsKey(name);
        if (byReplay ? count > 1 || !written : count != (written ? 1 : 0)) {
          wrong.add(name + " is " + codes.get(handler) + ", and was done " + count + " times");
        }
        if (entry.getValue() == Outcome.WRITTEN && !written) {
          wrong.add(name + " is missing though the event is written");
        }
      }
    }
    counts.forEach((name, count) -> wrong.add(name + " was done without an outcome"));
  }

  private Map<String, Long> counts(Predicate<SimTransaction.Effect> counted) {
    return tables.effects().stream()
        .filter(counted)
        .collect(
            Collectors.groupingBy(
                effect -> effect.handler() + " on " + effect.position(), Collectors.counting()));
  }

  private void inOrder() {
    Map<String, Long> last = new HashMap<>();
    for (SimTransaction.Effect effect : tables.effects()) {
      if (effect.replay() == null && !tables.retried().contains(effect.position())) {
        Long before = last.put(effect.handler() + effect.key(), effect.position());
        if (before != null && before >= effect.position()) {
          wrong.add(
              "%s did %d of key %s after %d"
                  .formatted(effect.handler(), effect.position(), effect.key(), before));
        }
      }
    }
  }

  private void replaysAreWhole() {
    tables
        .replays()
        .forEach((replay, outcomes) ->
            outcomes.forEach((position, outcome) -> {
              long effects =
                  tables.effects().stream()
                      .filter(effect -> replay.equals(effect.replay()))
                      .filter(effect -> effect.position() == position)
                      .map(SimTransaction.Effect::handler)
                      .distinct()
                      .count();
              long all =
                  tables.effects().stream()
                      .filter(effect -> replay.equals(effect.replay()))
                      .filter(effect -> effect.position() == position)
                      .count();
              if (outcome == Outcome.PENDING
                  || effects != all
                  || (outcome == Outcome.WRITTEN
                      && all != HANDLERS.size()
                      && !tables.isCured(replay, position))) {
                wrong.add(
                    "event %d of a replay is %s after %d effects"
                        .formatted(position, outcome, all));
              }
            }));
  }

  private void booksBalance() {
    Map<BooksMove.Place, List<Long>> recount = new TreeMap<>();
    for (SimEvent event : tables.log()) {
      Outcome outcome = tables.outcomes().get(event.position());
      if (outcome != null) {
        BooksMove.Sum sum = new BooksMove.Sum();
        KeptEvent kept = event.kept();
        sum.enter(
            new BooksMove.Place(Slices.of(kept.position()), kept.connection(), kept.lane()),
            outcome);
        BooksMove move = sum.moves().getFirst();
        recount.merge(move.place(), figures(move), Oracle::plus);
      }
    }
    Map<BooksMove.Place, List<Long>> books = new TreeMap<>();
    tables
        .books()
        .forEach((place, sums) -> books.put(place, java.util.Arrays.stream(sums).boxed().toList()));
    if (!recount.equals(books)) {
      wrong.add("the books say " + books + ", the outcomes " + recount);
    }
  }

  private static List<Long> figures(BooksMove move) {
    return List.of(
        move.received(),
        move.written(),
        move.unchanged(),
        move.rejected(),
        move.skipped(),
        move.pending());
  }

  private static List<Long> plus(List<Long> one, List<Long> other) {
    List<Long> sum = new ArrayList<>();
    for (int i = 0; i < one.size(); i++) {
      sum.add(one.get(i) + other.get(i));
    }
    return sum;
  }

  private void lettersAreRejections() {
    Set<Long> letters =
        tables.letters().values().stream()
            .filter(letter -> letter.replay() == null && letter.state() == SimLetter.State.OPEN)
            .map(letter -> letter.event().position())
            .collect(Collectors.toCollection(TreeSet::new));
    Set<Long> rejected =
        tables.outcomes().entrySet().stream()
            .filter(entry -> entry.getValue() == Outcome.REJECTED)
            .map(Map.Entry::getKey)
            .collect(Collectors.toCollection(TreeSet::new));
    if (!letters.equals(rejected)) {
      wrong.add("dead letters " + letters + ", rejected " + rejected);
    }
  }
}

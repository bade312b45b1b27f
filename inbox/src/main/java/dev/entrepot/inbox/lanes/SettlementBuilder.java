package dev.entrepot.inbox.lanes;

import dev.entrepot.inbox.handling.DueEvent;
import dev.entrepot.inbox.handling.EventHandler;
import dev.entrepot.model.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Adds the fates of items up to a settlement.
final class SettlementBuilder {
  private record ChunkPlace(int lane, long slice) {}

  private record Entry(long position, Outcome outcome, Map<String, Character> codes) {}

  private final List<String> handlers;
  private final Map<ChunkPlace, List<Entry>> entries = new LinkedHashMap<>();
  private final List<Settlement.Joined> joined = new ArrayList<>();
  private final List<Settlement.Left> left = new ArrayList<>();
  private final List<Settlement.Again> again = new ArrayList<>();
  private final List<Settlement.Dead> dead = new ArrayList<>();
  private final List<Settlement.Named> named = new ArrayList<>();
  private final BooksMove.Sum books = new BooksMove.Sum();

  SettlementBuilder(List<EventHandler> handlers) {
    this.handlers = handlers.stream().map(EventHandler::name).toList();
  }

  void add(Item item, Fate fate) {
    WaitingEvent waiting = item.waiting();
    if (waiting != null && waiting.edited() && !(fate instanceof Fate.Behind)) {
      name(item);
    }
    switch (fate) {
      case Fate.Done done -> {
        if (waiting == null) {
          enter(item, done.outcome(), done.codes());
        } else {
          left.add(new Settlement.Left(waiting, done.outcome(), done.codes()));
          move(waiting, done.outcome());
        }
      }
      case Fate.Waits waits -> {
        Map<String, Character> finished = finished(waits.codes());
        if (waiting == null) {
          enter(item, Outcome.PENDING, waits.codes());
          joined.add(
              new Settlement.Joined(
                  item.event(), waits.attempts(), waits.delay(), waits.trouble(), finished));
        } else {
          again.add(
              new Settlement.Again(
                  waiting, waits.attempts(), waits.delay(), waits.trouble(), finished));
        }
      }
      case Fate.Behind _ -> {
        if (waiting == null) {
          enter(item, Outcome.PENDING, Map.of());
          joined.add(new Settlement.Joined(item.event(), 0, null, null, Map.of()));
        }
      }
      case Fate.Dead end -> bury(item, waiting, end);
    }
  }

  /// What a person made of it may be about something else than what came.
  private void name(Item item) {
    DueEvent due = item.due();
    if (due != null) {
      named.add(new Settlement.Named(item.event(), due.topic(), due.key()));
    }
  }

  private void bury(Item item, @Nullable WaitingEvent waiting, Fate.Dead end) {
    if (waiting == null) {
      enter(item, Outcome.REJECTED, end.codes());
    } else {
      move(waiting, Outcome.REJECTED);
    }
    dead.add(
        new Settlement.Dead(
            item.event(), waiting, end.trouble(), end.attempts(), end.park(), end.codes()));
  }

  Settlement build() {
    List<Settlement.Chunk> chunks = new ArrayList<>();
    entries.forEach((place, list) -> chunks.add(chunk(place, list)));
    return new Settlement(chunks, joined, left, again, dead, named, books.moves());
  }

  private Settlement.Chunk chunk(ChunkPlace place, List<Entry> list) {
    StringBuilder outcomes = new StringBuilder(list.size());
    list.forEach(entry -> outcomes.append(entry.outcome().code()));
    Map<String, String> vectors = new TreeMap<>();
    for (String handler : handlers) {
      StringBuilder vector = new StringBuilder(list.size());
      list.forEach(entry -> vector.append(code(entry, handler)));
      vectors.put(handler, vector.toString());
    }
    return new Settlement.Chunk(
        place.slice(),
        place.lane(),
        list.stream().map(Entry::position).toList(),
        outcomes.toString(),
        vectors);
  }

  private static char code(Entry entry, String handler) {
    char unnamed =
        entry.outcome() == Outcome.PENDING || entry.outcome() == Outcome.REJECTED
            ? HandlerCode.PENDING
            : HandlerCode.NOT_WANTED;
    return entry.codes().getOrDefault(handler, unnamed);
  }

  private void enter(Item item, Outcome outcome, Map<String, Character> codes) {
    KeptEvent event = item.event();
    long slice = Slices.of(event.position());
    entries
        .computeIfAbsent(new ChunkPlace(event.lane(), slice), _ -> new ArrayList<>())
        .add(new Entry(event.position(), outcome, codes));
    books.enter(new BooksMove.Place(slice, event.connection(), event.lane()), outcome);
  }

  /// Replays have books of their own; of what is gone the store knows whether it is booked.
  private void move(WaitingEvent waiting, Outcome outcome) {
    if (waiting.replay() == null && !waiting.event().isGone()) {
      KeptEvent event = waiting.event();
      books.move(
          new BooksMove.Place(Slices.of(event.position()), event.connection(), event.lane()),
          Outcome.PENDING,
          outcome);
    }
  }

  private static Map<String, Character> finished(Map<String, Character> codes) {
    return codes.entrySet().stream()
        .filter(entry -> HandlerCode.done(entry.getValue()))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}

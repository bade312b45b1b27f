package dev.entrepot.console.pages.inbox;

import dev.entrepot.console.pages.shell.Words;
import dev.entrepot.console.view.Cell;
import dev.entrepot.console.view.Column;
import dev.entrepot.console.view.Empty;
import dev.entrepot.console.view.TableView;
import dev.entrepot.inbox.lanes.Arrival;
import dev.entrepot.inbox.lanes.DeadEvent;
import dev.entrepot.inbox.lanes.EventState;
import dev.entrepot.inbox.log.EventHead;
import dev.entrepot.inbox.log.HandedAs;
import dev.entrepot.inbox.log.Positions;
import dev.entrepot.inbox.log.Purpose;
import dev.entrepot.inbox.log.Repeat;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Events and repeated deliveries, one row each.
final class ArrivalTable {
  private static final List<Column> COLUMNS =
      List.of(
          Column.text("Received, age"),
          Column.title("Event"),
          Column.text("Source, verified"),
          Column.text("Key, sender's id"),
          Column.text("State, duplicate of"),
          Column.number("Attempts"));

  private ArrivalTable() {}

  /// @param letters finds dead letters by their numbers
  static TableView of(
      String id,
      List<Arrival> arrivals,
      Function<Collection<Long>, Map<Long, DeadEvent>> letters,
      Empty empty) {
    Map<Long, DeadEvent> found =
        letters.apply(
            arrivals.stream()
                .flatMap(arrival ->
                    switch (arrival) {
                      case Arrival.Kept(EventState state) -> Stream.ofNullable(state.letter());
                      case Arrival.Repeated _ -> Stream.<Long>empty();
                    })
                .toList());
    return TableView.of(
        id,
        "Events and repeated deliveries, newest first",
        COLUMNS,
        arrivals.stream()
            .map(arrival ->
                switch (arrival) {
                  case Arrival.Kept(EventState state) -> row(state, found);
                  case Arrival.Repeated(Repeat repeat) -> row(repeat);
                })
            .toList(),
        empty);
  }

  private static TableView.Row row(EventState state, Map<Long, DeadEvent> letters) {
    EventHead event = state.event();
    return TableView.Row.of(
        Positions.text(event.position()),
        received(event.receivedAt()),
        Cell.link(event.identity().topic(), page(event.position()), note(state)),
        source(event.connection(), event),
        thing(event),
        new Cell.State(InboxWords.state(state.state())),
        some(failed(state, letters)));
  }

  private static TableView.Row row(Repeat repeat) {
    EventHead kept = repeat.kept();
    String position = Positions.text(repeat.position());
    String first = Positions.text(repeat.first());
    return TableView.Row.of(
        position,
        received(repeat.receivedAt()),
        kept == null
            ? Cell.text(position)
            : Cell.link(kept.identity().topic(), page(repeat.first()), position),
        source(repeat.connection(), kept),
        kept == null ? Cell.text(null) : thing(kept),
        new Cell.Stack(
            new Cell.State(InboxWords.duplicate()),
            kept == null
                ? Cell.text("of " + first)
                : Cell.link("of " + first, page(repeat.first()))),
        Cell.text(null));
  }

  private static Cell received(Instant at) {
    return new Cell.Stack(Cell.time(at), Cell.ago(at));
  }

  private static Cell source(String connection, @Nullable EventHead event) {
    return event == null
        ? Cell.text(connection)
        : new Cell.Stack(Cell.text(connection), Cell.text(InboxWords.verified(event)));
  }

  /// As it was mended last, else as it came.
  private static Cell thing(EventHead event) {
    HandedAs as = event.handedAs();
    return new Cell.Stack(
        Cell.key(as == null ? event.identity().key() : as.key()),
        Cell.code(event.identity().externalId()));
  }

  private static String page(long position) {
    return "/inbox/events/" + Positions.text(position);
  }

  /// Its place, and what is not usual.
  private static String note(EventState state) {
    EventHead event = state.event();
    return Stream.of(
            Positions.text(event.position()),
            event.purpose() == Purpose.TEST ? "test" : "",
            state.duplicates() == 0 ? "" : Words.count(state.duplicates(), "duplicate"))
        .filter(word -> !word.isEmpty())
        .collect(Collectors.joining(", "));
  }

  /// How often handing it on failed.
  private static long failed(EventState state, Map<Long, DeadEvent> letters) {
    DeadEvent letter = state.letter() == null ? null : letters.get(state.letter());
    if (letter != null) {
      return letter.attempts();
    }
    return state.waits() == null ? 0 : state.waits().attempts();
  }

  /// What is usual is not said.
  private static Cell some(long count) {
    return count == 0 ? Cell.text(null) : Cell.count(count);
  }
}

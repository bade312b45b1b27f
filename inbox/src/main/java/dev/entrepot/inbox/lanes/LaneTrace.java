package dev.entrepot.inbox.lanes;

import dev.entrepot.inbox.log.EventFilter;
import dev.entrepot.inbox.log.Positions;
import dev.entrepot.ledger.TraceSource;
import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/// The story of a key's events: received, delivered again, handled, waiting, dead letters, replays.
public final class LaneTrace implements TraceSource {
  private static final int MOST = 200;

  private static final Sql DUPLICATES =
      Sql.of(
          """
          select first, connection, received_at from inbox_duplicate
          where first = any(?::bigint[]) order by received_at limit ?
          """);

  private static final Sql LETTERS =
      Sql.of(
          """
          select *, body is not null as edited from inbox_dead_letter where key = ?
          order by id desc limit ?
          """);

  private final EventStates states;

  public LaneTrace(EventStates states) {
    this.states = states;
  }

  @Override
  public List<Step> trace(Connection connection, String key) {
    List<EventState> events = states.list(EventFilter.ofKey(key), null, MOST).items();
    List<Step> steps = new ArrayList<>();
    events.forEach(event -> tell(event, steps));
    DUPLICATES
        .with(Outcomes.longs(events, event -> event.event().position()), MOST)
        .list(
            connection,
            row ->
                new Step(
                    row.instant("received_at"),
                    "delivered again",
                    subject(row.int8("first")),
                    null,
                    null,
                    "by " + row.text("connection") + "; not handed on again"))
        .forEach(steps::add);
    LETTERS.with(key, MOST).list(connection, DeadEvent::of).forEach(letter -> tell(letter, steps));
    return steps;
  }

  private static String subject(long position) {
    return "event/" + Positions.text(position);
  }

  private static void tell(EventState state, List<Step> steps) {
    String subject = subject(state.event().position());
    steps.add(
        new Step(
            state.event().receivedAt(),
            "received",
            subject,
            null,
            null,
            "%s by %s, id %s"
                .formatted(
                    state.event().identity().topic(),
                    state.event().connection(),
                    state.event().identity().externalId())));
    if (state.settledAt() != null) {
      String detail = handlers(state);
      EventState.Waits waits = state.waits();
      if (waits != null && waits.code() != null) {
        detail += "; %s: %s".formatted(waits.code(), waits.reason());
      }
      steps.add(
          new Step(
              state.settledAt(),
              state.state().name().toLowerCase(Locale.ROOT),
              subject,
              null,
              null,
              detail));
    }
  }

  private static String handlers(EventState state) {
    List<String> words = new ArrayList<>();
    new TreeMap<>(state.handlers())
        .forEach((handler, code) -> {
          // Of a rejected one, those that were never called have nothing to tell.
          boolean told = state.state() != EventState.State.REJECTED || code != HandlerCode.PENDING;
          if (told && code != HandlerCode.NOT_WANTED) {
            words.add(handler + " " + HandlerCode.words(code));
          }
        });
    if (words.isEmpty()) {
      return state.state() == EventState.State.REJECTED
          ? "handed to nobody"
          : "no handler wanted it";
    }
    return String.join(", ", words);
  }

  private static void tell(DeadEvent letter, List<Step> steps) {
    String subject = "event dead letter/" + letter.id();
    String of = letter.handler() + ", " + letter.code() + ": " + letter.reason();
    steps.add(new Step(letter.diedAt(), "given up", subject, letter.replay(), null, of));
    if (letter.at() != null) {
      String by = letter.by() == null ? "" : "by " + letter.by();
      steps.add(
          new Step(
              letter.at(),
              letter.state() == DeadEvent.State.OPEN
                  ? "tried again"
                  : letter.state().name().toLowerCase(Locale.ROOT),
              subject,
              letter.replay(),
              null,
              letter.note() == null ? by : by + ": " + letter.note()));
    }
  }
}

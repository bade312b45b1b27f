package dev.entrepot.inbox.lanes;

import dev.entrepot.inbox.lanes.EventHistory.Entry;
import dev.entrepot.inbox.lanes.EventHistory.What;
import dev.entrepot.inbox.log.HandedAs;
import dev.entrepot.model.Actor;
import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Tells what happened to events, each step at its own time.
final class EventStory {
  private static final int MOST = 1_000;

  private static final Sql DUPLICATES =
      Sql.of(
          """
          select first, connection, received_at from inbox_duplicate
          where first = any(?::bigint[]) order by received_at limit ?
          """);

  private EventStory() {}

  /// All steps of some events, oldest first.
  static List<EventStep> of(Connection connection, List<EventState> events) {
    Long[] positions = Outcomes.longs(events, event -> event.event().position());
    Map<Long, List<Entry>> entries =
        EventHistory.of(connection, positions, MOST).stream()
            .collect(Collectors.groupingBy(Entry::position));
    List<EventStep> steps = new ArrayList<>();
    for (EventState event : events) {
      tell(event, entries.getOrDefault(event.event().position(), List.of()), steps);
    }
    steps.addAll(
        DUPLICATES
            .with(positions, MOST)
            .list(
                connection,
                row ->
                    new EventStep(
                        row.int8("first"),
                        row.instant("received_at"),
                        "delivered again",
                        null,
                        null,
                        "by " + row.text("connection") + "; not handed on again")));
    steps.sort(Comparator.comparing(EventStep::at));
    return List.copyOf(steps);
  }

  private static void tell(EventState state, List<Entry> entries, List<EventStep> steps) {
    long position = state.event().position();
    steps.add(
        new EventStep(
            position,
            state.event().receivedAt(),
            "received",
            null,
            null,
            "%s by %s, id %s"
                .formatted(
                    state.event().identity().topic(),
                    state.event().connection(),
                    state.event().identity().externalId())));
    List<Entry> own = entries.stream().filter(entry -> entry.replay() == null).toList();
    own.stream().filter(entry -> entry.since() != null).forEach(entry -> steps.add(waited(entry)));
    if (own.isEmpty() && state.settledAt() != null) {
      steps.add(
          new EventStep(
              position, state.settledAt(), word(state), null, null, handlers(state.handlers())));
    }
    int mended = entries.stream().map(Entry::what).toList().lastIndexOf(What.EDITED);
    for (int i = 0; i < entries.size(); i++) {
      steps.add(step(entries.get(i), i == mended ? state.event().handedAs() : null));
    }
    EventState.Waits waits = state.waits();
    if (waits != null) {
      steps.add(new EventStep(position, waits.since(), word(state), null, null, why(waits)));
    }
  }

  private static EventStep waited(Entry entry) {
    return new EventStep(
        entry.position(),
        java.util.Objects.requireNonNull(entry.since()),
        "waiting",
        null,
        null,
        "it could not be handed on yet");
  }

  private static EventStep step(Entry entry, @Nullable HandedAs as) {
    String named = as == null ? "" : "; handed on as %s, key %s".formatted(as.topic(), as.key());
    return new EventStep(
        entry.position(),
        entry.at(),
        what(entry),
        entry.replay(),
        entry.letter(),
        detail(entry) + named);
  }

  private static String what(Entry entry) {
    return switch (entry.what()) {
      case HANDLED ->
          entry.outcome() == null ? "handled" : entry.outcome().name().toLowerCase(Locale.ROOT);
      case RETRIED -> "tried again";
      case EDITED -> "mended";
      case GIVEN_UP, SKIPPED, RELEASED, REPLAYED -> entry.what().word().replace('-', ' ');
    };
  }

  private static String detail(Entry entry) {
    List<String> words = new ArrayList<>();
    if (entry.what() == What.HANDLED && entry.outcome() != null) {
      words.add(handlers(entry.handlers()));
    }
    if (entry.code() != null) {
      words.add(entry.handler() + ", " + entry.code() + ": " + entry.reason());
    }
    if (entry.attempts() > 1) {
      words.add("after " + entry.attempts() + " attempts");
    }
    if (entry.by() != null) {
      words.add("by " + Actor.inWords(entry.by()));
    }
    if (entry.note() != null) {
      words.add(entry.note());
    }
    if (entry.letter() != null) {
      words.add(
          "dead letter " + entry.letter() + (entry.what() == What.HANDLED ? " is resolved" : ""));
    }
    return String.join("; ", words);
  }

  private static String word(EventState state) {
    return state.state().name().toLowerCase(Locale.ROOT);
  }

  private static String why(EventState.Waits waits) {
    @Nullable String code = waits.code();
    String trouble = code == null ? "" : code + ": " + waits.reason();
    return waits.attempts() == 0
        ? trouble
        : trouble
            + (waits.attempts() == 1
                ? "; tried once"
                : "; tried %d times".formatted(waits.attempts()));
  }

  /// What each handler did that wanted it.
  static String handlers(Map<String, Character> handlers) {
    List<String> words = new ArrayList<>();
    new TreeMap<>(handlers)
        .forEach((handler, code) -> {
          if (code != HandlerCode.NOT_WANTED && code != HandlerCode.PENDING) {
            words.add(handler + " " + HandlerCode.words(code));
          }
        });
    return words.isEmpty() ? "no handler wanted it" : String.join(", ", words);
  }
}

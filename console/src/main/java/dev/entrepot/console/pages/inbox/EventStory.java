package dev.entrepot.console.pages.inbox;

import dev.entrepot.console.pages.shell.Addresses;
import dev.entrepot.console.pages.shell.Words;
import dev.entrepot.console.view.Icon;
import dev.entrepot.console.view.Moment;
import dev.entrepot.console.view.Part;
import dev.entrepot.console.view.Tone;
import dev.entrepot.inbox.Inbox;
import dev.entrepot.inbox.lanes.DeadEvent;
import dev.entrepot.inbox.lanes.DeadLetterDesk;
import dev.entrepot.inbox.lanes.EventState;
import dev.entrepot.inbox.log.Positions;
import dev.entrepot.inbox.log.Repeat;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What happened to an event, in the order of time.
final class EventStory {
  private static final int MOST_REPEATS = 20;

  private EventStory() {}

  /// The first times that an event was delivered again.
  static List<Repeat> repeats(Inbox inbox, EventState state) {
    return state.duplicates() == 0
        ? List.of()
        : inbox.events().repeatsOf(state.event().position(), MOST_REPEATS);
  }

  /// @param letter null: it has none
  /// @param edits of the dead letter's body
  /// @param repeats see [#repeats]
  static Part panel(
      EventState state,
      @Nullable DeadEvent letter,
      List<DeadLetterDesk.Edit> edits,
      List<Repeat> repeats) {
    return Part.panel(
        "story",
        "What happened",
        new Part.Story("What happened", of(state, Optional.ofNullable(letter), edits, repeats)));
  }

  private static List<Moment> of(
      EventState state,
      Optional<DeadEvent> letter,
      List<DeadLetterDesk.Edit> edits,
      List<Repeat> repeats) {
    List<Moment> story = new ArrayList<>();
    story.add(moment(state.event().receivedAt(), Tone.INFO, Icon.INBOX, "Received", null, null));
    letter.ifPresent(given -> {
      story.add(givenUp(given));
      for (DeadLetterDesk.Edit edit : edits) {
        String who = Words.actor(edit.by());
        story.add(moment(edit.at(), Tone.INFO, Icon.EDIT, "Body mended", who, null));
      }
      then(given).ifPresent(story::add);
    });
    EventState.Waits waits = state.waits();
    if (waits != null && letter.isEmpty()) {
      story.add(
          moment(
              waits.since(),
              Tone.WAIT,
              Icon.CLOCK,
              waits.attempts() == 0 ? "Waits" : "Failed, and is tried again",
              null,
              waits.attempts() == 0 ? null : Words.count(waits.attempts(), "attempt")));
    }
    outcome(state, letter).ifPresent(story::add);
    for (Repeat repeat : repeats) {
      story.add(
          moment(
              repeat.receivedAt(),
              Tone.QUIET,
              Icon.INBOX,
              "Delivered again",
              null,
              "As " + Positions.text(repeat.position()) + "; not kept, and not handed on again."));
    }
    if (state.duplicates() > repeats.size() && !repeats.isEmpty()) {
      story.add(more(state, repeats));
    }
    // What is told in order stays in it where clocks tell the same moment.
    story.sort(Comparator.comparing(Moment::at));
    return story;
  }

  private static Moment more(EventState state, List<Repeat> repeats) {
    return new Moment(
        repeats.getLast().receivedAt(),
        "And %s more".formatted(Words.count(state.duplicates() - repeats.size(), "time")),
        Tone.QUIET,
        Icon.INBOX,
        null,
        null,
        List.of(),
        Addresses.of(
            "/inbox",
            "what",
            "duplicates",
            "connection",
            state.event().connection(),
            "id",
            state.event().identity().externalId()));
  }

  private static Moment givenUp(DeadEvent letter) {
    return new Moment(
        letter.diedAt(),
        "Given up after " + Words.count(letter.attempts(), "attempt"),
        Tone.BAD,
        Icon.ERRORS,
        null,
        Words.of(letter.code()) + ": " + Words.sentence(letter.reason()),
        List.of(),
        "/inbox/dead-letters/" + letter.id());
  }

  /// What people did about it last.
  private static Optional<Moment> then(DeadEvent letter) {
    Instant at = letter.at();
    if (at == null) {
      return Optional.empty();
    }
    String who = letter.by() == null ? null : Words.actor(letter.by());
    return switch (letter.state()) {
      case OPEN, RESOLVED -> Optional.empty();
      case RETRYING ->
          Optional.of(moment(at, Tone.BUSY, Icon.RETRY, "Tried again", who, letter.note()));
      case SKIPPED ->
          Optional.of(moment(at, Tone.QUIET, Icon.SKIP, "Left out", who, letter.note()));
    };
  }

  private static Optional<Moment> outcome(EventState state, Optional<DeadEvent> letter) {
    Instant settled = state.settledAt();
    if (settled == null) {
      return Optional.empty();
    }
    Optional<DeadEvent> resolved =
        letter.filter(given -> given.state() == DeadEvent.State.RESOLVED);
    Instant worked = resolved.map(DeadEvent::at).orElse(settled);
    Instant at = worked.isAfter(settled) ? worked : settled;
    String text =
        resolved
            .map(DeadEvent::by)
            .map(by -> "Tried again by " + Words.actor(by) + ".")
            .orElse(null);
    return switch (state.state()) {
      case WRITTEN -> Optional.of(moment(at, Tone.GOOD, Icon.CHECK, "Written", null, text));
      case UNCHANGED ->
          Optional.of(moment(at, Tone.QUIET, Icon.CHECK, "Done, and nothing changed", null, text));
      case SKIPPED ->
          letter.isPresent()
              ? Optional.empty()
              : Optional.of(
                  moment(at, Tone.QUIET, Icon.SKIP, "Skipped: no handler wants it", null, null));
      case ACCEPTED, WAITING, BEHIND, PARKED, REJECTED, ERASED -> Optional.empty();
    };
  }

  private static Moment moment(
      Instant at, Tone tone, Icon icon, String title, @Nullable String by, @Nullable String text) {
    return new Moment(at, title, tone, icon, by, text, List.of(), null);
  }
}

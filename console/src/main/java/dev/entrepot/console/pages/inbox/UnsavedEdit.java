package dev.entrepot.console.pages.inbox;

import dev.entrepot.console.pages.shell.FormState;
import dev.entrepot.console.pages.shell.Refusal;
import dev.entrepot.console.pages.shell.Refusal.Attempt;
import dev.entrepot.console.pages.shell.Words;
import dev.entrepot.console.view.Line;
import dev.entrepot.console.view.Part;
import dev.entrepot.console.view.Tone;
import dev.entrepot.inbox.InboxException;
import dev.entrepot.inbox.lanes.DeadEvent;
import java.util.function.Supplier;

/// A mended body that could not be saved, for somebody was there first: it is kept on the page,
/// with what happened meanwhile and what to do about it.
final class UnsavedEdit {
  private static final int CONFLICT = 409;

  private UnsavedEdit() {}

  /// As [Refusal#attempt]; an event that was dropped meanwhile loses nobody's text, either.
  static <T> Attempt<T> attempt(Supplier<T> work) {
    try {
      return Refusal.attempt(work);
    } catch (InboxException e) {
      if (e.code() != InboxException.Code.NOT_FOUND) {
        throw e;
      }
      return new Attempt.Refused<>(
          new Refusal(CONFLICT, null, Words.sentence(String.valueOf(e.getMessage()))));
    }
  }

  /// Whether it can be tried to save it once more.
  static boolean savable(DeadEvent letter) {
    return switch (letter.state()) {
      case OPEN, RETRYING -> true;
      case RESOLVED, SKIPPED -> false;
    };
  }

  static Part message(FormState state, DeadEvent letter) {
    Refusal refusal = state.refusal();
    String next =
        switch (letter.state()) {
          case OPEN -> "Your text is kept below: save it again if it is right all the same.";
          case RETRYING ->
              "Your text is kept below. Should the attempt fail, save it then; should it succeed,"
                  + " nothing is left to mend.";
          case RESOLVED ->
              "Nothing is left to try again. Your text is kept below: if it says something else than"
                  + " what was handed on, have the sender send the event anew.";
          case SKIPPED ->
              "It is not tried again any more. Your text is kept below: copy what you still need.";
        };
    return new Part.Message(
        Tone.BAD,
        "Your text was not saved. " + (refusal == null ? "" : refusal.message() + " ") + next,
        null);
  }

  /// What was typed, to be copied.
  static Part text(FormState state) {
    return Part.panel(
            "unsaved", "Your text", new Part.Lines("Your text", Line.of(state.value("body")), true))
        .note("It was not saved: copy it.");
  }
}

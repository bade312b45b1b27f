package dev.entrepot.console.pages.inbox;

import dev.entrepot.console.pages.shell.Words;
import dev.entrepot.console.view.Figures;
import dev.entrepot.console.view.Flash;
import dev.entrepot.console.view.Tone;
import dev.entrepot.inbox.lanes.BulkDone;
import dev.entrepot.inbox.lanes.BulkOutcome;
import dev.entrepot.inbox.lanes.DeadLetterDesk;
import dev.entrepot.inbox.lanes.LetterAct;
import java.util.ArrayList;
import java.util.List;

/// Says what became of dead letters when a plan was carried out.
final class BulkReport {
  private BulkReport() {}

  /// Waits a little for what comes of them: usually it is known at once.
  static Flash awaited(DeadLetterDesk desk, BulkDone done) {
    return of(done.act(), done.letters().size(), desk.awaited(done.letters()));
  }

  static Flash of(LetterAct act, long letters, BulkOutcome outcome) {
    String events = Words.count(letters, "event");
    return switch (act) {
      case LetterAct.Skip _ -> new Flash(Tone.GOOD, events + " left out.");
      case LetterAct.Retry _ -> new Flash(tone(outcome), events + " tried again: " + told(outcome));
    };
  }

  private static Tone tone(BulkOutcome outcome) {
    if (outcome.open() > 0) {
      return Tone.BAD;
    }
    return outcome.retrying() > 0 ? Tone.WAIT : Tone.GOOD;
  }

  private static String told(BulkOutcome outcome) {
    List<String> parts = new ArrayList<>();
    parts.add(Figures.count(outcome.resolved()) + " resolved");
    if (outcome.open() > 0) {
      parts.add(Figures.count(outcome.open()) + " failed again");
    }
    if (outcome.retrying() > 0) {
      parts.add(Figures.count(outcome.retrying()) + " still being tried");
    }
    if (outcome.skipped() > 0) {
      parts.add(Figures.count(outcome.skipped()) + " left out meanwhile");
    }
    String next =
        outcome.retrying() > 0 ? ". Look at this list again for what comes of them." : ".";
    return String.join(", ", parts) + next;
  }
}

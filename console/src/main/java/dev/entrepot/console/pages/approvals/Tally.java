package dev.entrepot.console.pages.approvals;

import dev.entrepot.console.pages.shell.Read;
import dev.entrepot.console.pages.shell.Words;
import dev.entrepot.console.server.Form;
import dev.entrepot.console.view.Flash;
import dev.entrepot.console.view.FormView;
import dev.entrepot.console.view.Part;
import dev.entrepot.console.view.Tone;
import dev.entrepot.onboarding.uploads.Uploads.Decision;
import java.util.ArrayList;
import java.util.List;

/// What came of a decision so far. One on very many rows takes several requests; the form of each
/// carries what came of those before.
record Tally(long approved, long declined, long refused, long left) {

  static Tally of(Form form) {
    return new Tally(
        before(form, "approved"), before(form, "declined"), before(form, "refused"), 0);
  }

  private static long before(Form form, String name) {
    return Read.wholes(form, name).stream().mapToLong(Long::longValue).sum();
  }

  Tally plus(Decision decision) {
    return new Tally(
        approved + decision.approved(),
        declined + decision.declined(),
        refused + decision.refused(),
        decision.left());
  }

  Flash flash() {
    List<String> said = new ArrayList<>();
    if (approved > 0) {
      said.add(Words.count(approved, "row was approved", "rows were approved"));
    }
    if (declined > 0) {
      said.add(Words.count(declined, "row was declined", "rows were declined"));
    }
    if (refused > 0) {
      said.add(
          Words.count(refused, "row could", "rows could")
              + " no longer be applied, for a key was taken meanwhile");
    }
    if (left > 0) {
      said.add(Words.count(left, "row was", "rows were") + " not reached yet, decide once more");
    }
    String text = said.isEmpty() ? "No row waited any more." : String.join("; ", said) + ".";
    return new Flash(refused + left > 0 ? Tone.WARN : Tone.GOOD, text);
  }

  /// Says how far it is, and goes on with the rest.
  ///
  /// @param action where the form is posted
  /// @param deed what is decided on all rows that wait
  List<Part> goingOn(String action, String deed, String reason) {
    long done = approved + declined + refused;
    FormView form =
        FormView.of("going-on", action, "Go on")
            .hidden("deed", deed)
            .hidden("reason", reason)
            .hidden("approved", Long.toString(approved))
            .hidden("declined", Long.toString(declined))
            .hidden("refused", Long.toString(refused));
    return List.of(
        new Part.Message(
            Tone.INFO,
            Words.count(done, "row is decided", "rows are decided")
                + ", "
                + Words.count(left, "row is left", "rows are left")
                + ". It goes on by itself while this page is open; what is decided stands.",
            null),
        new Part.GoingOn(form));
  }
}

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
import java.util.UUID;
import java.util.stream.Collectors;

/// What came of a decision so far. One on very many rows takes several requests; the form of each
/// carries what came of those before.
///
/// @param older rows that wait still, for they are older than what the catalogue holds
/// @param newer the uploads that made them so
record Tally(long approved, long declined, long refused, long left, long older, List<UUID> newer) {

  /// The box that is ticked for rows that are older than what the catalogue holds.
  static final String EVEN_OLDER = "even-older";

  static Tally of(Form form) {
    return new Tally(
        before(form, "approved"),
        before(form, "declined"),
        before(form, "refused"),
        0,
        0,
        List.of());
  }

  private static long before(Form form, String name) {
    return Read.wholes(form, name).stream().mapToLong(Long::longValue).sum();
  }

  Tally plus(Decision decision) {
    return new Tally(
        approved + decision.approved(),
        declined + decision.declined(),
        refused + decision.refused(),
        decision.left(),
        decision.older(),
        decision.newer());
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
    if (older > 0) {
      said.add(
          Words.count(older, "row waits", "rows wait")
              + " still: upload "
              + newer.stream().map(UUID::toString).collect(Collectors.joining(", "))
              + " was received later and brought the same products, so look at them, then decline"
              + " them, or tick \"even older\" to put their values back");
    }
    String text = said.isEmpty() ? "No row waited any more." : String.join("; ", said) + ".";
    return new Flash(refused + left + older > 0 ? Tone.WARN : Tone.GOOD, text);
  }

  /// Says how far it is, and goes on with the rest.
  ///
  /// @param action where the form is posted
  /// @param deed what is decided on all rows that wait
  /// @param evenOlder whether on those as well that are older than what the catalogue holds
  List<Part> goingOn(String action, String deed, String reason, boolean evenOlder) {
    long done = approved + declined + refused;
    FormView form =
        FormView.of("going-on", action, "Go on")
            .hidden("deed", deed)
            .hidden("reason", reason)
            .hidden("approved", Long.toString(approved))
            .hidden("declined", Long.toString(declined))
            .hidden("refused", Long.toString(refused));
    if (evenOlder) {
      form = form.hidden(EVEN_OLDER, "true");
    }
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

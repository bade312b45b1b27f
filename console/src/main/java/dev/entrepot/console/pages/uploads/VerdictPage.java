package dev.entrepot.console.pages.uploads;

import dev.entrepot.console.access.Permission;
import dev.entrepot.console.access.Principal;
import dev.entrepot.console.pages.shell.Page;
import dev.entrepot.console.pages.shell.Words;
import dev.entrepot.console.view.Action;
import dev.entrepot.console.view.BooksView;
import dev.entrepot.console.view.Cell;
import dev.entrepot.console.view.Empty;
import dev.entrepot.console.view.Fact;
import dev.entrepot.console.view.Figures;
import dev.entrepot.console.view.Icon;
import dev.entrepot.console.view.Part;
import dev.entrepot.console.view.Tone;
import dev.entrepot.onboarding.uploads.Upload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What became of an upload, and what to do next.
final class VerdictPage {
  private final Principal principal;
  private final Upload upload;
  private final String root;

  VerdictPage(Principal principal, Upload upload) {
    this.principal = principal;
    this.upload = upload;
    this.root = "/uploads/" + upload.id();
  }

  /// @param related the uploads this one was made of or that were made of it
  Page page(List<Upload> related) {
    Page page = UploadTabs.page(principal, upload, UploadTabs.Tabs.VERDICT).lead(lead());
    for (Action action : actions()) {
      page = page.action(action);
    }
    List<Part> parts = new ArrayList<>(state(related));
    if (upload.state().finished() && !upload.topProblems().isEmpty()) {
      parts.add(
          Part.panel("problems", "Why rows were rejected", Problems.table(upload))
              .note("Each row counts once, under the first of its errors.")
              .actions(UploadFiles.errors(upload)));
    }
    parts.add(Part.columns(Part.panel("facts", "Upload", new Part.Facts(facts()))));
    if (!related.isEmpty()) {
      parts.add(
          Part.panel(
              "related",
              "Made of this file",
              UploadTable.of(
                  "related-uploads",
                  "Uploads made of this file or of rows of it",
                  related,
                  UploadTable.Vendors.HIDDEN,
                  Empty.of(Icon.FILE, "Nothing", ""))));
    }
    return page.with(parts);
  }

  private String lead() {
    String by = Words.actor(upload.submittedBy());
    return upload.vendor() + " · " + UploadWords.source(upload.source()) + " · sent by " + by;
  }

  private List<Action> actions() {
    List<Action> actions = new ArrayList<>();
    boolean writes = principal.may(Permission.WRITE_UPLOADS);
    if (!upload.state().finished()) {
      if (writes) {
        actions.add(
            Action.post("Cancel the upload", root + "/cancel")
                .icon(Icon.CROSS)
                .danger("End this upload? What was applied stands, the rest is not read.")
                .keep("Keep it"));
      }
      return actions;
    }
    if (upload.openErrors() > 0 && writes && !upload.header().isEmpty()) {
      actions.add(
          Action.link("Mend " + Words.count(upload.openErrors(), "row"), root + "/rows")
              .primary()
              .icon(Icon.EDIT));
    }
    if (upload.books().pending() > 0 && principal.may(Permission.APPROVE)) {
      actions.add(
          Action.link(
                  "Decide on " + Words.count(upload.books().pending(), "row"),
                  "/approvals/" + upload.id())
              .primary()
              .icon(Icon.APPROVALS));
    }
    if (writes) {
      Action again = Action.post("Run again", root + "/rerun");
      actions.add(
          new Action(
              again.label(),
              again.href(),
              again.method(),
              again.weight(),
              Icon.RETRY,
              "Read the same file once more, with the mapping and rules in force now?"));
    }
    return actions;
  }

  private List<Part> state(List<Upload> related) {
    BooksView books = new BooksView(upload.books());
    if (!upload.state().finished()) {
      List<Part> parts = new ArrayList<>();
      if (upload.failure() != null) {
        parts.add(
            new Part.Message(
                Tone.WARN, "It waits: " + Words.sentence(upload.failure().message()), null));
      }
      parts.add(
          new Part.Live(
              UploadFiles.events(upload), books, upload.estimatedRows(), UploadWords.unfinished()));
      return parts;
    }
    List<Part> parts = new ArrayList<>();
    parts.add(upload.failure() == null ? verdict(related) : failure(upload.failure()));
    for (String note : upload.notes()) {
      parts.add(
          new Part.Message(
              Tone.WARN,
              "Columns were guessed. " + Words.sentence(note),
              Action.link("Look at the mapping", root + "/mapping")));
    }
    if (upload.books().received() > 0) {
      parts.add(Part.panel("books", "Books", new Part.Books(books)));
    }
    return parts;
  }

  private Part verdict(List<Upload> related) {
    long rejected = upload.books().rejected();
    String received = Words.count(upload.books().received(), "row");
    if (upload.books().pending() > 0) {
      return new Part.Message(
          Tone.WAIT,
          Words.count(
                  upload.books().pending(),
                  "row passed the checks and waits for an operator's approval before it is",
                  "rows passed the checks and wait for an operator's approval before they are")
              + " in the catalogue"
              + (rejected == 0
                  ? "."
                  : "; " + Words.count(rejected, "row was", "rows were") + " rejected."),
          null);
    }
    if (rejected == 0) {
      return new Part.Message(Tone.GOOD, allAccepted(), null);
    }
    if (upload.openErrors() == 0) {
      Action again = open(related);
      return new Part.Message(
          Tone.GOOD,
          Words.count(rejected, "row was", "rows were")
              + " rejected of "
              + received
              + "; all of them have been mended, dismissed or sent again since."
              + (again == null
                  ? ""
                  : " Those that were rejected again are open in the upload that they were sent in."),
          again);
    }
    String open = Words.count(upload.openErrors(), "rejected row is", "rejected rows are");
    return new Part.Message(
        upload.state() == Upload.State.FAILED ? Tone.BAD : Tone.WARN,
        (upload.state() == Upload.State.FAILED
                ? noneAccepted()
                : UploadWords.acceptance(upload) + " of the rows were accepted. ")
            + open
            + " open: mend them here, or download the error file, correct it and send it again.",
        null);
  }

  /// The way to the rows that were sent again and are open there; null: none is.
  private static @Nullable Action open(List<Upload> related) {
    return related.reversed().stream()
        .filter(one -> one.openErrors() > 0)
        .findFirst()
        .map(one -> Action.link("Go to " + one.fileName(), "/uploads/" + one.id()))
        .orElse(null);
  }

  private String allAccepted() {
    long skipped = upload.books().skipped();
    long accepted = upload.books().received() - skipped;
    if (accepted == 0) {
      return "No row was accepted or rejected: all "
          + Figures.count(skipped)
          + " were left out on purpose.";
    }
    return "Every row was accepted: "
        + Words.count(accepted, "row")
        + (skipped == 0
            ? "."
            : "; " + Words.count(skipped, "row was", "rows were") + " left out on purpose.");
  }

  private String noneAccepted() {
    long skipped = upload.books().skipped();
    return skipped == 0
        ? "Every row was rejected. "
        : "No row was accepted: "
            + Words.count(upload.books().rejected(), "row was", "rows were")
            + " rejected, "
            + Words.count(skipped, "row", "rows")
            + " left out on purpose. ";
  }

  private Part failure(Upload.Failure failure) {
    String line = failure.line() == null ? "" : " (row " + Figures.count(failure.line()) + ")";
    return new Part.Message(
        Tone.BAD,
        Words.sentence(failure.message() + line) + brokenOff(),
        switch (failure.code()) {
          case "MISSING_COLUMN", "MAPPING_DOES_NOT_FIT" ->
              principal.may(Permission.WRITE_MAPPINGS)
                  ? Action.link("Map this file's columns", root + "/mapping").primary()
                  : null;
          case "MISSING_EXCHANGE_RATE" ->
              principal.may(Permission.WRITE_RATES)
                  ? Action.link("Set the exchange rate", "/rates").primary()
                  : null;
          case "CANCELLED" -> null;
          default ->
              principal.may(Permission.WRITE_UPLOADS)
                  ? Action.link("Send a mended file", "/uploads/new").primary()
                  : null;
        });
  }

  /// What stands of a file that was not read to its end.
  private String brokenOff() {
    return UploadWords.brokenOff(upload)
        ? " Of "
            + Words.count(upload.books().received(), "row")
            + " read, "
            + Words.count(UploadWords.accepted(upload), "was", "were")
            + " accepted"
            + (upload.books().pending() == 0
                ? "."
                : ", " + Words.count(upload.books().pending(), "waits", "wait") + " for approval.")
        : "";
  }

  private List<Fact> facts() {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("Upload", Cell.code(upload.id().toString())));
    facts.add(new Fact("Vendor", vendor()));
    facts.add(new Fact("Size", new Cell.Figure(Figures.bytes(upload.bytes()))));
    facts.add(new Fact("Form", Cell.text(upload.layout())));
    if (upload.mappingId() != null) {
      facts.add(
          new Fact("Mapping", Cell.link("Remembered mapping", "/mappings/" + upload.mappingId())));
    }
    if (upload.parent() != null) {
      facts.add(new Fact("Made of", Cell.link("Earlier upload", "/uploads/" + upload.parent())));
    }
    facts.add(new Fact("Received", Cell.time(upload.receivedAt())));
    if (upload.startedAt() != null && upload.finishedAt() != null) {
      Duration took = Duration.between(upload.startedAt(), upload.finishedAt());
      // A file that could not be used fails in the moment it is begun.
      if (!took.isZero()) {
        facts.add(new Fact("Took", new Cell.Figure(Figures.duration(took))));
      }
    }
    facts.add(
        new Fact(
            "Original", Cell.link("Download the file as it came", UploadFiles.original(upload))));
    facts.add(new Fact("SHA-256", Cell.code(upload.contentHash())));
    return facts;
  }

  private Cell vendor() {
    return principal.vendor() == null
        ? Cell.link(upload.vendor(), "/vendors/" + upload.vendor())
        : Cell.code(upload.vendor());
  }
}

package dev.entrepot.console.pages.flows;

import dev.entrepot.console.pages.shell.Addresses;
import dev.entrepot.console.pages.shell.Words;
import dev.entrepot.console.view.Action;
import dev.entrepot.console.view.Figures;
import dev.entrepot.console.view.Part;
import dev.entrepot.console.view.Tone;
import dev.entrepot.flow.Flows;
import dev.entrepot.flow.runs.Run;
import dev.entrepot.flow.runs.RunRecords.Rejection;
import dev.entrepot.model.Books;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/// What a run has come to, in a sentence or two, and what to do next.
final class RunMessage {
  private static final int SHOWN_CODES = 3;
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final Flows flows;
  private final Run run;
  private final String path;

  RunMessage(Flows flows, Run run) {
    this.flows = flows;
    this.run = run;
    this.path = RunPage.path(run.id());
  }

  List<Part> parts() {
    Books books = run.books();
    return switch (run.state()) {
      case QUEUED ->
          List.of(said(Tone.WAIT, "It waits for its turn: a client has one run at a time."));
      case RUNNING -> List.of();
      case PAUSED -> List.of(said(Tone.WAIT, "It pauses. Nothing is lost; resume it here."));
      case PLANNED -> planned();
      case SUCCESS -> success();
      case PARTIAL ->
          List.of(
              new Part.Message(
                  Tone.WARN,
                  Words.count(books.rejected(), "record was", "records were")
                      + (books.rejected() == books.received()
                          ? " rejected, which is all that was read."
                          : " rejected; the others arrived."),
                  rejectedRecords()));
      case FAILED -> List.of(failed());
      case CANCELLED -> List.of(said(Tone.QUIET, cancelled()));
    };
  }

  private String cancelled() {
    if (FlowWords.discarded(run)) {
      return "The plan was discarded; nothing was written.";
    }
    return run.books().skipped() == 0
        ? "It was cancelled when everything that it had read was settled."
        : "It was cancelled: "
            + Words.count(run.books().skipped(), "record was", "records were")
            + " skipped and not written.";
  }

  private List<Part> success() {
    Books books = run.books();
    List<Part> parts = new ArrayList<>();
    parts.add(
        said(
            Tone.GOOD,
            books.received() == 0
                ? nothingRead()
                : "Everything that was read is at the destination: "
                    + Words.count(books.written(), "record was", "records were")
                    + " written, "
                    + Figures.count(books.unchanged())
                    + " unchanged."));
    // What a run that went well must not hide.
    OutstandingPage.message(flows.outstanding().of(run.tenant()), run.destination())
        .ifPresent(parts::add);
    return parts;
  }

  private String nothingRead() {
    Instant since = run.since();
    return since == null
        ? "The source %s gave no record.".formatted(run.source())
        : "Nothing changed at %s since %s.".formatted(run.source(), MOMENT.format(since));
  }

  private Action rejectedRecords() {
    return Action.link("Look at them", path + "/records?outcome=rejected");
  }

  /// Why it failed, and where to go: what never began said nothing to anybody.
  private Part failed() {
    String code = run.code() == null ? "" : run.code();
    String text =
        "It could not go on"
            + (code.isEmpty() ? "" : " (" + code + ")")
            + ". "
            + Words.sentence(run.reason() == null ? "no reason is known" : run.reason())
            + " What was not written comes again with the next run.";
    String client = "/sync/clients/" + run.tenant();
    return new Part.Message(
        Tone.BAD,
        text,
        switch (code) {
          case "CONFIGURATION" -> Action.link("Credentials and configuration", client + "#secrets");
          case "DENIED" -> Action.link("Credentials", client + "#secrets");
          case "NO_SUCH_CLIENT", "PLAN_OUTDATED", "ACCOUNT_CHANGED" -> null;
          default -> Action.link("What was said", path + "/exchanges?only=failures");
        });
  }

  private static Part.Message said(Tone tone, String text) {
    return new Part.Message(tone, text, null);
  }

  private List<Part> planned() {
    UUID by = run.overtakenBy();
    if (by != null) {
      return List.of(
          new Part.Message(
              Tone.WARN,
              "Another run of %s has begun since this plan was made, so it cannot be applied any more. Plan again to see what is to be done now."
                  .formatted(run.tenant()),
              Action.link("That run", RunPage.path(by))));
    }
    Books books = run.books();
    if (books.rejected() > 0) {
      return rejecting();
    }
    return List.of(
        books.pending() > 0
            ? said(
                Tone.INFO,
                "Nothing is written yet. Apply the plan to write what it shows, or discard it.")
            : said(
                Tone.GOOD,
                books.received() == 0
                    ? "There is nothing to do: the source %s gave no record."
                        .formatted(run.source())
                    : "There is nothing to do: the destination holds everything already."));
  }

  /// A plan by which records are rejected: how many, why, and where to mend it.
  private List<Part> rejecting() {
    Books books = run.books();
    boolean all = books.rejected() == books.received();
    StringBuilder text = new StringBuilder();
    text.append(
        all
            ? "All %s would be rejected".formatted(Words.count(books.received(), "record"))
            : "%s of %s would be rejected"
                .formatted(
                    Figures.count(books.rejected()), Words.count(books.received(), "record")));
    text.append(why()).append(' ');
    text.append(
        books.pending() > 0
            ? "Nothing is written yet. Apply the plan to write the others."
            : "There is nothing that the plan would write.");
    List<Part> parts = new ArrayList<>();
    parts.add(new Part.Message(all ? Tone.BAD : Tone.WARN, text.toString(), rejectedRecords()));
    mapping().ifPresent(link -> parts.add(new Part.Actions(List.of(link))));
    return parts;
  }

  /// Such as `: name is missing.` or `: 280 NAME_MISSING (name is missing); 20 BAD_EAN (such as
  /// …).`
  private String why() {
    List<Rejection> found = flows.records().rejections(run.id(), SHOWN_CODES);
    if (found.isEmpty()) {
      return ".";
    }
    if (found.size() == 1 && found.getFirst().reasons() == 1) {
      return ": " + Words.sentence(found.getFirst().reason());
    }
    List<String> told = new ArrayList<>();
    for (Rejection one : found) {
      told.add(
          "%s %s (%s%s)"
              .formatted(
                  Figures.count(one.records()),
                  one.code(),
                  one.reasons() == 1 ? "" : "such as: ",
                  one.reason()));
    }
    return ": " + String.join("; ", told) + ".";
  }

  private Optional<Action> mapping() {
    return flows
        .config()
        .clients()
        .find(run.tenant())
        .map(client ->
            Action.link(
                "Mapping " + client.config().mapping(),
                Addresses.of(
                    "/sync/mappings/" + Addresses.encode(client.config().mapping()),
                    "client",
                    run.tenant())));
  }
}

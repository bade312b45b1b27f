package dev.entrepot.console.pages.inbox;

import dev.entrepot.console.access.Permission;
import dev.entrepot.console.pages.shell.Addresses;
import dev.entrepot.console.pages.shell.FormState;
import dev.entrepot.console.pages.shell.Page;
import dev.entrepot.console.pages.shell.Read;
import dev.entrepot.console.pages.shell.Refusal;
import dev.entrepot.console.pages.shell.Refusal.Attempt;
import dev.entrepot.console.pages.shell.Shell;
import dev.entrepot.console.pages.shell.Words;
import dev.entrepot.console.server.Access;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Body;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.Form;
import dev.entrepot.console.server.Route;
import dev.entrepot.console.view.Action;
import dev.entrepot.console.view.Cell;
import dev.entrepot.console.view.Fact;
import dev.entrepot.console.view.Field;
import dev.entrepot.console.view.Flash;
import dev.entrepot.console.view.FormView;
import dev.entrepot.console.view.Icon;
import dev.entrepot.console.view.Part;
import dev.entrepot.console.view.Tone;
import dev.entrepot.inbox.Inbox;
import dev.entrepot.inbox.lanes.DeadEvent;
import dev.entrepot.inbox.lanes.DeadLetterDesk;
import dev.entrepot.inbox.log.LoggedEvent;
import dev.entrepot.inbox.log.Positions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// One dead letter: why it was given up; tried again as it is or edited, or left out.
final class LetterPage {
  private static final String PATH = "/inbox/dead-letters/{number}";
  private static final String BODY = "body";
  private static final String KNOWN = "edits";

  private final Shell shell;
  private final Inbox inbox;
  private final DeadLetterDesk desk;

  LetterPage(Shell shell, Inbox inbox) {
    this.shell = shell;
    this.inbox = inbox;
    this.desk = inbox.desk();
  }

  List<Route> routes() {
    Access write = Access.needs(Permission.WRITE_INBOX);
    return List.of(
        Route.get(PATH, "pages.letter", Access.needs(Permission.READ_INBOX), this::show),
        Route.post(PATH + "/retry", "pages.letter.retry", write, this::retry).taking(Body.form()),
        Route.post(PATH + "/edit", "pages.letter.edit", write, this::edit).taking(Body.form()),
        Route.post(PATH + "/skip", "pages.letter.skip", write, this::skip).taking(Body.form()));
  }

  private Answer show(Exchange exchange) {
    return shell.show(exchange, page(exchange, FormState.blank()));
  }

  private Page page(Exchange exchange, FormState state) {
    DeadEvent letter = desk.find(exchange.number("number"));
    String path = "/inbox/dead-letters/" + letter.id();
    List<DeadLetterDesk.Edit> edits = desk.edits(letter.id());
    dev.entrepot.spi.event.Body came = came(letter);
    dev.entrepot.spi.event.Body body = edits.isEmpty() ? came : edits.getFirst().body();
    Page page =
        Page.of("Dead letter No. " + letter.id())
            .lead(Words.of(letter.code()) + ": " + Words.sentence(letter.reason()))
            .badge(InboxWords.state(letter.state()))
            .under("Inbox", "/inbox")
            .under("Errors", "/inbox/errors")
            .under(letter.topic(), "/inbox/errors/" + letter.cause());
    boolean acts =
        letter.state() == DeadEvent.State.OPEN && exchange.principal().may(Permission.WRITE_INBOX);
    if (acts) {
      page = page.action(Action.post("Try again", path + "/retry").icon(Icon.RETRY));
    }
    List<Part> parts = new ArrayList<>();
    Part facts = Part.panel("facts", "Dead letter", new Part.Facts(facts(letter)));
    parts.add(
        inbox
            .states()
            .find(letter.position())
            .<Part>map(event ->
                Part.columns(
                    facts,
                    EventStory.panel(event, letter, edits, EventStory.repeats(inbox, event))))
            .orElse(facts));
    boolean unsaved = state.values().containsKey(BODY);
    if (unsaved) {
      parts.addFirst(UnsavedEdit.message(state, letter));
    }
    if (unsaved && !UnsavedEdit.savable(letter)) {
      parts.add(UnsavedEdit.text(state));
    } else if (unsaved || (acts && EventBody.editable(body))) {
      parts.add(editing(path, unsaved ? state.value(BODY) : body.text(), edits.size()));
    } else {
      parts.add(EventBody.panel("body", "Body", came, ", as it came"));
    }
    if (acts) {
      parts.add(skipping(path, unsaved ? FormState.blank() : state));
    }
    return page.with(parts).with(edits(edits));
  }

  /// @param known how many edits the page shows
  private static Part editing(String path, String text, int known) {
    FormView form =
        FormView.of(
                "edit-body",
                path + "/edit",
                "Save and try again",
                Field.of(Field.Kind.CODE, BODY, "Body"))
            .hidden(KNOWN, String.valueOf(known));
    return Part.panel(
            "edit",
            "Edit and try again",
            new Part.Form(FormState.of(Map.of(BODY, text)).fill(form)))
        .note("What came stays as it is; every edit is kept beside it.");
  }

  private static Part skipping(String path, FormState state) {
    return Part.panel(
        "skip",
        "Leave it out",
        new Part.Form(
            state.fill(
                FormView.of(
                    "skip-letter",
                    path + "/skip",
                    "Leave it out",
                    Field.text("reason", "Reason").mandatory().help("For those who ask later.")))));
  }

  private dev.entrepot.spi.event.Body came(DeadEvent letter) {
    return inbox
        .events()
        .find(letter.position())
        .map(LoggedEvent::body)
        .orElse(dev.entrepot.spi.event.Body.of(""));
  }

  private static List<Fact> facts(DeadEvent letter) {
    List<Fact> facts = new ArrayList<>();
    String position = Positions.text(letter.position());
    facts.add(new Fact("Number", Cell.count(letter.id())));
    facts.add(new Fact("Event", Cell.link(position, "/inbox/events/" + position)));
    facts.add(new Fact("Topic", Cell.code(letter.topic())));
    facts.add(new Fact("Key", Cell.key(letter.key(), Addresses.of("/inbox", "key", letter.key()))));
    facts.add(
        new Fact(
            "Connection",
            Cell.link(letter.connection(), "/inbox/connections/" + letter.connection())));
    facts.add(new Fact("Handler", Cell.text(Words.of(letter.handler()))));
    facts.add(new Fact("Attempts", Cell.count(letter.attempts())));
    facts.add(new Fact("Given up", Cell.time(letter.diedAt())));
    if (letter.by() != null) {
      facts.add(new Fact("Last act by", Cell.text(Words.actor(letter.by()))));
      facts.add(new Fact("Last act at", Cell.time(letter.at())));
    }
    if (letter.note() != null) {
      facts.add(new Fact("Reason", Cell.text(letter.note())));
    }
    return facts;
  }

  private static List<Part> edits(List<DeadLetterDesk.Edit> edits) {
    List<Part> parts = new ArrayList<>();
    for (DeadLetterDesk.Edit edit : edits) {
      int number = edits.size() - parts.size();
      parts.add(
          EventBody.panel(
              "edit-" + number,
              "Mended body" + (edits.size() == 1 ? "" : " " + number),
              edit.body(),
              ", edited by " + Words.actor(edit.by())));
    }
    return parts;
  }

  private Answer retry(Exchange exchange) {
    return act(
        exchange,
        "It is tried again now.",
        letter -> desk.retry(exchange.principal().actor(), letter));
  }

  /// Whatever refuses it, the page comes back with what was typed.
  private Answer edit(Exchange exchange) {
    Form form = exchange.form();
    long letter = desk.find(exchange.number("number")).id();
    String text = typed(form);
    Attempt<Long> attempt =
        UnsavedEdit.attempt(() -> {
          desk.editAndRetry(
              exchange.principal().actor(),
              letter,
              form.text(KNOWN).isEmpty() ? null : (Integer) Read.count(form, KNOWN),
              dev.entrepot.spi.event.Body.of(text));
          return letter;
        });
    return switch (attempt) {
      case Attempt.Done<Long> _ ->
          shell.done("/inbox/dead-letters/" + letter, "It is tried again with the edited body.");
      case Attempt.Refused<Long>(Refusal refusal) ->
          shell.show(
              exchange,
              refusal.status(),
              page(exchange, new FormState(Map.of(BODY, text), refusal)));
    };
  }

  /// Browsers send every line's end as two characters.
  private static String typed(Form form) {
    return form.value(BODY).orElse("").replace("\r\n", "\n");
  }

  private Answer skip(Exchange exchange) {
    Form form = exchange.form();
    return act(
        exchange,
        "It is left out.",
        letter -> desk.skip(exchange.principal().actor(), letter, Read.text(form, "reason")));
  }

  private Answer act(Exchange exchange, String done, Consumer<Long> act) {
    DeadEvent letter = desk.find(exchange.number("number"));
    Attempt<Long> attempt =
        Refusal.attempt(() -> {
          act.accept(letter.id());
          return letter.id();
        });
    String path = "/inbox/dead-letters/" + letter.id();
    return switch (attempt) {
      case Attempt.Done<Long> _ -> shell.done(path, done);
      case Attempt.Refused<Long>(Refusal refusal) ->
          refusal.field() == null
              ? shell.told(path, new Flash(Tone.BAD, refusal.message()))
              : shell.show(
                  exchange,
                  refusal.status(),
                  page(exchange, FormState.of(exchange.form(), refusal)));
    };
  }
}

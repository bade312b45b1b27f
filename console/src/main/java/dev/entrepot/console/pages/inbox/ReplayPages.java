package dev.entrepot.console.pages.inbox;

import dev.entrepot.console.access.Permission;
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
import dev.entrepot.console.view.BooksView;
import dev.entrepot.console.view.Cell;
import dev.entrepot.console.view.Column;
import dev.entrepot.console.view.Empty;
import dev.entrepot.console.view.Fact;
import dev.entrepot.console.view.Field;
import dev.entrepot.console.view.Figures;
import dev.entrepot.console.view.Flash;
import dev.entrepot.console.view.FormView;
import dev.entrepot.console.view.Icon;
import dev.entrepot.console.view.Option;
import dev.entrepot.console.view.Part;
import dev.entrepot.console.view.TableView;
import dev.entrepot.console.view.Tone;
import dev.entrepot.inbox.Inbox;
import dev.entrepot.inbox.lanes.Replay;
import dev.entrepot.inbox.lanes.ReplayPreview;
import dev.entrepot.inbox.lanes.ReplayRequest;
import dev.entrepot.inbox.lanes.Replays;
import dev.entrepot.inbox.log.EventFilter;
import dev.entrepot.inbox.log.Positions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// Events handed on once more: asked for, seen in advance, begun, watched.
final class ReplayPages {
  static final String PATH = "/inbox/replays";
  static final String WITH_SKIPPED = "with_skipped";
  private static final String EVENT = "event";
  private static final List<String> FIELDS =
      List.of(EVENT, "connection", "topic", "key", "id", "from", "to", "handler", WITH_SKIPPED);

  private final Shell shell;
  private final Inbox inbox;
  private final Replays replays;

  ReplayPages(Shell shell, Inbox inbox) {
    this.shell = shell;
    this.inbox = inbox;
    this.replays = inbox.replays();
  }

  List<Route> routes() {
    Access read = Access.needs(Permission.READ_INBOX);
    Access write = Access.needs(Permission.WRITE_INBOX);
    return List.of(
        Route.get(PATH, "pages.replays", read, this::list),
        Route.post(PATH + "/preview", "pages.replays.preview", write, this::preview)
            .taking(Body.form()),
        Route.get("/inbox/events/{position}/replay", "pages.event.replay", write, this::ofEvent),
        Route.post(PATH, "pages.replays.start", write, this::start).taking(Body.form()),
        Route.get(PATH + "/{id}", "pages.replay", read, this::show));
  }

  private Answer list(Exchange exchange) {
    return shell.show(exchange, page(exchange, FormState.blank()));
  }

  private Page page(Exchange exchange, FormState state) {
    TableView table =
        TableView.of(
                "replays",
                "Replays, newest first",
                List.of(
                    Column.title("Replay"),
                    Column.number("Events"),
                    Column.text("Progress"),
                    Column.of("Asked for", Column.Kind.WIDE),
                    Column.text("By"),
                    Column.text("Begun")),
                replays.newest(exchange.pageSize()).stream().map(ReplayPages::row).toList(),
                Empty.of(
                    Icon.RETRY, "No replay yet", "Nothing was handed on again on purpose so far."))
            .renewed(PATH);
    Page page =
        InboxTabs.REPLAYS
            .page(
                "Events handed on once more, in order per key; new events of a key wait for them.")
            .with(new Part.Table(table));
    return exchange.principal().may(Permission.WRITE_INBOX)
        ? page.with(
            Part.panel("new-replay", "Hand events on again", new Part.Form(state.fill(form())))
                .note("You see what it would change before anything is done."))
        : page;
  }

  private FormView form() {
    List<Option> connections = new ArrayList<>();
    connections.add(new Option("", "Any connection"));
    inbox
        .connections()
        .all()
        .forEach(open ->
            connections.add(new Option(open.connection().name(), open.connection().title())));
    return FormView.of(
        "replay",
        PATH + "/preview",
        "Look at it first",
        Field.select("connection", "Connection", connections),
        Field.text("topic", "Topic").placeholder("orders/updated"),
        Field.text("key", "Key").placeholder("shop.example/orders/123"),
        Field.text("id", "Sender's id"),
        Field.of(Field.Kind.TIME, "from", "From, UTC"),
        Field.of(Field.Kind.TIME, "to", "To, UTC"),
        Field.select("handler", "Handler", handlers()),
        Field.of(Field.Kind.CHECKBOX, WITH_SKIPPED, "Also those that somebody skipped"));
  }

  private List<Option> handlers() {
    List<Option> handlers = new ArrayList<>();
    handlers.add(new Option("", "All"));
    replays.handlers().forEach(name -> handlers.add(new Option(name, Words.of(name))));
    return handlers;
  }

  private static TableView.Row row(Replay replay) {
    return TableView.Row.of(
        replay.id().toString(),
        Cell.link(asked(replay), PATH + "/" + replay.id()),
        Cell.count(replay.events()),
        replay.books().pending() > 0
            ? Cell.badge(Tone.BUSY, Figures.count(replay.books().pending()) + " left")
            : Cell.badge(Tone.GOOD, "Done"),
        Cell.text(AskedWords.of(replay.asked())),
        Cell.text(Words.actor(replay.by())),
        Cell.ago(replay.at()));
  }

  private static String asked(Replay replay) {
    return Words.count(replay.events(), "event");
  }

  private static List<Long> positions(Form form) {
    try {
      return form.text(EVENT).map(event -> List.of(Positions.parse(event))).orElse(List.of());
    } catch (IllegalArgumentException e) {
      throw Refusal.invalid(EVENT, String.valueOf(e.getMessage()));
    }
  }

  private static ReplayRequest request(Form form) {
    ReplayRequest request = withoutSkipped(form);
    return form.text(WITH_SKIPPED).isPresent() ? request.withSkipped() : request;
  }

  private static ReplayRequest withoutSkipped(Form form) {
    String handler = form.text("handler").orElse(null);
    try {
      return new ReplayRequest(
          positions(form),
          new EventFilter(
              form.text("connection").orElse(null),
              form.text("topic").orElse(null),
              form.text("key").orElse(null),
              form.text("id").orElse(null),
              Read.moment(form, "from"),
              Read.moment(form, "to")),
          handler == null ? Set.of() : Set.of(handler));
    } catch (IllegalArgumentException e) {
      throw Refusal.invalid("connection", "a replay of everything is not offered; say of what");
    }
  }

  private Answer preview(Exchange exchange) {
    Form form = exchange.form();
    Attempt<ReplayPreview> attempt = Refusal.attempt(() -> replays.preview(request(form)));
    return switch (attempt) {
      case Attempt.Done<ReplayPreview>(ReplayPreview preview) ->
          shell.show(exchange, ReplayPreviewPage.of(asked(form), PATH, preview));
      case Attempt.Refused<ReplayPreview>(Refusal refusal) ->
          shell.show(exchange, refusal.status(), page(exchange, FormState.of(form, refusal)));
    };
  }

  /// What handing on one event again would do, before anybody says so.
  private Answer ofEvent(Exchange exchange) {
    long position = Found.event(inbox, exchange).event().position();
    String event = Positions.text(position);
    String page = "/inbox/events/" + event;
    Attempt<ReplayPreview> attempt =
        Refusal.attempt(() -> replays.preview(ReplayRequest.of(List.of(position))));
    return switch (attempt) {
      case Attempt.Done<ReplayPreview>(ReplayPreview preview) ->
          shell.show(exchange, ReplayPreviewPage.of(Map.of(EVENT, event), page, preview));
      case Attempt.Refused<ReplayPreview>(Refusal refusal) ->
          shell.told(page, new Flash(Tone.BAD, refusal.message()));
    };
  }

  private static Map<String, String> asked(Form form) {
    Map<String, String> asked = new LinkedHashMap<>();
    FIELDS.forEach(field -> asked.put(field, form.text(field).orElse("")));
    return asked;
  }

  private Answer start(Exchange exchange) {
    Form form = exchange.form();
    Attempt<Replay> attempt =
        Refusal.attempt(() -> replays.start(exchange.principal().actor(), request(form)));
    return switch (attempt) {
      case Attempt.Done<Replay>(Replay replay) ->
          shell.done(PATH + "/" + replay.id(), asked(replay) + " are handed on again now.");
      case Attempt.Refused<Replay>(Refusal refusal) ->
          shell.show(exchange, refusal.status(), page(exchange, FormState.of(form, refusal)));
    };
  }

  private Answer show(Exchange exchange) {
    UUID id = exchange.uuid("id");
    Replay replay = replays.find(id);
    TableView progress =
        TableView.of(
            "progress",
            "What became of the events so far",
            List.of(Column.title("Outcome"), Column.number("Events")),
            List.of(
                outcome("Written", replay.books().written()),
                outcome("Unchanged", replay.books().unchanged()),
                outcome("Not wanted by anybody", replay.books().skipped()),
                outcome("Given up", replay.books().rejected()),
                outcome("Not done yet", replay.books().pending())),
            Empty.of(Icon.RETRY, "Nothing", "It has no events."));
    boolean runs = replay.books().pending() > 0;
    return shell.show(
        exchange,
        Page.of("Replay of " + asked(replay))
            .lead(runs ? "It is under way." : "Every event came to its end.")
            .under("Inbox", "/inbox")
            .under("Replays", PATH)
            .with(
                new Part.Books(new BooksView(replay.books())),
                Part.columns(
                    Part.panel(
                        "outcomes", "So far", runs ? progress.renewed(PATH + "/" + id) : progress),
                    Part.panel("asked", "Asked for", new Part.Facts(facts(replay))))));
  }

  private static TableView.Row outcome(String label, long events) {
    return TableView.Row.of(label, Cell.text(label), Cell.count(events));
  }

  private static List<Fact> facts(Replay replay) {
    return List.of(
        new Fact("What", Cell.text(AskedWords.of(replay.asked()))),
        new Fact(
            "Left out",
            Cell.text(
                replay.leftOut() == 0
                    ? "None"
                    : Words.count(replay.leftOut(), "event") + " that somebody had skipped")),
        new Fact("By", Cell.text(Words.actor(replay.by()))),
        new Fact("Begun", Cell.time(replay.at())),
        new Fact("Errors", Cell.link("Look at them", InboxTabs.ERRORS.path())));
  }
}

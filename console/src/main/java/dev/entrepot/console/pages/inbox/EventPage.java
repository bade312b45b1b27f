package dev.entrepot.console.pages.inbox;

import dev.entrepot.console.access.Permission;
import dev.entrepot.console.pages.shell.Addresses;
import dev.entrepot.console.pages.shell.Page;
import dev.entrepot.console.pages.shell.Shell;
import dev.entrepot.console.pages.shell.Words;
import dev.entrepot.console.server.Access;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.Route;
import dev.entrepot.console.view.Action;
import dev.entrepot.console.view.Cell;
import dev.entrepot.console.view.Column;
import dev.entrepot.console.view.Empty;
import dev.entrepot.console.view.Fact;
import dev.entrepot.console.view.Icon;
import dev.entrepot.console.view.Part;
import dev.entrepot.console.view.TableView;
import dev.entrepot.console.view.Tone;
import dev.entrepot.inbox.Inbox;
import dev.entrepot.inbox.connections.MaskedHeaders;
import dev.entrepot.inbox.delivery.DeliveryFilter;
import dev.entrepot.inbox.delivery.EventDelivery;
import dev.entrepot.inbox.lanes.DeadEvent;
import dev.entrepot.inbox.lanes.DeadLetterDesk;
import dev.entrepot.inbox.lanes.EventState;
import dev.entrepot.inbox.log.EventHead;
import dev.entrepot.inbox.log.HandedAs;
import dev.entrepot.inbox.log.LoggedEvent;
import dev.entrepot.inbox.log.Positions;
import dev.entrepot.inbox.log.Purpose;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// One event: as it came, and what each handler did with it.
final class EventPage {
  private static final String PATH = "/inbox/events/{position}";

  private static final int MOST_DELIVERIES = 200;

  private final Shell shell;
  private final Inbox inbox;

  EventPage(Shell shell, Inbox inbox) {
    this.shell = shell;
    this.inbox = inbox;
  }

  List<Route> routes() {
    Access read = Access.needs(Permission.READ_INBOX);
    return List.of(Route.get(PATH, "pages.event", read, this::show));
  }

  private Answer show(Exchange exchange) {
    EventState state = Found.event(inbox, exchange);
    EventHead event = state.event();
    Optional<LoggedEvent> whole = inbox.events().find(event.position());
    String position = Positions.text(event.position());
    Page page =
        Page.of(event.identity().topic())
            .lead("Event " + position)
            .badge(InboxWords.state(state.state()))
            .under("Inbox", "/inbox")
            .action(
                Action.link(
                        "Its key's story", Addresses.of("/trace", "key", event.identity().key()))
                    .icon(Icon.TRACE));
    if (event.erasedAt() == null) {
      page =
          page.action(
              Action.link("Download the body", "/api/v1/inbox/events/" + position + "/body")
                  .icon(Icon.DOWNLOAD));
    }
    boolean erased = event.erasedAt() != null;
    if (!erased && exchange.principal().may(Permission.WRITE_INBOX)) {
      page =
          page.action(
              Action.link("Hand on again", "/inbox/events/" + position + "/replay")
                  .icon(Icon.RETRY));
    }
    Optional<DeadEvent> letter = Optional.ofNullable(state.letter()).map(inbox.desk()::find);
    List<DeadLetterDesk.Edit> edits =
        letter.map(given -> inbox.desk().edits(given.id())).orElse(List.of());
    List<Part> parts = new ArrayList<>(messages(state, letter));
    Part facts = Part.panel("facts", "Event", new Part.Facts(facts(state)));
    Part story =
        EventStory.panel(state, letter.orElse(null), edits, EventStory.repeats(inbox, state));
    Part handlers = Part.panel("handlers", "What the handlers did", handlers(state));
    parts.add(Part.columns(facts, new Part.Stack(List.of(story, handlers))));
    deliveries(event.position()).ifPresent(parts::add);
    if (!erased && whole.isPresent()) {
      LoggedEvent came = whole.get();
      parts.add(bodies(came.body(), edits));
      parts.add(Part.panel("headers", "Headers", headers(came)).note("Secrets are masked."));
    }
    return shell.show(exchange, page.with(parts));
  }

  private static List<Part> messages(EventState state, Optional<DeadEvent> letter) {
    List<Part> parts = new ArrayList<>();
    if (state.event().erasedAt() != null) {
      parts.add(
          new Part.Message(
              Tone.QUIET,
              "Its headers and body were erased, as the law wants it; nothing is left to hand on.",
              Action.link("Privacy requests", "/inbox/privacy")));
    }
    letter
        .filter(given -> given.state() == DeadEvent.State.OPEN)
        .ifPresent(given ->
            parts.add(
                new Part.Message(
                    Tone.BAD,
                    "This event was given up. "
                        + Words.of(given.code())
                        + ": "
                        + Words.sentence(given.reason()),
                    Action.link(
                        "Dead letter No. " + given.id(), "/inbox/dead-letters/" + given.id()))));
    EventState.Waits waits = state.waits();
    if (waits != null && waits.code() != null) {
      parts.add(
          new Part.Message(
              Tone.WARN,
              Words.of(waits.code()) + ": " + Words.sentence(String.valueOf(waits.reason())),
              null));
    }
    return parts;
  }

  /// What came, and beside it what was handed on in its place.
  private static Part bodies(dev.entrepot.spi.event.Body came, List<DeadLetterDesk.Edit> edits) {
    Part.Panel body = EventBody.panel("body", "Body", came, ", as it came");
    if (edits.isEmpty()) {
      return body;
    }
    DeadLetterDesk.Edit last = edits.getFirst();
    return Part.columns(
        body,
        EventBody.panel(
            "mended", "Mended body", last.body(), ", as mended by " + Words.actor(last.by())));
  }

  private static List<Fact> facts(EventState state) {
    EventHead event = state.event();
    List<Fact> facts = new ArrayList<>();
    facts.add(
        new Fact(
            "Connection",
            Cell.link(event.connection(), "/inbox/connections/" + event.connection())));
    facts.add(
        new Fact(
            "Key",
            Cell.key(
                event.identity().key(), Addresses.of("/inbox", "key", event.identity().key()))));
    HandedAs as = event.handedAs();
    if (as != null) {
      facts.add(new Fact("Handed on as", Cell.code(as.topic())));
      facts.add(new Fact("With key", Cell.key(as.key(), Addresses.of("/inbox", "key", as.key()))));
    }
    facts.add(new Fact("Sender's id", Cell.code(event.identity().externalId())));
    facts.add(new Fact("Lane", Cell.count(event.lane())));
    facts.add(new Fact("Received", Cell.time(event.receivedAt())));
    facts.add(new Fact("Happened", Cell.time(event.identity().triggeredAt())));
    facts.add(new Fact("Settled", Cell.time(state.settledAt())));
    facts.add(new Fact("Verified", Cell.text(verified(event))));
    if (event.purpose() == Purpose.TEST) {
      facts.add(new Fact("Test", Cell.text("Yes: it is handed on to nobody")));
    }
    if (event.erasedAt() != null) {
      facts.add(new Fact("Erased", Cell.time(event.erasedAt())));
    }
    facts.add(new Fact("Delivered again", again(state)));
    EventState.Waits waits = state.waits();
    if (waits != null) {
      facts.add(new Fact("Attempts", Cell.count(waits.attempts())));
      facts.add(new Fact("Waits since", Cell.time(waits.since())));
      facts.add(new Fact("Tried next", Cell.time(waits.dueAt())));
    }
    return facts;
  }

  /// Led to those deliveries.
  private static Cell again(EventState state) {
    EventHead event = state.event();
    String times = Words.count(state.duplicates(), "time");
    return state.duplicates() == 0
        ? Cell.text(times)
        : Cell.link(
            times,
            Addresses.of(
                "/inbox",
                "what",
                "duplicates",
                "connection",
                event.connection(),
                "id",
                event.identity().externalId()));
  }

  private static String verified(EventHead event) {
    Integer secret = event.secret();
    return secret == null
        ? "By its queue: what comes from there is not signed"
        : "Its signature was right, made with secret " + secret;
  }

  private static Part handlers(EventState state) {
    return new Part.Table(
        TableView.of(
            "handler-list",
            "What each handler did",
            List.of(Column.title("Handler"), Column.text("Did")),
            new TreeMap<>(state.handlers())
                .entrySet().stream()
                    .map(one ->
                        TableView.Row.of(
                            one.getKey(),
                            Cell.text(Words.of(one.getKey())),
                            new Cell.State(InboxWords.handled(one.getValue()))))
                    .toList(),
            Empty.of(
                Icon.CLOCK, "No handler yet", "It was not handed on yet, or cannot be read.")));
  }

  /// Nothing where nobody asked for the event.
  private Optional<Part> deliveries(long position) {
    List<EventDelivery> found =
        inbox.deliveries().list(DeliveryFilter.ofEvent(position), null, MOST_DELIVERIES).items();
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Part.panel(
                "event-deliveries", "Delivered to", new Part.Table(DeliveryTables.ofEvent(found))));
  }

  private static Part headers(LoggedEvent event) {
    List<Fact> facts = new ArrayList<>();
    MaskedHeaders.of(event.headers())
        .forEach((name, values) -> facts.add(new Fact(name, Cell.code(String.join(", ", values)))));
    return facts.isEmpty() ? new Part.Text("It came without any.") : new Part.Facts(facts);
  }
}

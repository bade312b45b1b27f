package dev.entrepot.console.pages.inbox;

import dev.entrepot.console.access.Permission;
import dev.entrepot.console.pages.shell.Addresses;
import dev.entrepot.console.pages.shell.Read;
import dev.entrepot.console.pages.shell.Shell;
import dev.entrepot.console.server.Access;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.Form;
import dev.entrepot.console.server.Route;
import dev.entrepot.console.view.Empty;
import dev.entrepot.console.view.Field;
import dev.entrepot.console.view.Figures;
import dev.entrepot.console.view.Icon;
import dev.entrepot.console.view.Option;
import dev.entrepot.console.view.Part;
import dev.entrepot.console.view.TableView;
import dev.entrepot.console.view.Tile;
import dev.entrepot.console.view.Tone;
import dev.entrepot.inbox.Inbox;
import dev.entrepot.inbox.lanes.Arrival;
import dev.entrepot.inbox.lanes.EventState;
import dev.entrepot.inbox.lanes.LaneFigures;
import dev.entrepot.inbox.log.EventFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The list of events, renewed by itself while its newest are shown.
final class EventListPage {
  private static final String TABLE = "events";
  private static final String PATH = "/inbox";
  private static final String WHAT = "what";

  private final Shell shell;
  private final Inbox inbox;

  EventListPage(Shell shell, Inbox inbox) {
    this.shell = shell;
    this.inbox = inbox;
  }

  List<Route> routes() {
    return List.of(Route.get(PATH, "pages.inbox", Access.needs(Permission.READ_INBOX), this::list));
  }

  private Answer list(Exchange exchange) {
    Form query = exchange.query();
    String cursor = Addresses.cursor(exchange);
    Arrival.What what =
        query.text(WHAT).isEmpty()
            ? Arrival.What.BOTH
            : Read.choice(query, WHAT, Arrival.What.class);
    EventState.State state =
        query.text("state").isEmpty() ? null : Read.choice(query, "state", EventState.State.class);
    dev.entrepot.model.Page<Arrival> found =
        inbox.states().arrivals(filter(query), what, state, cursor, exchange.pageSize());
    TableView table =
        ArrivalTable.of(
                TABLE, found.items(), inbox.desk()::find, none(what, state, found.next() != null))
            .paged(
                Addresses.paging(
                    exchange, found.items().size(), "delivery", "deliveries", found.next()));
    return shell.show(
        exchange,
        InboxTabs.EVENTS
            .page(
                "Every event other systems sent, and every time they sent it again, newest first.")
            .with(
                new Part.Tiles("Now", tiles(inbox.states().figures(null))),
                filters(query, what),
                new Part.Table(cursor == null ? table.renewed(here(query)) : table)));
  }

  private static Empty none(Arrival.What what, EventState.@Nullable State state, boolean more) {
    if (what == Arrival.What.DUPLICATES && state != null) {
      return Empty.of(
          Icon.INBOX, "No duplicate", "Duplicates are in no state of events. Choose any state.");
    }
    return more
        ? Empty.of(
            Icon.INBOX, "None among these", "Many events were looked through; look further back.")
        : Empty.of(
            Icon.INBOX,
            "No event",
            "Nothing that fits was kept. Set up a connection, or look for something else.");
  }

  /// The same list again.
  private static String here(Form query) {
    List<String> pairs = new ArrayList<>();
    for (String name : query.names()) {
      pairs.add(name);
      pairs.add(query.text(name).orElse(""));
    }
    return Addresses.of(PATH, pairs.toArray(String[]::new));
  }

  private static EventFilter filter(Form query) {
    return new EventFilter(
        query.text("connection").orElse(null),
        query.text("topic").orElse(null),
        query.text("key").orElse(null),
        query.text("id").orElse(null),
        Read.moment(query, "from"),
        Read.moment(query, "to"));
  }

  private Part filters(Form query, Arrival.What what) {
    List<Option> connections = new ArrayList<>();
    connections.add(new Option("", "Any connection"));
    inbox
        .connections()
        .all()
        .forEach(open ->
            connections.add(new Option(open.connection().name(), open.connection().title())));
    return new Part.Filters(
        PATH,
        TABLE,
        List.of(
            Field.select("connection", "Connection", connections)
                .mandatory()
                .value(query.text("connection").orElse("")),
            Field.select(WHAT, "Show", whats())
                .mandatory()
                .value(what.name().toLowerCase(Locale.ROOT)),
            Field.select("state", "State", states())
                .mandatory()
                .value(query.text("state").orElse("")),
            search(query, "topic", "Topic", "orders/create"),
            search(query, "key", "Key", "The whole key"),
            search(query, "id", "Sender's id", "The whole id"),
            Field.of(Field.Kind.TIME, "from", "From, UTC").value(query.text("from").orElse("")),
            Field.of(Field.Kind.TIME, "to", "To, UTC").value(query.text("to").orElse(""))));
  }

  private static List<Option> whats() {
    return List.of(
        new Option("both", "All deliveries"),
        new Option("events", "Events"),
        new Option("duplicates", "Duplicates"));
  }

  private static List<Option> states() {
    List<Option> states = new ArrayList<>();
    states.add(new Option("", "Any state"));
    for (EventState.State state : EventState.State.values()) {
      states.add(
          new Option(state.name().toLowerCase(Locale.ROOT), InboxWords.state(state).label()));
    }
    return states;
  }

  private static Field search(Form query, String name, String label, String placeholder) {
    return Field.of(Field.Kind.SEARCH, name, label)
        .placeholder(placeholder)
        .value(query.text(name).orElse(""));
  }

  private static List<Tile> tiles(LaneFigures figures) {
    Tile letters =
        Tile.of("Dead letters", Figures.count(figures.openLetters()))
            .note("open")
            .href(InboxTabs.ERRORS.path());
    Tile waiting =
        Tile.of("Waiting", Figures.count(figures.waiting()))
            .note(
                figures.waiting() == 0
                    ? "events"
                    : figures.oldestWaiting().isZero()
                        ? "events of parked keys"
                        : "events, the oldest for " + Figures.duration(figures.oldestWaiting()))
            .href(InboxTabs.KEYS.path());
    return List.of(
        Tile.of("Not looked at yet", Figures.count(figures.backlog()))
            .note(
                figures.backlog() == 0
                    ? "events"
                    : "events, the oldest for " + Figures.duration(figures.oldestBacklog())),
        figures.waiting() > 0 ? waiting.tone(Tone.WAIT) : waiting,
        figures.openLetters() > 0 ? letters.tone(Tone.BAD) : letters,
        Tile.of("Parked keys", Figures.count(figures.parkedKeys())).href(InboxTabs.KEYS.path()),
        Tile.of("Nodes", Figures.count(figures.nodes())).note("that hand on"));
  }
}

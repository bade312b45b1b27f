package dev.entrepot.console.pages.inbox;

import dev.entrepot.console.access.Permission;
import dev.entrepot.console.pages.shell.Addresses;
import dev.entrepot.console.pages.shell.Page;
import dev.entrepot.console.pages.shell.Read;
import dev.entrepot.console.pages.shell.Shell;
import dev.entrepot.console.pages.shell.Words;
import dev.entrepot.console.server.Access;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.Form;
import dev.entrepot.console.server.ProblemException;
import dev.entrepot.console.server.Route;
import dev.entrepot.console.view.Action;
import dev.entrepot.console.view.Cell;
import dev.entrepot.console.view.Column;
import dev.entrepot.console.view.Empty;
import dev.entrepot.console.view.Fact;
import dev.entrepot.console.view.Field;
import dev.entrepot.console.view.Icon;
import dev.entrepot.console.view.Option;
import dev.entrepot.console.view.Part;
import dev.entrepot.console.view.TableView;
import dev.entrepot.inbox.Inbox;
import dev.entrepot.inbox.hotstore.Entity;
import dev.entrepot.inbox.hotstore.EntityFilter;
import dev.entrepot.inbox.hotstore.EntityKey;
import dev.entrepot.inbox.hotstore.HotStore;
import dev.entrepot.inbox.lanes.EventState;
import dev.entrepot.inbox.log.EventFilter;
import dev.entrepot.inbox.log.Positions;
import dev.entrepot.spi.event.EntityType;
import dev.entrepot.spi.event.Lookup;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;

/// The hot store: entities found by what they are called, and the latest state of one.
final class EntityPages {
  static final String PATH = "/inbox/entities";
  private static final String TABLE = "entities";
  private static final String ABANDONED = "abandoned";
  private static final Duration LEFT_ALONE = Duration.ofHours(1);
  private static final int MOST_EVENTS = 50;

  private final Shell shell;
  private final Inbox inbox;
  private final HotStore store;
  private final StayForm stays;
  private final Clock clock;

  EntityPages(Shell shell, Inbox inbox, Clock clock) {
    this.shell = shell;
    this.inbox = inbox;
    this.store = inbox.hotStore();
    this.stays = new StayForm(shell, inbox);
    this.clock = clock;
  }

  List<Route> routes() {
    Access read = Access.needs(Permission.READ_INBOX);
    return List.of(
        Route.get(PATH, "pages.entities", read, this::list),
        Route.get(PATH + "/{tenant}/{type}/{account}/{entity}", "pages.entity", read, this::show),
        stays.route());
  }

  private Answer list(Exchange exchange) {
    Form query = exchange.query();
    String tenant = Tenants.of(inbox, exchange);
    EntityType type = type(query);
    dev.entrepot.model.Page<Entity> found = found(exchange, tenant, type);
    TableView table =
        TableView.of(
                TABLE,
                "Entities by account and id",
                List.of(
                    Column.title("Entity"),
                    Column.text("State"),
                    Column.of("Known by", Column.Kind.WIDE),
                    Column.text("As of"),
                    Column.text("Leaves")),
                found.items().stream().map(EntityPages::row).toList(),
                Empty.of(
                    Icon.SEARCH,
                    "Nothing found",
                    "The hot store has the latest state of what events told of lately."))
            .paged(
                Addresses.paging(
                    exchange, found.items().size(), "entity", "entities", found.next()));
    return shell.show(
        exchange,
        InboxTabs.ENTITIES
            .page("The latest state of orders, customers, carts and the like.")
            .with(filters(query, tenant, type), new Part.Table(table))
            .with(stays.parts(tenant, exchange.principal())));
  }

  private static EntityType type(Form query) {
    return query
        .text("type")
        .flatMap(text -> Read.constant(text, EntityType.class))
        .orElse(EntityType.ORDER);
  }

  private dev.entrepot.model.Page<Entity> found(Exchange exchange, String tenant, EntityType type) {
    Form query = exchange.query();
    String cursor = Addresses.cursor(exchange);
    String by = query.text("by").orElse("");
    if (by.equals(ABANDONED)) {
      return store.abandonedCarts(
          tenant, clock.instant().minus(LEFT_ALONE), cursor, exchange.pageSize());
    }
    Optional<Lookup> lookup = Read.constant(by, Lookup.class);
    Optional<String> value =
        query.text("value").flatMap(text -> lookup.flatMap(one -> one.normalize(text)));
    if (lookup.isPresent() && value.isPresent()) {
      return store.find(tenant, type, lookup.get(), value.get(), cursor, exchange.pageSize());
    }
    return store.list(
        new EntityFilter(
            tenant, type, query.text("account").orElse(null), query.text("state").orElse(null)),
        cursor,
        exchange.pageSize());
  }

  private Part filters(Form query, String tenant, EntityType type) {
    List<Option> types =
        Arrays.stream(EntityType.values())
            .map(one -> new Option(one.name().toLowerCase(Locale.ROOT), Words.of(one)))
            .toList();
    List<Option> ways = new ArrayList<>();
    ways.add(new Option("", "Account and state"));
    ways.add(new Option(ABANDONED, "Carts left for an hour or more"));
    for (Lookup lookup : Lookup.values()) {
      ways.add(new Option(lookup.name().toLowerCase(Locale.ROOT), Words.of(lookup)));
    }
    return new Part.Filters(
            PATH,
            TABLE,
            Tenants.fields(
                inbox,
                tenant,
                Field.select("type", "Type", types)
                    .mandatory()
                    .value(type.name().toLowerCase(Locale.ROOT)),
                Field.select("by", "Look up by", ways)
                    .mandatory()
                    .value(query.text("by").orElse("")),
                search(query, "value", "Value", "jo@example.com"),
                search(query, "account", "Account", "shop.example"),
                search(query, "state", "State", "paid")))
        .submit("Look up");
  }

  private static Field search(Form query, String name, String label, String placeholder) {
    return Field.of(Field.Kind.SEARCH, name, label)
        .placeholder(placeholder)
        .value(query.text(name).orElse(""));
  }

  private static TableView.Row row(Entity entity) {
    return TableView.Row.of(
        entity.key().account() + "/" + entity.key().id(),
        Cell.link(
            Words.capitalised(entity.key().typeName()) + " " + entity.key().id(),
            path(entity),
            entity.key().account()),
        Cell.text(entity.completed() ? "completed" : entity.state()),
        Cell.text(known(entity)),
        Cell.ago(entity.at()),
        Cell.time(entity.expiresAt()));
  }

  private static String path(Entity entity) {
    EntityKey key = entity.key();
    return PATH
        + "/"
        + Addresses.encode(key.tenant())
        + "/"
        + key.typeName()
        + "/"
        + Addresses.encode(key.account())
        + "/"
        + Addresses.encode(key.id());
  }

  private static String known(Entity entity) {
    List<String> values = new ArrayList<>();
    new TreeMap<>(entity.lookups()).values().forEach(values::addAll);
    return String.join(", ", values.subList(0, Math.min(values.size(), 4)));
  }

  private Answer show(Exchange exchange) {
    EntityType type =
        Read.constant(exchange.variable("type"), EntityType.class)
            .orElseThrow(() ->
                ProblemException.notFound(
                    "“" + exchange.variable("type") + "” is no type of entity"));
    EntityKey key =
        new EntityKey(
            exchange.variable("tenant"),
            type,
            exchange.variable("account"),
            exchange.variable("entity"));
    Entity entity =
        store
            .get(key)
            .orElseThrow(() ->
                ProblemException.notFound(
                    "the hot store has no "
                        + key
                        + " of account "
                        + key.account()
                        + " (any more)"));
    Optional<EventState> last = inbox.states().find(entity.position());
    Page page =
        Page.of(Words.capitalised(key.typeName()) + " " + key.id())
            .lead("As " + key.account() + " told it last.")
            .under("Inbox", "/inbox")
            .under("Entities", Addresses.of(PATH, "tenant", key.tenant(), "type", key.typeName()));
    if (last.isPresent()) {
      page =
          page.action(
              Action.link(
                      "Its key's story",
                      Addresses.of("/trace", "key", last.get().event().identity().key()))
                  .icon(Icon.TRACE));
    }
    return shell.show(
        exchange,
        page.with(
            Part.columns(
                new Part.Stack(
                    List.of(
                        Part.panel("facts", "Entity", new Part.Facts(facts(entity))),
                        Part.panel(
                            "document", "Latest state", EventBody.document(entity.document())))),
                Part.panel("events", "Events of its key", events(last)))));
  }

  private static List<Fact> facts(Entity entity) {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("Tenant", Cell.text(entity.key().tenant())));
    facts.add(new Fact("State", Cell.text(entity.state())));
    if (entity.completed()) {
      facts.add(new Fact("Became order", Cell.code(entity.order())));
    }
    new TreeMap<>(entity.lookups())
        .forEach((lookup, values) ->
            facts.add(new Fact(Words.of(lookup), Cell.code(String.join(", ", values)))));
    facts.add(new Fact("As of", Cell.time(entity.at())));
    facts.add(new Fact("Received", Cell.time(entity.receivedAt())));
    facts.add(new Fact("Leaves the hot store", Cell.time(entity.expiresAt())));
    return facts;
  }

  /// Those of the same key as the event that made it what it is.
  private TableView events(Optional<EventState> last) {
    List<EventState> events =
        last.map(state ->
                inbox
                    .states()
                    .list(EventFilter.ofKey(state.event().identity().key()), null, MOST_EVENTS)
                    .items())
            .orElse(List.of());
    long made = last.map(state -> state.event().position()).orElse(0L);
    return TableView.of(
        "event-list",
        "Events of its key, newest first",
        List.of(Column.title("Event"), Column.text("State"), Column.text("Received")),
        events.stream().map(state -> row(state, made)).toList(),
        Empty.of(Icon.INBOX, "No event is left", "They are past the retention."));
  }

  private static TableView.Row row(EventState state, long made) {
    String position = Positions.text(state.event().position());
    boolean madeIt = state.event().position() == made;
    return TableView.Row.of(
        position,
        Cell.link(
            state.event().identity().topic(),
            "/inbox/events/" + position,
            madeIt ? position + ", made it what it is" : position),
        new Cell.State(InboxWords.state(state.state())),
        Cell.ago(state.event().receivedAt()));
  }
}

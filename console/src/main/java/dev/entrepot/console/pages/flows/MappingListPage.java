package dev.entrepot.console.pages.flows;

import dev.entrepot.console.access.Permission;
import dev.entrepot.console.pages.shell.Addresses;
import dev.entrepot.console.pages.shell.Page;
import dev.entrepot.console.pages.shell.Shell;
import dev.entrepot.console.server.Access;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.Route;
import dev.entrepot.console.view.Action;
import dev.entrepot.console.view.Cell;
import dev.entrepot.console.view.Column;
import dev.entrepot.console.view.Empty;
import dev.entrepot.console.view.Figures;
import dev.entrepot.console.view.Icon;
import dev.entrepot.console.view.Part;
import dev.entrepot.console.view.TableView;
import dev.entrepot.console.view.Tone;
import dev.entrepot.flow.Flows;
import dev.entrepot.flow.clients.Client;
import dev.entrepot.flow.mapping.StoredMapping;
import dev.entrepot.flow.runs.Run;
import dev.entrepot.flow.schedules.ScheduleState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// All mappings, and all flows that use them.
final class MappingListPage {
  private static final int MOST_FLOWS = 500;
  private static final int SHOWN_USERS = 3;

  private final Shell shell;
  private final Flows flows;
  private final Clock clock;

  MappingListPage(Shell shell, Flows flows, Clock clock) {
    this.shell = shell;
    this.flows = flows;
    this.clock = clock;
  }

  List<Route> routes() {
    Access read = Access.needs(Permission.READ_FLOWS);
    return List.of(
        Route.get(FlowTabs.MAPPINGS.path(), "pages.flow.mappings", read, this::mappings),
        Route.get(FlowTabs.FLOWS.path(), "pages.flows", read, this::flows));
  }

  private Answer mappings(Exchange exchange) {
    TableView table =
        TableView.of(
            "mappings",
            "Field mappings by name",
            List.of(
                Column.title("Mapping"),
                Column.text("Product"),
                Column.number("Fields"),
                Column.number("Revision"),
                Column.of("Used by", Column.Kind.WIDE),
                Column.text("Changed")),
            flows.config().mappings().all().stream().map(this::row).toList(),
            Empty.of(
                Icon.MAPPING,
                "No mapping yet",
                "Make one, or make a client: it begins with a starter mapping."));
    Page page =
        FlowTabs.MAPPINGS
            .page("Which fields of the ERP become which of the product; clients may share one.")
            .with(new Part.Table(table));
    if (exchange.principal().may(Permission.MANAGE_FLOWS)) {
      page = page.action(Action.link("New mapping", NewMappingPage.PATH).primary().icon(Icon.PLUS));
    }
    return shell.show(exchange, page);
  }

  private TableView.Row row(StoredMapping mapping) {
    List<String> users = flows.config().mappings().users(mapping.name());
    List<String> shown = new ArrayList<>(users.subList(0, Math.min(SHOWN_USERS, users.size())));
    if (users.size() > shown.size()) {
      shown.add("and " + Figures.count(users.size() - shown.size()) + " more");
    }
    return TableView.Row.of(
        mapping.name().replace('/', '-'),
        Cell.link(mapping.name(), "/sync/mappings/" + Addresses.encode(mapping.name())),
        Cell.text(mapping.document().productType()),
        Cell.count(mapping.document().fields().size()),
        Cell.count(mapping.revision()),
        shown.isEmpty() ? Cell.text(null) : new Cell.Words(shown),
        Cell.ago(mapping.updatedAt()));
  }

  private Answer flows(Exchange exchange) {
    Map<String, ScheduleState> schedules =
        flows.config().schedules().all().stream()
            .collect(Collectors.toMap(ScheduleState::tenant, Function.identity()));
    Map<String, Long> mappings =
        flows.config().mappings().all().stream()
            .collect(Collectors.toMap(StoredMapping::name, StoredMapping::revision));
    Map<String, Run> latest = ClientListPage.latest(flows);
    dev.entrepot.model.Page<Client> clients =
        flows.config().clients().list(null, null, Addresses.cursor(exchange), MOST_FLOWS);
    TableView table =
        TableView.of(
                "flows",
                "Flows by client",
                List.of(
                    Column.title("Flow"),
                    Column.text("Schedule"),
                    Column.text("Next"),
                    Column.text("Missed times"),
                    Column.text("Last run"),
                    Column.text("Mapping")),
                clients.items().stream()
                    .map(client ->
                        flow(
                            client,
                            schedules.get(client.config().id()),
                            Optional.ofNullable(latest.get(client.config().id())),
                            mappings))
                    .toList(),
                Empty.of(Icon.FLOWS, "No flow yet", "Each client is a flow of its own."))
            .paged(Addresses.paging(exchange, clients.items().size(), "flow", clients.next()));
    return shell.show(
        exchange,
        FlowTabs.FLOWS
            .page("When each flow runs by itself, and what it maps with.")
            .with(new Part.Table(table)));
  }

  private TableView.Row flow(
      Client client,
      @Nullable ScheduleState schedule,
      Optional<Run> last,
      Map<String, Long> mappings) {
    String id = client.config().id();
    Long revision = mappings.get(client.config().mapping());
    Cell mapping =
        revision == null
            ? new Cell.Fault(client.config().mapping(), "It is not there.")
            : Cell.link(
                client.config().mapping(),
                Addresses.of(
                    "/sync/mappings/" + Addresses.encode(client.config().mapping()), "client", id),
                "revision " + revision);
    return TableView.Row.of(
        id,
        Cell.link(client.config().flow(), "/sync/clients/" + Addresses.encode(id), id),
        schedule == null ? Cell.text("By hand") : Cell.code(schedule.plan().expression()),
        due(schedule),
        schedule == null
            ? Cell.text(null)
            : Cell.text(FlowWords.catchUp(schedule.plan().catchUp())),
        last.<Cell>map(run -> Cell.link(FlowWords.state(run).label(), RunPage.path(run.id())))
            .orElse(Cell.text(null)),
        mapping);
  }

  private Cell due(@Nullable ScheduleState schedule) {
    Instant next = schedule == null || !schedule.active() ? null : schedule.next();
    if (next == null) {
      return Cell.badge(Tone.QUIET, schedule == null ? "None" : "Off");
    }
    Instant now = clock.instant();
    return next.isBefore(now)
        ? Cell.text("Now")
        : Cell.text("in " + Figures.duration(Duration.between(now, next)));
  }
}

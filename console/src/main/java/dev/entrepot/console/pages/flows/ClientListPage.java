package dev.entrepot.console.pages.flows;

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
import dev.entrepot.console.view.Badge;
import dev.entrepot.console.view.Cell;
import dev.entrepot.console.view.Column;
import dev.entrepot.console.view.Empty;
import dev.entrepot.console.view.Field;
import dev.entrepot.console.view.Figures;
import dev.entrepot.console.view.Icon;
import dev.entrepot.console.view.Option;
import dev.entrepot.console.view.Part;
import dev.entrepot.console.view.TableView;
import dev.entrepot.console.view.Tone;
import dev.entrepot.flow.Flows;
import dev.entrepot.flow.clients.Client;
import dev.entrepot.flow.runs.Outstanding;
import dev.entrepot.flow.runs.Run;
import dev.entrepot.flow.schedules.ScheduleState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// All clients of the sync.
final class ClientListPage {
  private static final String TABLE = "clients";
  private static final int LONGEST = 100;

  private final Shell shell;
  private final Flows flows;

  ClientListPage(Shell shell, Flows flows) {
    this.shell = shell;
    this.flows = flows;
  }

  List<Route> routes() {
    return List.of(
        Route.get(
            FlowTabs.CLIENTS.path(),
            "pages.clients",
            Access.needs(Permission.READ_FLOWS),
            this::list));
  }

  private Answer list(Exchange exchange) {
    ClientFilter filter = ClientFilter.of(exchange.query());
    Map<String, Run> newest = latest(flows);
    Function<Client, Optional<Run>> last =
        client -> Optional.ofNullable(newest.get(client.config().id()));
    dev.entrepot.model.Page<Client> clients =
        filter.page(
            exchange,
            flows.config().clients(),
            Addresses.cursor(exchange),
            last,
            client -> problem(client, last.apply(client)).isPresent());
    Map<String, ScheduleState> schedules =
        flows.config().schedules().all().stream()
            .collect(Collectors.toMap(ScheduleState::tenant, Function.identity()));
    Map<String, Outstanding> outstanding = flows.outstanding().all();
    boolean manages = exchange.principal().may(Permission.MANAGE_FLOWS);
    TableView table =
        TableView.of(
                TABLE,
                "Clients by id",
                columns(),
                clients.items().stream()
                    .map(client ->
                        row(
                            client,
                            schedules.get(client.config().id()),
                            last.apply(client),
                            outstanding.getOrDefault(
                                client.config().id(), Outstanding.none(client.config().id()))))
                    .toList(),
                empty(manages, !filter.any()))
            .paged(Addresses.paging(exchange, clients.items().size(), "client", clients.next()));
    Page page =
        FlowTabs.CLIENTS
            .page("Who is kept in step with the ERP: one client, one product, one schedule.")
            .with(
                new Part.Filters(FlowTabs.CLIENTS.path(), TABLE, filters(exchange, filter)),
                new Part.Table(table));
    page = FlowTabs.alerts(exchange.principal(), null).map(page::action).orElse(page);
    return shell.show(
        exchange,
        manages
            ? page.action(Action.link("New client", "/sync/new-client").primary().icon(Icon.PLUS))
                .action(Action.link("Import clients", "/sync/import").icon(Icon.UPLOAD))
            : page);
  }

  private List<Field> filters(Exchange exchange, ClientFilter filter) {
    List<Option> products = new ArrayList<>();
    products.add(new Option("", "All products"));
    for (String type : flows.config().systems().productTypes()) {
      String title =
          flows.config().systems().destination(type).map(one -> one.title()).orElse(type);
      products.add(new Option(type, title));
    }
    List<Field> fields = new ArrayList<>(filter.fields());
    fields.add(
        Field.select("product_type", "Product", products)
            .mandatory()
            .value(exchange.query().text("product_type").orElse("")));
    fields.add(
        Field.select(
                "enabled",
                "State",
                List.of(
                    new Option("", "All"),
                    new Option("true", "Enabled"),
                    new Option("false", "Disabled")))
            .mandatory()
            .value(exchange.query().text("enabled").orElse("")));
    return fields;
  }

  private static Empty empty(boolean manages, boolean filtered) {
    return filtered
        ? Empty.of(
            Icon.FILTER, "No such client", "Choose another name, last run, product or state.")
        : new Empty(
            Icon.FLOWS,
            "No client yet",
            "A client reads products from its ERP and writes them to one product, by itself.",
            manages ? Action.link("New client", "/sync/new-client").primary() : null);
  }

  private static List<Column> columns() {
    return List.of(
        Column.title("Client"),
        Column.text("Product"),
        Column.text("State"),
        Column.text("Next run"),
        Column.text("Last run"),
        Column.number("Outstanding"),
        Column.of("Problem", Column.Kind.WIDE));
  }

  /// The latest run of each client.
  static Map<String, Run> latest(Flows flows) {
    return flows.runs().latest().stream()
        .collect(Collectors.toMap(Run::tenant, Function.identity()));
  }

  private TableView.Row row(
      Client client,
      @Nullable ScheduleState schedule,
      Optional<Run> last,
      Outstanding outstanding) {
    String id = client.config().id();
    Optional<Cell> problem = problem(client, last);
    List<Cell> cells =
        List.of(
            Cell.link(client.config().name(), "/sync/clients/" + Addresses.encode(id), id),
            Cell.text(
                flows
                    .config()
                    .systems()
                    .destination(client.config().productType())
                    .map(one -> one.title())
                    .orElse(client.config().productType())),
            new Cell.State(
                client.config().enabled()
                    ? Badge.of(Tone.GOOD, "Enabled")
                    : Badge.of(Tone.QUIET, "Disabled")),
            schedule == null || !schedule.active()
                ? Cell.text(schedule == null ? "By hand" : null)
                : Cell.time(schedule.next()),
            last.<Cell>map(run -> new Cell.State(FlowWords.state(run))).orElse(Cell.text(null)),
            outstanding.total() == 0
                ? Cell.count(0)
                : Cell.link(Figures.count(outstanding.total()), OutstandingPage.path(id)),
            problem.orElse(Cell.text(null)));
    return new TableView.Row(
        id, cells, problem.isPresent() || outstanding.total() > 0 ? Tone.WARN : null);
  }

  /// The first thing that is wrong, and where it is mended or told.
  private Optional<Cell> problem(Client client, Optional<Run> last) {
    String path = "/sync/clients/" + Addresses.encode(client.config().id());
    Optional<Cell> configured =
        flows.config().clients().check(client.config()).stream()
            .findFirst()
            .map(one -> Cell.link(cut(Words.sentence(one.message())), path));
    return configured.or(() -> last.flatMap(ClientListPage::problem));
  }

  /// What is wrong with a run, in few words: the whole is told on its page.
  private static Optional<Cell> problem(Run run) {
    String path = RunPage.path(run.id());
    String reason = run.reason();
    if (reason != null) {
      String label = run.code() == null ? FlowWords.state(run).label() : Words.of(run.code());
      return Optional.of(Cell.link(label, path, cut(Words.sentence(reason))));
    }
    long rejected = run.books().rejected();
    return rejected == 0
        ? Optional.empty()
        : Optional.of(
            Cell.link(
                Words.count(rejected, "record") + " rejected", path + "/records?outcome=rejected"));
  }

  private static String cut(String text) {
    if (text.length() <= LONGEST) {
      return text;
    }
    int space = text.lastIndexOf(' ', LONGEST);
    return text.substring(0, space > 0 ? space : LONGEST) + "…";
  }
}

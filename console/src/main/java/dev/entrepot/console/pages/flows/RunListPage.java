package dev.entrepot.console.pages.flows;

import dev.entrepot.console.access.Permission;
import dev.entrepot.console.pages.shell.Addresses;
import dev.entrepot.console.pages.shell.Shell;
import dev.entrepot.console.pages.shell.Words;
import dev.entrepot.console.server.Access;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.Route;
import dev.entrepot.console.view.Field;
import dev.entrepot.console.view.Option;
import dev.entrepot.console.view.Part;
import dev.entrepot.flow.Flows;
import dev.entrepot.flow.runs.Run;
import dev.entrepot.flow.runs.RunState;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// All runs.
final class RunListPage {
  private static final String TABLE = "runs";

  private final Shell shell;
  private final Flows flows;
  private final Clock clock;

  RunListPage(Shell shell, Flows flows, Clock clock) {
    this.shell = shell;
    this.flows = flows;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        Route.get(
            FlowTabs.RUNS.path(), "pages.runs", Access.needs(Permission.READ_FLOWS), this::list));
  }

  private Answer list(Exchange exchange) {
    Optional<RunState> state = exchange.choice("state", RunState.class);
    String client = exchange.query().text("client").orElse(null);
    dev.entrepot.model.Page<Run> runs =
        flows
            .runs()
            .list(client, state.stream().toList(), Addresses.cursor(exchange), exchange.pageSize());
    return shell.show(
        exchange,
        FlowTabs.RUNS
            .page(
                "Every run with its books: what was read is written, unchanged, rejected or left.")
            .with(
                new Part.Filters(FlowTabs.RUNS.path(), TABLE, filters(client, state)),
                new Part.Table(
                    RunTable.of(TABLE, runs.items(), RunTable.Whose.ALL, clock.instant())
                        .paged(Addresses.paging(exchange, runs.items().size(), "run", runs.next()))
                        .renewed(
                            Addresses.of(
                                FlowTabs.RUNS.path(),
                                "client",
                                client,
                                "state",
                                state.map(RunListPage::value).orElse(null),
                                "cursor",
                                Addresses.cursor(exchange))))));
  }

  static String value(RunState state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  private static List<Field> filters(@Nullable String client, Optional<RunState> state) {
    List<Option> states = new ArrayList<>();
    states.add(new Option("", "All states"));
    for (RunState one : RunState.values()) {
      states.add(new Option(value(one), Words.of(one)));
    }
    return List.of(
        Field.of(Field.Kind.SEARCH, "client", "Client").value(client == null ? "" : client),
        Field.select("state", "State", states)
            .mandatory()
            .value(state.map(RunListPage::value).orElse("")));
  }
}

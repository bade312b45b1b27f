package dev.entrepot.console.pages.flows;

import dev.entrepot.console.access.Permission;
import dev.entrepot.console.pages.shell.Addresses;
import dev.entrepot.console.pages.shell.Shell;
import dev.entrepot.console.pages.shell.Words;
import dev.entrepot.console.server.Access;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.ProblemException;
import dev.entrepot.console.server.Route;
import dev.entrepot.console.view.Action;
import dev.entrepot.console.view.Cell;
import dev.entrepot.console.view.Empty;
import dev.entrepot.console.view.Fact;
import dev.entrepot.console.view.Field;
import dev.entrepot.console.view.Figures;
import dev.entrepot.console.view.Icon;
import dev.entrepot.console.view.Option;
import dev.entrepot.console.view.Part;
import dev.entrepot.console.view.TableView;
import dev.entrepot.flow.Flows;
import dev.entrepot.flow.runs.Run;
import dev.entrepot.flow.runs.RunExchange;
import dev.entrepot.flow.runs.RunRecord;
import dev.entrepot.flow.runs.RunRecords.ExchangeFilter;
import dev.entrepot.flow.runs.RunRecords.Filter;
import java.util.ArrayList;
import java.util.List;

/// What was said in a run, each with the records that it carried.
final class RunExchangePages {
  private static final String PATH = "/sync/runs/{id}/exchanges";

  private static final String CARRIED = "Records that it carried";

  /// So many are shown at once.
  private static final int FEW = 5;

  /// More than any call carries.
  private static final int MOST_RECORDS = 1_000;

  private final Shell shell;
  private final Flows flows;
  private final RunPage pages;

  RunExchangePages(Shell shell, Flows flows, RunPage pages) {
    this.shell = shell;
    this.flows = flows;
    this.pages = pages;
  }

  List<Route> routes() {
    Access read = Access.needs(Permission.READ_FLOWS);
    return List.of(
        Route.get(PATH, "pages.run.exchanges", read, this::list),
        Route.get(PATH + "/{number}", "pages.run.exchange", read, this::show));
  }

  private static String path(Run run) {
    return RunPage.path(run.id()) + "/exchanges";
  }

  private Answer list(Exchange exchange) {
    Run run = RunPage.require(flows, exchange);
    boolean failures = exchange.query().text("only").isPresent();
    String key = exchange.query().text("key").orElse(null);
    dev.entrepot.model.Page<RunExchange> said =
        flows
            .records()
            .exchanges(
                run.id(),
                new ExchangeFilter(failures, null, key),
                Addresses.cursor(exchange),
                exchange.pageSize());
    TableView table =
        ExchangeTable.of(
                run,
                "exchanges",
                said.items(),
                failures
                    ? Empty.of(
                        Icon.CHECK,
                        "No failure",
                        "Every call that is kept was answered well, and no item was rejected in an answer.")
                    : Empty.of(
                        Icon.FLOWS,
                        "No exchange",
                        "Nothing of the kind was said yet, or it is forgotten: calls of old runs are not kept."))
            .paged(Addresses.paging(exchange, said.items().size(), "exchange", said.next()));
    return shell.show(
        exchange,
        pages
            .page(exchange.principal(), run, "exchanges")
            .with(
                new Part.Filters(
                    path(run),
                    "exchanges",
                    List.of(
                        Field.of(Field.Kind.SEARCH, "key", "Key of a record")
                            .value(key == null ? "" : key),
                        Field.select(
                                "only",
                                "Exchanges",
                                List.of(
                                    new Option("", "All of them"),
                                    new Option("failures", "Only those that failed")))
                            .mandatory()
                            .value(failures ? "failures" : ""))),
                new Part.Table(
                    run.state().ended() ? table : table.renewed(Addresses.here(exchange)))));
  }

  private Answer show(Exchange exchange) {
    Run run = RunPage.require(flows, exchange);
    long number = exchange.number("number");
    RunExchange one =
        flows
            .records()
            .exchange(run.id(), number)
            .orElseThrow(() ->
                ProblemException.notFound(
                    "run %s has no exchange %d; look at its exchanges"
                        .formatted(run.id(), number)));
    List<Part> parts = new ArrayList<>();
    parts.add(Part.panel("call", "Exchange", new Part.Facts(facts(run, one))));
    Integer call = one.call();
    if (call != null) {
      parts.add(carried(run, call));
    }
    parts.add(
        Part.columns(
            Part.panel(
                "asked",
                "Asked",
                Documents.of("Headers", one.requestHeaders(), "No header."),
                Documents.of("Body", one.requestBody(), "No body, or it is not kept.")),
            Part.panel(
                "answered",
                "Answered",
                Documents.of("Headers of the answer", one.answerHeaders(), "No header."),
                Documents.of(
                    "Body of the answer", one.answerBody(), "No body, or it is not kept."))));
    return shell.show(
        exchange,
        FlowTabs.RUNS
            .below(Words.of(one.purpose()))
            .under(FlowWords.title(run), RunPage.path(run.id()))
            .under("Exchanges", path(run))
            .with(parts));
  }

  private static List<Fact> facts(Run run, RunExchange one) {
    Integer call = one.call();
    return List.of(
        new Fact("Side", Cell.text(ExchangeTable.side(run, one))),
        new Fact("Call of the run", call == null ? Cell.text(null) : Cell.count(call)),
        new Fact("Address", Cell.code(one.method() + " " + one.uri())),
        new Fact("Answer", ExchangeTable.answer(one)),
        new Fact("Problem", Cell.text(one.problem())),
        new Fact("Took", new Cell.Figure(Figures.duration(one.took()))),
        new Fact("At", Cell.time(one.at())));
  }

  private Part carried(Run run, int call) {
    List<RunRecord> records =
        flows.records().list(run.id(), Filter.carriedBy(call), null, MOST_RECORDS).items();
    TableView table = RecordTable.of(run.id(), "carried", records);
    List<Action> actions = List.of(Action.link("All records", RunPage.path(run.id()) + "/records"));
    return records.size() <= FEW
        ? Part.panel("records", CARRIED, table).actions(actions)
        : Part.panel(
                "records",
                CARRIED,
                new Part.Folded(Words.count(records.size(), "record"), new Part.Table(table)))
            .actions(actions);
  }
}

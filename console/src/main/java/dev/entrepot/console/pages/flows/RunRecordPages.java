package dev.entrepot.console.pages.flows;

import dev.entrepot.console.access.Permission;
import dev.entrepot.console.pages.shell.Addresses;
import dev.entrepot.console.pages.shell.Page;
import dev.entrepot.console.pages.shell.Shell;
import dev.entrepot.console.server.Access;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.ProblemException;
import dev.entrepot.console.server.Route;
import dev.entrepot.console.view.Action;
import dev.entrepot.console.view.Empty;
import dev.entrepot.console.view.Field;
import dev.entrepot.console.view.Figures;
import dev.entrepot.console.view.Icon;
import dev.entrepot.console.view.Option;
import dev.entrepot.console.view.Part;
import dev.entrepot.console.view.TableView;
import dev.entrepot.flow.Flows;
import dev.entrepot.flow.runs.Change;
import dev.entrepot.flow.runs.Run;
import dev.entrepot.flow.runs.RunExchange;
import dev.entrepot.flow.runs.RunRecord;
import dev.entrepot.flow.runs.RunRecords.ExchangeFilter;
import dev.entrepot.flow.runs.RunRecords.Filter;
import dev.entrepot.model.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The records of a run, each with the calls that carried it.
final class RunRecordPages {
  private static final String PATH = "/sync/runs/{id}";
  private static final String CALLS = "Calls that carried it";
  private static final int MOST_CALLS = 100;

  private final Shell shell;
  private final Flows flows;
  private final RunPage pages;

  RunRecordPages(Shell shell, Flows flows, RunPage pages) {
    this.shell = shell;
    this.flows = flows;
    this.pages = pages;
  }

  List<Route> routes() {
    Access read = Access.needs(Permission.READ_FLOWS);
    return List.of(
        Route.get(PATH + "/records", "pages.run.records", read, this::records),
        Route.get(PATH + "/records/{record}", "pages.run.record", read, this::record));
  }

  private Answer records(Exchange exchange) {
    Run run = RunPage.require(flows, exchange);
    Filter filter =
        new Filter(
            exchange.choice("outcome", Outcome.class).orElse(null),
            exchange.choice("change", Change.class).orElse(null),
            exchange.query().text("key").orElse(null));
    dev.entrepot.model.Page<RunRecord> records =
        flows.records().list(run.id(), filter, Addresses.cursor(exchange), exchange.pageSize());
    Page page = pages.page(exchange.principal(), run, "records");
    Optional<Part> forgotten = RunParts.forgotten(flows, run);
    if (forgotten.isPresent()) {
      return shell.show(exchange, page.with(forgotten.get()));
    }
    TableView table =
        RecordTable.of(run.id(), "records", records.items())
            .paged(Addresses.paging(exchange, records.items().size(), "record", records.next()));
    return shell.show(
        exchange,
        page.with(
            new Part.Filters(RunPage.path(run.id()) + "/records", "records", filters(exchange)),
            new Part.Table(run.state().ended() ? table : table.renewed(Addresses.here(exchange)))));
  }

  private static List<Field> filters(Exchange exchange) {
    List<Option> outcomes = new ArrayList<>();
    outcomes.add(new Option("", "All outcomes"));
    for (Outcome outcome : Outcome.values()) {
      outcomes.add(
          new Option(outcome.name().toLowerCase(Locale.ROOT), FlowWords.outcome(outcome).label()));
    }
    List<Option> changes = new ArrayList<>();
    changes.add(new Option("", "All changes"));
    for (Change change : Change.values()) {
      changes.add(new Option(change.name().toLowerCase(Locale.ROOT), FlowWords.change(change)));
    }
    return List.of(
        Field.of(Field.Kind.SEARCH, "key", "Key").value(exchange.query().text("key").orElse("")),
        Field.select("outcome", "Outcome", outcomes)
            .mandatory()
            .value(exchange.query().text("outcome").orElse("")),
        Field.select("change", "Change", changes)
            .mandatory()
            .value(exchange.query().text("change").orElse("")));
  }

  private Answer record(Exchange exchange) {
    Run run = RunPage.require(flows, exchange);
    long number = exchange.number("record");
    RunRecord record =
        flows
            .records()
            .find(run.id(), number)
            .orElseThrow(() ->
                ProblemException.notFound(
                    "run %s has no record %d; look at its records".formatted(run.id(), number)));
    String key = record.key() == null ? "Record " + number : record.key();
    Page page =
        FlowTabs.RUNS
            .below(key)
            .under(FlowWords.title(run), RunPage.path(run.id()))
            .badge(FlowWords.outcome(record.outcome()))
            .lead("Record " + Figures.count(number) + " of the run.");
    if (record.key() != null) {
      page =
          page.action(
              Action.link(
                      "Trace it",
                      Addresses.of("/trace", "key", record.key(), "client", run.tenant()))
                  .icon(Icon.TRACE));
    }
    RecordParts told = new RecordParts(flows.config(), run, record);
    List<Part> parts = new ArrayList<>(told.parts());
    parts.add(calls(run, number, told.uncalled()));
    return shell.show(exchange, page.with(parts));
  }

  private Part calls(Run run, long record, String none) {
    List<RunExchange> said =
        flows
            .records()
            .exchanges(run.id(), ExchangeFilter.carrying(record), null, MOST_CALLS)
            .items();
    Part.Panel panel =
        said.isEmpty()
            ? Part.panel("calls", CALLS, new Part.Text(none))
            : Part.panel(
                "calls",
                CALLS,
                ExchangeTable.of(
                    run, "record-calls", said, Empty.of(Icon.FLOWS, "No call", "None was made.")));
    return panel.actions(
        List.of(Action.link("All exchanges", RunPage.path(run.id()) + "/exchanges")));
  }
}

package dev.entrepot.console.pages.flows;

import dev.entrepot.console.access.Permission;
import dev.entrepot.console.pages.shell.Addresses;
import dev.entrepot.console.pages.shell.Page;
import dev.entrepot.console.pages.shell.Shell;
import dev.entrepot.console.pages.shell.Words;
import dev.entrepot.console.server.Access;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.ProblemException;
import dev.entrepot.console.server.Route;
import dev.entrepot.console.view.Action;
import dev.entrepot.console.view.Cell;
import dev.entrepot.console.view.Column;
import dev.entrepot.console.view.Empty;
import dev.entrepot.console.view.Fact;
import dev.entrepot.console.view.Field;
import dev.entrepot.console.view.Figures;
import dev.entrepot.console.view.Icon;
import dev.entrepot.console.view.Option;
import dev.entrepot.console.view.Part;
import dev.entrepot.console.view.TableView;
import dev.entrepot.console.view.Tone;
import dev.entrepot.flow.Flows;
import dev.entrepot.flow.runs.Change;
import dev.entrepot.flow.runs.Run;
import dev.entrepot.flow.runs.RunExchange;
import dev.entrepot.flow.runs.RunObserver.Side;
import dev.entrepot.flow.runs.RunRecord;
import dev.entrepot.flow.runs.RunRecords.Filter;
import dev.entrepot.model.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The records of a run, and what was said in it.
final class RunRecordPages {
  private static final String PATH = "/sync/runs/{id}";

  private final Shell shell;
  private final Flows flows;

  RunRecordPages(Shell shell, Flows flows) {
    this.shell = shell;
    this.flows = flows;
  }

  List<Route> routes() {
    Access read = Access.needs(Permission.READ_FLOWS);
    return List.of(
        Route.get(PATH + "/records", "pages.run.records", read, this::records),
        Route.get(PATH + "/records/{record}", "pages.run.record", read, this::record),
        Route.get(PATH + "/exchanges", "pages.run.exchanges", read, this::exchanges),
        Route.get(PATH + "/exchanges/{number}", "pages.run.exchange", read, this::exchange));
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
    Optional<Part> forgotten = RunParts.forgotten(flows, run);
    if (forgotten.isPresent()) {
      return shell.show(exchange, RunPage.page(run, "records").with(forgotten.get()));
    }
    return shell.show(
        exchange,
        RunPage.page(run, "records")
            .with(
                new Part.Filters(RunPage.path(run.id()) + "/records", "records", filters(exchange)),
                new Part.Table(
                    RecordTable.of(run.id(), "records", records.items())
                        .paged(
                            Addresses.paging(
                                exchange, records.items().size(), "record", records.next())))));
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
              Action.link("Trace it", Addresses.of("/trace", "key", record.key()))
                  .icon(Icon.TRACE));
    }
    return shell.show(exchange, page.with(parts(record)));
  }

  private static List<Part> parts(RunRecord record) {
    List<Part> parts = new ArrayList<>();
    if (record.reason() != null) {
      parts.add(
          new Part.Message(
              record.outcome() == Outcome.REJECTED ? Tone.BAD : Tone.INFO,
              Words.sentence(record.reason()),
              null));
    }
    if (record.change() != null) {
      parts.add(
          Part.panel(
              "change",
              FlowWords.change(record.change()),
              record.diffs() == null
                  ? new Part.Text("Every field is new there.")
                  : new Part.Changes("Fields that differ", RecordTable.changes(record.diffs()))));
    }
    parts.add(
        Part.columns(
            Part.panel(
                "source",
                "As it came",
                Documents.of(
                    "Record of the source",
                    record.source(),
                    "It is not kept: the destination holds exactly this already.")),
            Part.panel(
                "item",
                "As it is sent",
                Documents.of("Item for the destination", record.item(), "Nothing is sent."))));
    return parts;
  }

  private Answer exchanges(Exchange exchange) {
    Run run = RunPage.require(flows, exchange);
    boolean failures = exchange.query().text("only").isPresent();
    dev.entrepot.model.Page<RunExchange> said =
        flows
            .records()
            .exchanges(run.id(), failures, Addresses.cursor(exchange), exchange.pageSize());
    String path = RunPage.path(run.id()) + "/exchanges";
    return shell.show(
        exchange,
        RunPage.page(run, "exchanges")
            .lead("What was said with both sides; secrets are masked.")
            .with(
                new Part.Filters(
                    path,
                    "exchanges",
                    List.of(
                        Field.select(
                                "only",
                                "Calls",
                                List.of(
                                    new Option("", "All calls"),
                                    new Option("failures", "Only those that failed")))
                            .mandatory()
                            .value(failures ? "failures" : ""))),
                new Part.Table(
                    table(run, said.items())
                        .paged(
                            Addresses.paging(
                                exchange, said.items().size(), "call", said.next())))));
  }

  private static TableView table(Run run, List<RunExchange> said) {
    return TableView.of(
        "exchanges",
        "Calls in their order",
        List.of(
            Column.title("Call"),
            Column.text("Side"),
            Column.text("Answer"),
            Column.number("Took"),
            Column.text("At"),
            Column.of("Address", Column.Kind.WIDE)),
        said.stream().map(one -> row(run, one)).toList(),
        Empty.of(
            Icon.FLOWS,
            "No call",
            "Nothing was said yet, or it is forgotten: calls of old runs are not kept."));
  }

  private static TableView.Row row(Run run, RunExchange one) {
    boolean failed = failed(one);
    return new TableView.Row(
        Long.toString(one.id()),
        List.of(
            Cell.link(
                Words.of(one.purpose()),
                RunPage.path(run.id()) + "/exchanges/" + one.id(),
                one.method()),
            Cell.text(side(run, one)),
            Cell.badge(failed ? Tone.BAD : Tone.GOOD, status(one)),
            new Cell.Figure(Figures.duration(one.took())),
            Cell.time(one.at()),
            Cell.code(one.uri())),
        failed ? Tone.WARN : null);
  }

  private static boolean failed(RunExchange one) {
    return one.problem() != null || one.status() < 200 || one.status() > 299;
  }

  private static String status(RunExchange one) {
    return one.status() == 0 ? "No answer" : Integer.toString(one.status());
  }

  private static String side(Run run, RunExchange one) {
    return one.side() == Side.SOURCE ? run.source() : run.destination();
  }

  private Answer exchange(Exchange exchange) {
    Run run = RunPage.require(flows, exchange);
    long number = exchange.number("number");
    RunExchange one =
        flows.records().exchanges(run.id(), false, Long.toString(number - 1), 1).items().stream()
            .filter(found -> found.id() == number)
            .findFirst()
            .orElseThrow(() ->
                ProblemException.notFound(
                    "run %s has no call %d; look at its exchanges".formatted(run.id(), number)));
    return shell.show(
        exchange,
        FlowTabs.RUNS
            .below(Words.of(one.purpose()))
            .under(FlowWords.title(run), RunPage.path(run.id()))
            .under("Exchanges", RunPage.path(run.id()) + "/exchanges")
            .with(
                Part.panel(
                    "call",
                    "Call",
                    new Part.Facts(
                        List.of(
                            new Fact("Side", Cell.text(side(run, one))),
                            new Fact("Address", Cell.code(one.method() + " " + one.uri())),
                            new Fact(
                                "Answer",
                                Cell.badge(failed(one) ? Tone.BAD : Tone.GOOD, status(one))),
                            new Fact("Problem", Cell.text(one.problem())),
                            new Fact("Took", new Cell.Figure(Figures.duration(one.took()))),
                            new Fact("At", Cell.time(one.at()))))),
                Part.columns(
                    Part.panel(
                        "asked",
                        "Asked",
                        Documents.of("Headers", one.requestHeaders(), "No header."),
                        Documents.of("Body", one.requestBody(), "No body.")),
                    Part.panel(
                        "answered",
                        "Answered",
                        Documents.of("Headers of the answer", one.answerHeaders(), "No header."),
                        Documents.of("Body of the answer", one.answerBody(), "No body.")))));
  }
}

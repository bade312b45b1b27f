package dev.entrepot.console.pages.flows;

import dev.entrepot.console.pages.shell.Words;
import dev.entrepot.console.view.Action;
import dev.entrepot.console.view.BooksView;
import dev.entrepot.console.view.Cell;
import dev.entrepot.console.view.Column;
import dev.entrepot.console.view.Empty;
import dev.entrepot.console.view.Fact;
import dev.entrepot.console.view.Figures;
import dev.entrepot.console.view.Icon;
import dev.entrepot.console.view.Part;
import dev.entrepot.console.view.TableView;
import dev.entrepot.console.view.Tile;
import dev.entrepot.console.view.Tone;
import dev.entrepot.flow.Flows;
import dev.entrepot.flow.budgets.BudgetState;
import dev.entrepot.flow.runs.Change;
import dev.entrepot.flow.runs.Forecast;
import dev.entrepot.flow.runs.Run;
import dev.entrepot.flow.runs.Run.StepCount;
import dev.entrepot.flow.runs.RunMode;
import dev.entrepot.flow.runs.RunObserver.Side;
import dev.entrepot.flow.runs.RunState;
import dev.entrepot.flow.runs.SideLatency;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is to be said of a run.
final class RunParts {
  private static final Duration OFTEN = Duration.ofSeconds(1);
  private static final Duration SELDOM = Duration.ofSeconds(5);

  private final Flows flows;
  private final Run run;
  private final Instant now;
  private final String path;

  RunParts(Flows flows, Run run, Clock clock) {
    this.flows = flows;
    this.run = run;
    this.now = clock.instant();
    this.path = RunPage.path(run.id());
  }

  /// Whether it changes by itself.
  static boolean moving(Run run) {
    return run.state() == RunState.QUEUED || run.state() == RunState.RUNNING;
  }

  List<Part> all() {
    List<Part> live = new ArrayList<>();
    live.addAll(new RunMessage(flows, run).parts());
    Optional<Part> forgotten = forgotten(flows, run);
    forgotten.ifPresent(live::add);
    boolean planned = run.mode() == RunMode.PLAN && run.extracted() && forgotten.isEmpty();
    if (planned && !run.applied()) {
      live.addAll(plan());
    }
    live.add(new Part.Tiles("Now", tiles()));
    live.add(Part.panel("books", "Books", new Part.Books(new BooksView(run.books()))));
    if (run.mode() != RunMode.PLAN || run.applied()) {
      live.add(Part.panel("steps", "Calls by step", steps()));
    }
    if (planned && run.applied()) {
      live.add(
          new Part.Panel(
              "planned",
              "What the plan showed",
              "It was applied: this is its run, which writes just that.",
              List.of(),
              plan(),
              false));
    }
    live.add(
        Part.columns(
            Part.panel("sides", "Both sides", sides())
                .note("Exchanges are all that was said, also to sign in and to check access."),
            Part.panel("facts", "Run", new Part.Facts(facts()))));
    // One that waits may be resumed, applied or cancelled elsewhere.
    return List.of(
        new Part.Renewed(
            "run-now", run.state().ended() ? null : path, moving(run) ? OFTEN : SELDOM, live));
  }

  /// That records are no longer kept, when they are not.
  static Optional<Part> forgotten(Flows flows, Run run) {
    return flows
        .records()
        .forgotten(run.id())
        .map(at ->
            said(
                Tone.QUIET,
                "What it did with each record is not kept any more (since %s, by the setting run-retention). Its books, its result and its rejected records are."
                    .formatted(LocalDate.ofInstant(at, ZoneOffset.UTC))));
  }

  private static Part.Message said(Tone tone, String text) {
    return new Part.Message(tone, text, null);
  }

  /// What a plan would do, and what it costs.
  private List<Part> plan() {
    Map<Change, Long> changes = flows.records().changes(run.id());
    List<Tile> tiles = new ArrayList<>();
    for (Change change : Change.values()) {
      long count = changes.getOrDefault(change, 0L);
      if (change != Change.DELETE || count > 0) {
        tiles.add(
            Tile.of(FlowWords.change(change), Figures.count(count))
                .href(path + "/records?change=" + change.name().toLowerCase(java.util.Locale.ROOT))
                .note(noteOf(change)));
      }
    }
    tiles.add(Tile.of("Unchanged", Figures.count(run.books().unchanged())).note("cost no call"));
    Tile rejected = Tile.of("Rejected", Figures.count(run.books().rejected()));
    tiles.add(
        run.books().rejected() == 0
            ? rejected
            : rejected
                .tone(Tone.WARN)
                .href(path + "/records?outcome=rejected")
                .note("would not be sent"));
    Forecast forecast = flows.runs().forecast(run);
    tiles.add(
        Tile.of("Calls", Figures.count(forecast.calls()))
            .note(
                forecast.least().isZero()
                    ? "within the limits, no waiting"
                    : "at least " + Figures.duration(forecast.least())));
    List<Part> parts = new ArrayList<>();
    parts.add(new Part.Tiles("What it would do", tiles));
    if (run.state() == RunState.PLANNED) {
      flows
          .config()
          .accounts()
          .warning(run.tenant())
          .ifPresent(warning -> parts.addFirst(said(Tone.WARN, Words.sentence(warning))));
      parts.add(Part.panel("forecast", "What it costs", forecastTable(forecast)));
      parts.add(wouldChange());
    }
    return parts;
  }

  private Part wouldChange() {
    if (run.books().pending() == 0) {
      return Part.panel("changes", "What would change", new Part.Text("Nothing."));
    }
    return Part.panel(
            "changes",
            "What would change",
            RecordTable.of(
                run.id(),
                "plan-records",
                flows.records().list(run.id(), RecordTable.PENDING, null, 20).items()))
        .actions(List.of(Action.link("All records", path + "/records?outcome=pending")));
  }

  private static String noteOf(Change change) {
    return switch (change) {
      case CREATE -> "not sent to this account before; the destination is not asked";
      case UPDATE -> "differ";
      case DELETE -> "gone from the source";
    };
  }

  private static TableView forecastTable(Forecast forecast) {
    return TableView.of(
        "forecast-table",
        "Calls that the plan takes, by step",
        List.of(Column.title("Step"), Column.number("Records"), Column.number("Calls")),
        forecast.steps().stream()
            .map(step ->
                TableView.Row.of(
                    step.step(),
                    Cell.text(step.title()),
                    Cell.count(step.records()),
                    Cell.count(step.calls())))
            .toList(),
        Empty.of(Icon.FLOWS, "No step", "Nothing is to be written."));
  }

  private List<Tile> tiles() {
    List<Tile> tiles = new ArrayList<>();
    String total =
        run.extracted()
            ? "to the source's end"
            : run.sourceTotal() == null
                ? "the source does not say of how many"
                : "of " + Figures.count(run.sourceTotal());
    tiles.add(
        Tile.of("Read", Figures.count(run.books().received()))
            .note(Words.count(run.pages(), "page") + ", " + total));
    tiles.add(
        Tile.of("Pending", Figures.count(run.books().pending())).note("read and not yet settled"));
    tiles.add(
        Tile.of("Success", FlowWords.success(run.books())).note("of the records that were judged"));
    tiles.add(
        Tile.of("Calls", Figures.count(run.calls()))
            .note("writes and look-ups at " + run.destination()));
    if (run.state() == RunState.PLANNED) {
      return tiles; // It waits: what passed since it began says nothing of it.
    }
    Duration took = run.duration(now);
    Tile time = Tile.of("Time", took.isZero() ? "–" : Figures.duration(took));
    tiles.add(
        moving(run)
            ? time.note(
                run.remaining(now)
                    .map(left -> "about " + Figures.duration(left) + " left")
                    .orElse("the rest is not known yet"))
            : time.note(pace(took)));
    return tiles;
  }

  private String pace(Duration took) {
    // Of a run that has settled nothing it would be the pace of reading alone.
    return took.toMillis() == 0 || run.books().written() + run.books().unchanged() == 0
        ? ""
        : Figures.count(run.books().received() * 1000 / took.toMillis()) + " records a second";
  }

  private TableView steps() {
    return TableView.of(
        "step-table",
        "What the run did in each step",
        List.of(
            Column.title("Step"),
            Column.number("Wanted"),
            Column.number("Calls"),
            Column.number("Fewest possible"),
            Column.number("Accepted"),
            Column.number("Rejected"),
            Column.number("Put off"),
            Column.number("Unknown"),
            Column.number("Look-ups")),
        run.steps().stream().map(RunParts::step).toList(),
        Empty.of(Icon.FLOWS, "No call yet", "Calls are made once records have been read."));
  }

  private static TableView.Row step(StepCount step) {
    return TableView.Row.of(
        step.step(),
        Cell.text(step.title()),
        Cell.count(step.wanted()),
        Cell.count(step.calls()),
        Cell.count(step.fewestCalls()),
        Cell.count(step.accepted()),
        Cell.count(step.rejected()),
        Cell.count(step.putOff()),
        Cell.count(step.unknown()),
        Cell.count(step.lookups()));
  }

  private TableView sides() {
    Map<Side, SideLatency> latencies = flows.records().latencies(run.id());
    List<TableView.Row> rows = new ArrayList<>();
    for (Side side : Side.values()) {
      SideLatency latency = latencies.get(side);
      rows.add(
          TableView.Row.of(
              side.name(),
              Cell.text(side == Side.SOURCE ? run.source() : run.destination()),
              budget(side),
              latency == null ? Cell.text(null) : Cell.count(latency.calls()),
              latency == null ? Cell.text(null) : Cell.count(latency.failed()),
              latency == null
                  ? Cell.text(null)
                  : new Cell.Pair(
                      Figures.duration(latency.half()),
                      "95th percentile " + Figures.duration(latency.most()))));
    }
    return TableView.of(
        "side-table",
        "Budget and latency of both sides; exchanges count signing in and the check of access, too",
        List.of(
            Column.title("Side"),
            Column.text("Calls left"),
            Column.number("Exchanges"),
            Column.number("Failed"),
            Column.text("Median time")),
        rows,
        Empty.of(Icon.FLOWS, "No side", ""));
  }

  private Cell budget(Side side) {
    try {
      Optional<BudgetState> budget = flows.runs().budget(run.tenant(), side);
      if (budget.isEmpty()) {
        return Cell.text("No limit");
      }
      BudgetState state = budget.get();
      String of =
          "of %d in %s".formatted(state.limit().calls(), Figures.duration(state.limit().per()));
      if (state.pausedUntil() != null) {
        return new Cell.Pair(
            "Paused",
            "asked to wait " + Figures.duration(Duration.between(now, state.pausedUntil())));
      }
      Instant free = state.freeAt();
      return new Cell.Pair(
          Figures.count(state.left()),
          free == null || free.isBefore(now)
              ? of
              : of + ", the next in " + Figures.duration(Duration.between(now, free)));
    } catch (IllegalArgumentException e) {
      return Cell.text(null); // The client cannot be run any more; its page says why.
    }
  }

  private List<Fact> facts() {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("Run", Cell.code(run.id().toString())));
    facts.add(new Fact("Client", Cell.link(run.tenant(), "/sync/clients/" + run.tenant())));
    facts.add(new Fact("Mode", Cell.text(FlowWords.mode(run))));
    facts.add(new Fact("Asked for", Cell.time(run.askedAt())));
    facts.add(new Fact(run.applied() ? "Applied, begun" : "Begun", Cell.time(run.startedAt())));
    facts.add(new Fact("Ended", Cell.time(run.endedAt())));
    if (run.since() != null) {
      facts.add(new Fact("Changes since", Cell.time(run.since())));
    }
    if (run.mappingRevision() != null) {
      facts.add(new Fact("Mapping revision", Cell.count(run.mappingRevision())));
    }
    if (run.ghosts() > 0) {
      facts.add(new Fact("Empty rows left out", Cell.count(run.ghosts())));
    }
    if (run.attempts() > 1) {
      facts.add(
          new Fact(
              "Attempts",
              new Cell.Pair(
                  Figures.count(run.attempts()), "it went on after a pause, a plan or a stop")));
    }
    return facts;
  }
}

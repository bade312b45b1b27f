package dev.entrepot.console.pages.flows;

import dev.entrepot.console.access.Permission;
import dev.entrepot.console.access.Principal;
import dev.entrepot.console.pages.shell.Words;
import dev.entrepot.console.view.Action;
import dev.entrepot.console.view.Cell;
import dev.entrepot.console.view.Column;
import dev.entrepot.console.view.Empty;
import dev.entrepot.console.view.Figures;
import dev.entrepot.console.view.Icon;
import dev.entrepot.console.view.Part;
import dev.entrepot.console.view.TableView;
import dev.entrepot.console.view.Tile;
import dev.entrepot.console.view.Tone;
import dev.entrepot.flow.Flows;
import dev.entrepot.flow.runs.Outstanding;
import dev.entrepot.flow.runs.Run;
import dev.entrepot.flow.runs.RunState;
import dev.entrepot.flow.schedules.ScheduleState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// How the sync does, for the first page: three queries, however many clients and runs there are.
public final class SyncSummary {
  private static final int SHOWN = 5;

  private final Flows flows;

  public SyncSummary(Flows flows) {
    this.flows = flows;
  }

  /// Nothing for those who may not see it; without a client, how to make one.
  public Optional<Part> part(Principal principal, Instant now) {
    if (!principal.may(Permission.READ_FLOWS)) {
      return Optional.empty();
    }
    List<Run> latest = flows.runs().latest();
    if (latest.isEmpty()) {
      return Optional.of(beginning(principal));
    }
    return Optional.of(
        new Part.Panel(
            "sync",
            "Sync",
            null,
            List.of(
                Action.link("Clients", FlowTabs.CLIENTS.path()),
                Action.link("All runs", FlowTabs.RUNS.path())),
            List.of(
                new Part.Tiles("The sync now", tiles(latest, now)), new Part.Table(table(latest))),
            false));
  }

  private Part beginning(Principal principal) {
    boolean none = flows.config().clients().list(null, null, null, 1).items().isEmpty();
    Part.Panel panel =
        Part.panel(
            "sync",
            "Sync",
            new Part.Text(
                none
                    ? "No client is synced yet. A client reads the products of its ERP and writes what differs to its Kong or WMS."
                    : "No run has begun yet. Begin with a plan: it shows what a run would write."));
    if (none && !principal.may(Permission.MANAGE_FLOWS)) {
      return panel;
    }
    return panel.actions(
        List.of(
            none
                ? Action.link("New client", ClientEditPages.NEW).icon(Icon.PLUS)
                : Action.link("Clients", FlowTabs.CLIENTS.path())));
  }

  private List<Tile> tiles(List<Run> latest, Instant now) {
    List<Tile> tiles = new ArrayList<>();
    long running = count(latest, RunState.RUNNING) + count(latest, RunState.QUEUED);
    Tile busy = Tile.of("Running", Figures.count(running)).href(runs(RunState.RUNNING)).note("now");
    tiles.add(running == 0 ? busy : busy.tone(Tone.BUSY));
    long failed = count(latest, RunState.FAILED);
    Tile bad =
        Tile.of("Failed", Figures.count(failed))
            .href(runs(RunState.FAILED))
            .note("clients, their last run");
    tiles.add(failed == 0 ? bad : bad.tone(Tone.BAD));
    Collection<Outstanding> outstanding = flows.outstanding().all().values();
    long records = outstanding.stream().mapToLong(Outstanding::total).sum();
    Tile rejected =
        Tile.of("Outstanding", Figures.count(records))
            .href(FlowTabs.CLIENTS.path())
            .note(
                records == 0
                    ? "records, rejected and not there"
                    : "records of %s, rejected and not there"
                        .formatted(Words.count(outstanding.size(), "client")));
    tiles.add(records == 0 ? rejected : rejected.tone(Tone.WARN));
    long planned =
        latest.stream()
            .filter(run -> run.state() == RunState.PLANNED && run.overtakenBy() == null)
            .count();
    if (planned > 0) {
      tiles.add(
          Tile.of("Plans", Figures.count(planned))
              .href(runs(RunState.PLANNED))
              .note("wait to be applied"));
    }
    tiles.add(next(now));
    return tiles;
  }

  private static long count(List<Run> runs, RunState state) {
    return runs.stream().filter(run -> run.state() == state).count();
  }

  private static String runs(RunState state) {
    return FlowTabs.RUNS.path() + "?state=" + RunListPage.value(state);
  }

  private Tile next(Instant now) {
    Optional<ScheduleState> first =
        flows.config().schedules().all().stream()
            .filter(one -> one.active() && one.next() != null)
            .findFirst();
    if (first.isEmpty()) {
      return Tile.of("Next run", "By hand")
          .href(FlowTabs.FLOWS.path())
          .note("no schedule is active");
    }
    Instant due = first.get().next();
    return Tile.of(
            "Next run",
            due == null || due.isBefore(now)
                ? "now"
                : "in " + Figures.duration(Duration.between(now, due)))
        .href(FlowTabs.FLOWS.path())
        .note(first.get().tenant());
  }

  /// Clients whose last run needs a look come first, then the newest.
  private static TableView table(List<Run> latest) {
    List<Run> shown =
        latest.stream().sorted(Comparator.comparingInt(SyncSummary::rank)).limit(SHOWN).toList();
    return TableView.of(
        "sync-runs",
        "The last run of each client, those first that need a look",
        List.of(
            Column.title("Client"),
            Column.text("Last run"),
            Column.text("Asked"),
            Column.number("Read"),
            Column.number("Rejected"),
            Column.of("Why", Column.Kind.WIDE)),
        shown.stream().map(SyncSummary::row).toList(),
        Empty.of(Icon.FLOWS, "No run yet", "Begin with a plan."));
  }

  private static int rank(Run run) {
    return switch (run.state()) {
      case FAILED -> 0;
      case PARTIAL -> 1;
      case PAUSED -> 2;
      case PLANNED -> run.overtakenBy() == null ? 2 : 4;
      case RUNNING, QUEUED -> 3;
      case SUCCESS, CANCELLED -> 4;
    };
  }

  private static TableView.Row row(Run run) {
    return new TableView.Row(
        run.id().toString(),
        List.of(
            Cell.link(run.tenant(), RunPage.path(run.id()), FlowWords.mode(run)),
            new Cell.State(FlowWords.state(run)),
            Cell.ago(run.askedAt()),
            Cell.count(run.books().received()),
            Cell.count(run.books().rejected()),
            run.reason() == null ? Cell.text(null) : Cell.text(Words.sentence(run.reason()))),
        run.state() == RunState.FAILED
            ? Tone.BAD
            : run.state() == RunState.PARTIAL ? Tone.WARN : null);
  }
}

package dev.entrepot.console.pages.flows;

import dev.entrepot.console.view.Cell;
import dev.entrepot.console.view.Column;
import dev.entrepot.console.view.Empty;
import dev.entrepot.console.view.Figures;
import dev.entrepot.console.view.Icon;
import dev.entrepot.console.view.TableView;
import dev.entrepot.console.view.Tone;
import dev.entrepot.flow.runs.Run;
import dev.entrepot.flow.runs.RunState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Runs, the newest first.
final class RunTable {
  /// Whose runs they are.
  enum Whose {
    ONE_CLIENT,
    ALL
  }

  private RunTable() {}

  static TableView of(String id, List<Run> runs, Whose whose, Instant now) {
    List<Column> columns = new ArrayList<>();
    columns.add(Column.title("Run"));
    if (whose == Whose.ALL) {
      columns.add(Column.text("Client"));
    }
    columns.addAll(
        List.of(
            Column.text("State"),
            Column.text("Asked"),
            Column.number("Read"),
            Column.number("Rejected"),
            Column.text("Books"),
            Column.number("Calls"),
            Column.text("Took")));
    return TableView.of(
        id,
        "Runs, the newest first",
        columns,
        runs.stream().map(run -> row(run, whose, now)).toList(),
        Empty.of(Icon.FLOWS, "No run yet", "A run begins by its schedule, or when you start one."));
  }

  private static TableView.Row row(Run run, Whose whose, Instant now) {
    List<Cell> cells = new ArrayList<>();
    cells.add(Cell.link(FlowWords.mode(run), RunPage.path(run.id()), run.trigger()));
    if (whose == Whose.ALL) {
      cells.add(Cell.link(run.tenant(), "/sync/clients/" + run.tenant()));
    }
    cells.add(new Cell.State(FlowWords.state(run)));
    cells.add(Cell.ago(run.askedAt()));
    cells.add(Cell.count(run.books().received()));
    cells.add(Cell.count(run.books().rejected()));
    cells.add(new Cell.Bar(run.books()));
    cells.add(Cell.count(run.calls()));
    cells.add(
        run.startedAt() == null || run.state() == RunState.PLANNED // Not at work: it waits.
            ? Cell.text(null)
            : new Cell.Figure(Figures.duration(run.duration(now))));
    Tone tone =
        run.state() == RunState.FAILED
            ? Tone.BAD
            : run.state() == RunState.PARTIAL ? Tone.WARN : null;
    return new TableView.Row(run.id().toString(), cells, tone);
  }
}

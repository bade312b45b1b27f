package dev.entrepot.console.pages.inbox;

import dev.entrepot.console.pages.shell.Words;
import dev.entrepot.console.view.Cell;
import dev.entrepot.console.view.Column;
import dev.entrepot.console.view.Empty;
import dev.entrepot.console.view.Figures;
import dev.entrepot.console.view.Icon;
import dev.entrepot.console.view.TableView;
import dev.entrepot.console.view.Tone;
import dev.entrepot.inbox.chores.ChoreRun;
import java.util.List;

/// What is done now and then, and how it went the last time.
final class ChoreTable {
  private ChoreTable() {}

  static TableView of(List<ChoreRun> runs) {
    return TableView.of(
        "chore-list",
        "Chores and their last runs",
        List.of(
            Column.title("Chore"),
            Column.text("Last run"),
            Column.text("Went"),
            Column.number("Did"),
            Column.number("All runs did"),
            Column.text("Took"),
            Column.text("Node")),
        runs.stream().map(ChoreTable::row).toList(),
        Empty.of(Icon.CLOCK, "None yet", "The first runs begin soon after the start."));
  }

  private static TableView.Row row(ChoreRun run) {
    return TableView.Row.of(
        run.name(),
        Cell.text(Words.of(run.name())),
        Cell.ago(run.startedAt()),
        run.problem() == null
            ? Cell.badge(Tone.GOOD, "Well")
            : new Cell.Fault("Failed", Words.sentence(run.problem())),
        Cell.count(run.done()),
        Cell.count(run.total()),
        Cell.text(Figures.duration(run.took())),
        Cell.text(run.node()));
  }
}

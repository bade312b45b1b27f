package dev.entrepot.console.pages.flows;

import dev.entrepot.console.pages.shell.Words;
import dev.entrepot.console.view.Cell;
import dev.entrepot.console.view.Column;
import dev.entrepot.console.view.Empty;
import dev.entrepot.console.view.Figures;
import dev.entrepot.console.view.TableView;
import dev.entrepot.console.view.Tone;
import dev.entrepot.flow.runs.Run;
import dev.entrepot.flow.runs.RunExchange;
import dev.entrepot.flow.runs.RunObserver.Side;
import java.util.List;

/// What was said in a run, one exchange a line.
final class ExchangeTable {
  private ExchangeTable() {}

  static TableView of(Run run, String id, List<RunExchange> said, Empty empty) {
    return TableView.of(
        id,
        "Exchanges in their order",
        List.of(
            Column.title("Exchange"),
            Column.number("Call"),
            Column.text("Side"),
            Column.text("Answer"),
            Column.number("Took"),
            Column.text("At"),
            Column.of("Address", Column.Kind.WIDE)),
        said.stream().map(one -> row(run, one)).toList(),
        empty);
  }

  private static TableView.Row row(Run run, RunExchange one) {
    return new TableView.Row(
        Long.toString(one.id()),
        List.of(
            Cell.link(Words.of(one.purpose()), path(run, one), one.method()),
            one.call() == null ? Cell.text(null) : Cell.count(one.call()),
            Cell.text(side(run, one)),
            answer(one),
            new Cell.Figure(Figures.duration(one.took())),
            Cell.time(one.at()),
            Cell.code(one.uri())),
        failed(one) ? Tone.WARN : null);
  }

  private static String path(Run run, RunExchange one) {
    return RunPage.path(run.id()) + "/exchanges/" + one.id();
  }

  static Cell answer(RunExchange one) {
    String status = one.status() == 0 ? "No answer" : Integer.toString(one.status());
    if (broken(one) || one.rejected() == 0) {
      return Cell.badge(broken(one) ? Tone.BAD : Tone.GOOD, status);
    }
    return Cell.badge(
        one.rejected() == one.items() ? Tone.BAD : Tone.WARN,
        "%s, %d of %d rejected".formatted(status, one.rejected(), one.items()));
  }

  static String side(Run run, RunExchange one) {
    return one.side() == Side.SOURCE ? run.source() : run.destination();
  }

  private static boolean failed(RunExchange one) {
    return broken(one) || one.rejected() > 0;
  }

  private static boolean broken(RunExchange one) {
    return one.problem() != null || one.status() < 200 || one.status() > 299;
  }
}

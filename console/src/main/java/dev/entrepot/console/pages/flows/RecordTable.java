package dev.entrepot.console.pages.flows;

import dev.entrepot.console.pages.shell.Words;
import dev.entrepot.console.view.Cell;
import dev.entrepot.console.view.Change;
import dev.entrepot.console.view.Column;
import dev.entrepot.console.view.Empty;
import dev.entrepot.console.view.Icon;
import dev.entrepot.console.view.TableView;
import dev.entrepot.console.view.Tone;
import dev.entrepot.flow.config.ConfigPart;
import dev.entrepot.flow.config.ConfigProblems;
import dev.entrepot.flow.config.ConfigTree;
import dev.entrepot.flow.runs.RunRecord;
import dev.entrepot.flow.runs.RunRecords;
import dev.entrepot.model.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Records of a run, with what they change.
final class RecordTable {
  /// What waits to be written.
  static final RunRecords.Filter PENDING = new RunRecords.Filter(Outcome.PENDING, null, null);

  private static final int SHOWN = 3;

  private RecordTable() {}

  static TableView of(UUID run, String id, List<RunRecord> records) {
    return TableView.of(
        id,
        "Records of the run in their order",
        List.of(
            Column.title("Record"),
            Column.text("Outcome"),
            Column.text("Change"),
            Column.of("What", Column.Kind.WIDE)),
        records.stream().map(record -> row(run, record)).toList(),
        Empty.of(Icon.FILTER, "No such record", "Choose another outcome, change or key."));
  }

  private static TableView.Row row(UUID run, RunRecord record) {
    String key = record.key() == null ? "(no key)" : record.key();
    Outcome outcome = record.outcome();
    return new TableView.Row(
        Long.toString(record.record()),
        List.of(
            Cell.link(
                key, RunPage.path(run) + "/records/" + record.record(), "No. " + record.record()),
            new Cell.State(FlowWords.outcome(outcome)),
            record.change() == null
                ? Cell.text(null)
                : Cell.text(FlowWords.change(record.change())),
            Cell.text(what(record))),
        outcome == Outcome.REJECTED ? Tone.WARN : null);
  }

  private static @Nullable String what(RunRecord record) {
    if (record.reason() != null) {
      return Words.sentence(record.reason());
    }
    List<Change> changes = changes(record.diffs());
    if (changes.isEmpty()) {
      return null;
    }
    List<String> told = new ArrayList<>();
    for (Change change : changes.subList(0, Math.min(SHOWN, changes.size()))) {
      told.add(
          "%s: %s → %s"
              .formatted(
                  change.field(),
                  change.before() == null ? "–" : change.before(),
                  change.after() == null ? "–" : change.after()));
    }
    int more = changes.size() - told.size();
    return String.join("; ", told) + (more > 0 ? "; and %d more".formatted(more) : "");
  }

  /// What differs, field by field, of all steps.
  ///
  /// @param diffs as [RunRecord#diffs()]
  static List<Change> changes(@Nullable String diffs) {
    if (diffs == null) {
      return List.of();
    }
    var problems = new ConfigProblems();
    List<Change> changes = new ArrayList<>();
    ConfigPart steps = ConfigTree.read(diffs, problems).root(problems);
    boolean several = steps.parts().size() > 1;
    steps
        .parts()
        .forEach((step, fields) ->
            fields
                .parts()
                .forEach((field, pair) -> {
                  List<ConfigPart> values = pair.elements();
                  changes.add(
                      new Change(
                          several ? field + " (" + step + ")" : field,
                          text(values, 0),
                          text(values, 1)));
                }));
    return changes;
  }

  private static @Nullable String text(List<ConfigPart> values, int index) {
    if (index >= values.size() || values.get(index).value() == null) {
      return null;
    }
    Object value = values.get(index).value();
    return value instanceof String text ? text : ConfigTree.json(value);
  }
}

package dev.entrepot.console.pages.rules;

import dev.entrepot.console.pages.shell.Refusal;
import dev.entrepot.console.pages.shell.Words;
import dev.entrepot.console.view.Cell;
import dev.entrepot.console.view.Column;
import dev.entrepot.console.view.Empty;
import dev.entrepot.console.view.Figures;
import dev.entrepot.console.view.Icon;
import dev.entrepot.console.view.Part;
import dev.entrepot.console.view.TableView;
import dev.entrepot.console.view.Tile;
import dev.entrepot.console.view.Tone;
import dev.entrepot.onboarding.rules.VendorRules;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/// What is said about an expression: whether it can be used, and what came of trying it.
final class TrialParts {
  private TrialParts() {}

  static List<Part> verdict(VendorRules.Verdict verdict) {
    if (verdict.valid()) {
      return List.of(new Part.Message(Tone.GOOD, "The expression can be used.", null));
    }
    return List.of(
        new Part.Message(Tone.BAD, Words.sentence(String.valueOf(verdict.error())), null));
  }

  static List<Part> refused(Refusal refusal) {
    return List.of(new Part.Message(Tone.BAD, refusal.message(), null));
  }

  /// @param file names the file of an upload
  static List<Part> trial(VendorRules.Trial trial, Function<UUID, String> file) {
    List<Part> parts = new ArrayList<>();
    if (trial.filesElsewhere() > 0) {
      parts.add(
          new Part.Message(
              Tone.WARN,
              Words.count(trial.filesElsewhere(), "file")
                  + (trial.filesElsewhere() == 1 ? " does" : " do")
                  + " not lie on this node and "
                  + (trial.filesElsewhere() == 1 ? "was" : "were")
                  + " not tried: try the rule on the other nodes, too, or let the nodes share one"
                  + " folder for files.",
              null));
    }
    if (trial.rows() == 0) {
      parts.add(new Part.Message(Tone.INFO, "There are no rows of past files to try it on.", null));
      return parts;
    }
    long failing = trial.failed() + trial.errors();
    parts.add(
        new Part.Tiles(
            "What came of it",
            List.of(
                Tile.of("Rows", Figures.count(trial.rows())),
                Tile.of("Pass", Figures.count(trial.passed()))
                    .note(Figures.share(trial.passed(), trial.rows())),
                Tile.of("Fail", Figures.count(failing))
                    .note(Figures.share(failing, trial.rows()))
                    .tone(failing == 0 ? Tone.GOOD : Tone.WARN),
                Tile.of("Cannot be tried", Figures.count(trial.errors())).note("they fail, too"),
                Tile.of("Do not apply", Figures.count(trial.inapplicable())).note("they pass"))));
    if (!trial.absent().isEmpty()) {
      parts.add(
          new Part.Message(
              Tone.WARN,
              "No row of the past files has "
                  + (trial.absent().size() == 1 ? "a column " : "columns ")
                  + String.join(", ", trial.absent())
                  + ": is the name misspelt?",
              null));
    }
    parts.add(new Part.Table(failures(trial, file)));
    return parts;
  }

  private static TableView failures(VendorRules.Trial trial, Function<UUID, String> file) {
    List<TableView.Row> rows = new ArrayList<>();
    for (VendorRules.Failure failure : trial.failures()) {
      rows.add(
          TableView.Row.of(
              Integer.toString(rows.size()),
              Cell.link(
                  "Row " + failure.line(),
                  "/uploads/" + failure.upload(),
                  file.apply(failure.upload())),
              Cell.code(failure.sku()),
              Cell.code(failure.values()),
              failure.error() == null
                  ? Cell.text("gives false")
                  : Cell.badge(Tone.WARN, failure.error())));
    }
    return TableView.of(
        "failures",
        "Rows that fail, the first " + rows.size(),
        List.of(
            Column.title("Row"),
            Column.text("SKU"),
            Column.of("What the expression read", Column.Kind.WIDE),
            Column.text("Why")),
        rows,
        Empty.of(Icon.CHECK, "No row fails", "Every row of the past files passes."));
  }
}

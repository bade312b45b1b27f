package dev.entrepot.console.pages.rules;

import dev.entrepot.console.view.Cell;
import dev.entrepot.console.view.Column;
import dev.entrepot.console.view.Empty;
import dev.entrepot.console.view.Icon;
import dev.entrepot.console.view.TableView;
import dev.entrepot.console.view.Tone;
import dev.entrepot.onboarding.rules.VendorRules;
import java.util.List;

/// Operators' and suppliers' rules as a table.
public final class RuleTable {
  private RuleTable() {}

  public static TableView of(List<VendorRules.Rule> rules) {
    return TableView.of(
        "rules",
        "Rules",
        List.of(
            Column.title("Rule"),
            Column.of("Expression", Column.Kind.WIDE),
            Column.text("For"),
            Column.text("Written by"),
            Column.text("Rows that fail"),
            Column.text("State"),
            Column.text("Changed")),
        rows(rules),
        Empty.of(
            Icon.RULES,
            "No rule of your own",
            "The built-in rules are always checked; add what is special to your catalogue."));
  }

  static String author(VendorRules.Rule rule) {
    return switch (rule.author()) {
      case OPERATOR -> "Operator";
      case SUPPLIER -> "Supplier";
    };
  }

  private static List<TableView.Row> rows(List<VendorRules.Rule> rules) {
    return rules.stream().map(RuleTable::row).toList();
  }

  private static TableView.Row row(VendorRules.Rule rule) {
    VendorRules.Draft draft = rule.draft();
    return TableView.Row.of(
        rule.id().toString(),
        Cell.link(draft.name(), "/rules/" + rule.id()),
        Cell.code(draft.expression()),
        draft.vendor() == null
            ? Cell.text("Every vendor")
            : Cell.link(draft.vendor(), "/vendors/" + draft.vendor()),
        Cell.text(author(rule)),
        switch (draft.severity()) {
          case REJECT -> Cell.badge(Tone.BAD, "are rejected");
          case WARN -> Cell.badge(Tone.WARN, "get a warning");
        },
        draft.active() ? Cell.badge(Tone.GOOD, "Active") : Cell.badge(Tone.QUIET, "Off"),
        Cell.ago(rule.updatedAt()));
  }
}

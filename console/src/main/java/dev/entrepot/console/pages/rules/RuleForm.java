package dev.entrepot.console.pages.rules;

import dev.entrepot.console.pages.shell.Read;
import dev.entrepot.console.pages.shell.Words;
import dev.entrepot.console.server.Form;
import dev.entrepot.console.view.Cell;
import dev.entrepot.console.view.Fact;
import dev.entrepot.console.view.Field;
import dev.entrepot.console.view.FormView;
import dev.entrepot.console.view.Option;
import dev.entrepot.console.view.Part;
import dev.entrepot.onboarding.rules.VendorRules;
import dev.entrepot.onboarding.rules.VendorRules.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The form in which a rule is written.
final class RuleForm {
  private RuleForm() {}

  /// @param whose asks for whom it is; null: that is not asked
  static FormView of(String action, String submit, @Nullable Field whose) {
    List<Field> asked = new ArrayList<>();
    asked.add(Field.text("name", "Name").mandatory().placeholder("Price above cost"));
    if (whose != null) {
      asked.add(whose);
    }
    asked.addAll(check());
    return FormView.of("rule", action, submit, asked.toArray(Field[]::new)).cancel("/rules");
  }

  /// @param vendors the codes of those a rule can be for
  static Field whose(List<String> vendors) {
    List<Option> whose = new ArrayList<>();
    whose.add(new Option("", "Every vendor"));
    vendors.forEach(code -> whose.add(Option.of(code)));
    return Field.select("vendor", "For", whose).mandatory();
  }

  private static List<Field> check() {
    List<Option> fields = new ArrayList<>();
    fields.add(new Option("", "The row as a whole"));
    for (dev.entrepot.onboarding.mapping.Field field :
        dev.entrepot.onboarding.mapping.Field.values()) {
      fields.add(new Option(field.column(), Words.of(field.column())));
    }
    return List.of(
        Field.of(Field.Kind.CODE, "expression", "True when the row is right")
            .mandatory()
            .placeholder("price > cost * 1.1"),
        Field.text("message", "What is said of a row that fails")
            .mandatory()
            .placeholder("the price must be at least 10 % above the cost"),
        Field.select("field", "Mark", fields).mandatory(),
        Field.select(
                "severity",
                "A row that fails",
                List.of(
                    new Option("REJECT", "is rejected"),
                    new Option("WARN", "is accepted with a warning")))
            .mandatory(),
        Field.of(Field.Kind.SWITCH, "active", "Active"));
  }

  static Map<String, String> values(VendorRules.Draft draft) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("name", draft.name());
    values.put("vendor", draft.vendor() == null ? "" : draft.vendor());
    values.put("expression", draft.expression());
    values.put("message", draft.message());
    values.put("field", draft.field() == null ? "" : draft.field());
    values.put("severity", draft.severity().name());
    values.put("active", Boolean.toString(draft.active()));
    return values;
  }

  static VendorRules.Draft read(Form form) {
    return new VendorRules.Draft(
        Read.optional(form, "vendor"),
        Read.text(form, "name"),
        Read.text(form, "expression"),
        Read.text(form, "message"),
        Read.optional(form, "field"),
        Read.choice(form, "severity", Severity.class),
        Read.ticked(form, "active"));
  }

  /// What an expression can say.
  static List<Part> help() {
    return List.of(
        Part.panel(
            "help",
            "How to write one",
            new Part.Facts(
                List.of(
                    new Fact("A number against another", Cell.code("price > cost * 1.1")),
                    new Fact("A text", Cell.code("brand != \"\" || category == \"spare-parts\"")),
                    new Fact("A pattern", Cell.code("sku.matches(\"^[A-Z]{3}-[0-9]+$\")")),
                    new Fact(
                        "A column that must be there", Cell.code("cost != null && price > cost")),
                    new Fact(
                        "A column with another name", Cell.code("custom[\"lead time\"] != \"\"")),
                    new Fact(
                        "Columns",
                        new Cell.Words(
                            List.of(dev.entrepot.onboarding.mapping.Field.values()).stream()
                                .map(dev.entrepot.onboarding.mapping.Field::column)
                                .toList())))),
            new Part.Text(
                "A row that lacks a number the expression needs passes: the rule does not apply to it."
                    + " Columns that the mapping keeps can be named like ours.")));
  }
}

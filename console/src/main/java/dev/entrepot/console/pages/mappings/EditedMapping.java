package dev.entrepot.console.pages.mappings;

import static dev.entrepot.console.pages.shell.Refusal.invalid;

import dev.entrepot.console.pages.shell.Read;
import dev.entrepot.console.server.Form;
import dev.entrepot.onboarding.mapping.Field;
import dev.entrepot.onboarding.mapping.Mapping;
import dev.entrepot.onboarding.mapping.Mapping.Conversion;
import dev.entrepot.onboarding.mapping.Mapping.DecimalStyle;
import dev.entrepot.onboarding.mapping.Mapping.FieldMapping;
import dev.entrepot.onboarding.mapping.Mapping.UnknownColumns;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads a mapping from the form in which it was edited.
final class EditedMapping {
  private final Form form;
  private final List<String> header;

  EditedMapping(Form form, List<String> header) {
    this.form = form;
    this.header = header;
  }

  /// @throws dev.entrepot.onboarding.OnboardingException INVALID naming what cannot be read
  Mapping mapping() {
    List<FieldMapping> fields = new ArrayList<>();
    for (int i = 0; form.value("f" + i + ".field").isPresent(); i++) {
      entry(i).ifPresent(fields::add);
    }
    Map<String, String> custom = new LinkedHashMap<>();
    for (int i = 0; i < header.size(); i++) {
      String column = header.get(i);
      form.text("kept" + i).ifPresent(name -> custom.put(column, name));
    }
    return new Mapping(
        Read.text(form, "name"),
        Read.choice(form, "decimal", DecimalStyle.class),
        fields,
        custom,
        Read.choice(form, "unknown", UnknownColumns.class),
        columns("fillDown"),
        Read.optional(form, "fillDownBy"),
        columns("skipWhenBlank"),
        Read.optional(form, "skipReason"));
  }

  private List<String> columns(String name) {
    return form.value(name)
        .map(text -> text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList())
        .orElse(List.of());
  }

  /// What an entry says; nothing when it gives no value at all.
  private Optional<FieldMapping> entry(int index) {
    String prefix = "f" + index + ".";
    String column = form.value(prefix + "field").orElse("");
    Field field =
        Field.ofColumn(column)
            .orElseThrow(() -> invalid("fields", "there is no field “" + column + "”"));
    List<String> sources = new ArrayList<>();
    for (int i = 0; form.value(prefix + "source" + i).isPresent(); i++) {
      // As it stands in the header, spaces included.
      form.value(prefix + "source" + i).filter(one -> !one.isEmpty()).ifPresent(sources::add);
    }
    String fallback = Read.optional(form, prefix + "fallback");
    String expression = Read.optional(form, prefix + "expression");
    if (sources.isEmpty() && fallback == null && expression == null) {
      return Optional.empty();
    }
    return Optional.of(
        new FieldMapping(
            field,
            sources,
            form.value(prefix + "join").orElse(" "),
            conversions(prefix),
            values(prefix),
            fallback,
            expression));
  }

  /// Those that were set before keep their order; new ones follow, and what scales comes last.
  private List<Conversion> conversions(String prefix) {
    List<String> before = List.of(form.value(prefix + "order").orElse("").split(",", -1));
    List<Conversion> chosen = new ArrayList<>();
    for (Conversion conversion : Conversion.values()) {
      if (form.text(prefix + "conversion." + conversion.name()).isPresent()) {
        chosen.add(conversion);
      }
    }
    chosen.sort(
        Comparator.comparing(Conversion::scales)
            .thenComparing(conversion -> {
              int place = before.indexOf(conversion.name());
              return place < 0 ? Integer.MAX_VALUE : place;
            }));
    return chosen;
  }

  private Map<String, String> values(String prefix) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String line : form.value(prefix + "values").orElse("").lines().toList()) {
      if (line.isBlank()) {
        continue;
      }
      int equals = line.indexOf('=');
      if (equals < 0) {
        throw invalid(
            prefix + "values",
            "“"
                + line.strip()
                + "” does not say what it becomes; write one per line: Küche = kitchen");
      }
      values.put(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
    }
    return values;
  }
}

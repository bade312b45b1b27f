package dev.entrepot.console.pages.mappings;

import dev.entrepot.console.pages.shell.Words;
import dev.entrepot.console.view.Field;
import dev.entrepot.console.view.MappingEditor;
import dev.entrepot.console.view.Option;
import dev.entrepot.onboarding.mapping.Mapping;
import dev.entrepot.onboarding.mapping.Mapping.Conversion;
import dev.entrepot.onboarding.mapping.Mapping.FieldMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The entries of the form in which a mapping is edited, made from the mapping.
final class Entries {
  private static final int LONGEST_SAMPLE = 24;

  private final List<String> header;
  private final List<List<String>> sample;

  Entries(List<String> header, List<List<String>> sample) {
    this.header = header;
    this.sample = sample;
  }

  /// One entry for each of our fields in their order, more where the mapping has more.
  List<MappingEditor.Entry> of(Mapping mapping) {
    List<MappingEditor.Entry> entries = new ArrayList<>();
    for (dev.entrepot.onboarding.mapping.Field field :
        dev.entrepot.onboarding.mapping.Field.values()) {
      List<FieldMapping> found =
          mapping.fields().stream().filter(one -> one.field() == field).toList();
      if (found.isEmpty()) {
        entries.add(entry(entries.size(), field, 0, null));
      }
      for (int i = 0; i < found.size(); i++) {
        entries.add(entry(entries.size(), field, i, found.get(i)));
      }
    }
    return entries;
  }

  private MappingEditor.Entry entry(
      int index,
      dev.entrepot.onboarding.mapping.Field field,
      int attempt,
      @Nullable FieldMapping mapping) {
    List<String> sources = mapping == null ? List.of() : mapping.sources();
    String prefix = "f" + index + ".";
    String label = Words.of(field.column()) + (attempt == 0 ? "" : ", otherwise");
    Field source =
        Field.select(prefix + "source0", label, options())
            .value(sources.isEmpty() ? "" : spelled(sources.getFirst()));
    List<Field> further = new ArrayList<>();
    for (int i = 1; i <= Math.max(1, sources.size()); i++) {
      further.add(
          Field.select(prefix + "source" + i, "Joined with column", options())
              .value(i < sources.size() ? spelled(sources.get(i)) : ""));
    }
    further.add(
        Field.text(prefix + "join", "Between joined columns")
            .value(mapping == null ? " " : mapping.join()));
    return new MappingEditor.Entry(
        index,
        field.column(),
        attempt == 0 && field.required() ? source.mandatory() : source,
        mapping == null ? null : summary(mapping),
        further,
        conversions(prefix, field, mapping),
        mapping == null
            ? ""
            : mapping.conversions().stream().map(Enum::name).collect(Collectors.joining(",")),
        details(prefix, mapping));
  }

  /// The header's own spelling of a column the mapping may spell otherwise.
  private String spelled(String source) {
    String plain = plain(source);
    return header.contains(source)
        ? source
        : header.stream().filter(one -> plain(one).equals(plain)).findFirst().orElse(source);
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
  }

  private List<Option> options() {
    List<Option> options = new ArrayList<>();
    options.add(new Option("", "—"));
    for (int i = 0; i < header.size(); i++) {
      String example = example(i);
      String name = header.get(i);
      options.add(new Option(name, example.isEmpty() ? name : name + " (" + example + ")"));
    }
    return options;
  }

  private String example(int column) {
    for (List<String> row : sample) {
      String text = column < row.size() ? row.get(column).strip() : "";
      if (!text.isEmpty()) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() > LONGEST_SAMPLE ? line.substring(0, LONGEST_SAMPLE) + "…" : line;
      }
    }
    return "";
  }

  private static List<Field> conversions(
      String prefix, dev.entrepot.onboarding.mapping.Field field, @Nullable FieldMapping mapping) {
    List<Field> boxes = new ArrayList<>();
    for (Conversion conversion : Conversion.values()) {
      if (conversion.scales() && !field.numeric()) {
        continue;
      }
      boxes.add(
          Field.of(
                  Field.Kind.CHECKBOX,
                  prefix + "conversion." + conversion.name(),
                  MappingWords.of(conversion))
              .checked(mapping != null && mapping.conversions().contains(conversion)));
    }
    return boxes;
  }

  private static List<Field> details(String prefix, @Nullable FieldMapping mapping) {
    return List.of(
        Field.text(prefix + "fallback", "When it is blank, use")
            .value(Optional.ofNullable(mapping).map(FieldMapping::fallback).orElse("")),
        Field.text(prefix + "expression", "Or calculate it")
            .placeholder("row[\"Cost\"] + \" EUR\"")
            .value(Optional.ofNullable(mapping).map(FieldMapping::expression).orElse("")),
        Field.of(Field.Kind.TEXTAREA, prefix + "values", "Replace values")
            .placeholder("Küche = kitchen")
            .help("One per line: what stands in the file = what it becomes.")
            .value(mapping == null ? "" : lines(mapping.values())));
  }

  private static String lines(Map<String, String> values) {
    return values.entrySet().stream()
        .map(entry -> entry.getKey() + " = " + entry.getValue())
        .collect(Collectors.joining("\n"));
  }

  private static @Nullable String summary(FieldMapping mapping) {
    List<String> said = new ArrayList<>();
    if (mapping.sources().size() > 1) {
      said.add(
          "joined with "
              + String.join(", ", mapping.sources().subList(1, mapping.sources().size())));
    }
    mapping
        .conversions()
        .forEach(conversion -> said.add(MappingWords.of(conversion).toLowerCase(Locale.ROOT)));
    if (!mapping.values().isEmpty()) {
      said.add(Words.count(mapping.values().size(), "value") + " replaced");
    }
    if (mapping.fallback() != null) {
      said.add("otherwise “" + mapping.fallback() + "”");
    }
    if (mapping.expression() != null) {
      said.add("calculated");
    }
    return said.isEmpty() ? null : Words.capitalised(String.join(", ", said));
  }
}

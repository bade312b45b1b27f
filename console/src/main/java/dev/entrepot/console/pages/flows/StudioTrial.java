package dev.entrepot.console.pages.flows;

import dev.entrepot.console.pages.shell.Words;
import dev.entrepot.console.view.Figures;
import dev.entrepot.console.view.Part;
import dev.entrepot.console.view.Tone;
import dev.entrepot.flow.config.ConfigProblem;
import dev.entrepot.flow.config.ConfigProblem.Severity;
import dev.entrepot.flow.mapping.CompiledMapping;
import dev.entrepot.flow.mapping.FieldRule;
import dev.entrepot.flow.mapping.MappingCoverage;
import dev.entrepot.flow.mapping.MappingCoverage.Absent;
import dev.entrepot.flow.mapping.MappingCoverage.FieldCoverage;
import dev.entrepot.spi.record.Fields;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a mapping did when it was tried.
///
/// @param found what is wrong or doubtful with the mapping itself
/// @param unreadable what is wrong with the sample as it was typed
/// @param shown the sample's records, one of which is shown field by field
/// @param mapping null: it has mistakes and cannot be tried
/// @param coverage over all records that it was tried on; null as the mapping is
record StudioTrial(
    List<ConfigProblem> found,
    List<ConfigProblem> unreadable,
    List<Fields> shown,
    @Nullable CompiledMapping mapping,
    @Nullable MappingCoverage coverage) {
  private static final int FAILURES_TOLD = 3;

  StudioTrial {
    found = List.copyOf(found);
    unreadable = List.copyOf(unreadable);
    shown = List.copyOf(shown);
  }

  /// Whether it rejects more than half of the records it was tried on.
  boolean mostlyRejected() {
    return coverage != null && coverage.mostlyRejected();
  }

  /// All that is wrong or doubtful, with what only the records tell.
  List<ConfigProblem> problems() {
    List<ConfigProblem> all = new ArrayList<>(found);
    if (mapping == null || coverage == null) {
      return all;
    }
    for (FieldRule rule : mapping.document().fields()) {
      for (Absent absent : coverage.absent()) {
        if (absent.name().equals(rule.from())) {
          String place = "mappings.product." + rule.canonical() + ".from";
          all.add(new ConfigProblem(Severity.WARNING, place, message(absent), remedy(absent)));
        }
      }
    }
    return all;
  }

  private static String message(Absent absent) {
    return "no record of the sample has " + absent.name();
  }

  private static String remedy(Absent absent) {
    return absent.nearest() == null
        ? "check its name in the source"
        : "perhaps " + absent.nearest() + " is meant";
  }

  /// The result in one text; empty: it was tried on nothing.
  String sum() {
    if (coverage == null || coverage.records() == 0) {
      return "";
    }
    String tried = Words.count(coverage.records(), "record") + " tried";
    if (coverage.rejected() == 0) {
      return "Of %s, none would be rejected.".formatted(tried);
    }
    List<String> told = new ArrayList<>();
    told.add(
        "Of %s, %s would be rejected: %s."
            .formatted(
                tried,
                coverage.rejected() == coverage.records()
                    ? "all"
                    : Figures.count(coverage.rejected()),
                failures(coverage)));
    for (Absent absent : coverage.absent()) {
      told.add(Words.sentence(message(absent) + "; " + remedy(absent)));
    }
    return String.join(" ", told);
  }

  private static String failures(MappingCoverage coverage) {
    List<FieldCoverage> failing =
        coverage.fields().stream()
            .filter(field -> field.failed() > 0)
            .sorted(Comparator.comparingInt(FieldCoverage::failed).reversed())
            .toList();
    if (failing.isEmpty()) {
      return "what is wrong stands below";
    }
    List<String> told = new ArrayList<>();
    for (FieldCoverage field : failing.subList(0, Math.min(FAILURES_TOLD, failing.size()))) {
      String codes =
          String.join(", ", field.codes().keySet().stream().sorted().map(Words::of).toList());
      told.add("%s (%s, %s)".formatted(field.canonical(), codes, Figures.count(field.failed())));
    }
    int others = failing.size() - told.size();
    return String.join("; ", told) + (others == 0 ? "" : "; " + Words.count(others, "more field"));
  }

  /// The sum for the head of the page.
  List<Part> head() {
    String sum = sum();
    if (sum.isEmpty() || coverage == null) {
      return List.of();
    }
    Tone tone = coverage.rejected() == 0 ? Tone.GOOD : mostlyRejected() ? Tone.BAD : Tone.WARN;
    return List.of(new Part.Message(tone, sum, null));
  }

  /// What comes of one record of the sample, and how well the mapping fits all that were tried.
  ///
  /// @param record its number in the sample, from 1; the nearest there is
  List<Part> preview(int record) {
    List<Part> parts = new ArrayList<>(StudioParts.problems(found));
    if (mapping == null || coverage == null) {
      return parts;
    }
    parts.addAll(StudioParts.problems(unreadable));
    if (shown.isEmpty()) {
      parts.add(
          new Part.Message(
              Tone.INFO,
              "There is no sample record. Read a page of the source, or paste one below.",
              null));
    } else {
      int index = Math.clamp(record, 1, shown.size());
      parts.addAll(StudioParts.preview(mapping, shown.get(index - 1)));
    }
    if (coverage.records() > 0) {
      parts.addAll(StudioParts.coverage(coverage));
    }
    return parts;
  }
}

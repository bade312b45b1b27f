package dev.entrepot.console.pages.flows;

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
import dev.entrepot.flow.config.ConfigProblem;
import dev.entrepot.flow.mapping.CompiledMapping;
import dev.entrepot.flow.mapping.FieldStory;
import dev.entrepot.flow.mapping.MappingCoverage;
import dev.entrepot.flow.mapping.MappingPreview;
import dev.entrepot.flow.mapping.Problem;
import dev.entrepot.spi.record.FieldSpec;
import dev.entrepot.spi.record.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a mapping makes of records.
final class StudioParts {
  private StudioParts() {}

  static List<Part> problems(List<ConfigProblem> problems) {
    return problems.stream()
        .<Part>map(problem ->
            new Part.Message(
                problem.refuses() ? Tone.BAD : Tone.WARN,
                (problem.place().isEmpty() ? "" : problem.place() + ": ")
                    + FlowWords.problem(problem),
                null))
        .toList();
  }

  /// One record, field by field.
  static List<Part> preview(CompiledMapping mapping, Fields source) {
    MappingPreview preview = MappingPreview.of(mapping, source);
    List<Problem> problems = preview.result().problems();
    List<Part> parts = new ArrayList<>();
    String key = preview.result().key();
    parts.add(
        problems.isEmpty()
            ? new Part.Message(Tone.GOOD, "Record " + key + " would be sent.", null)
            : new Part.Message(
                Tone.BAD,
                "The record would be rejected: "
                    + String.join(
                        " ", problems.stream().map(one -> Words.sentence(one.message())).toList()),
                null));
    parts.add(
        new Part.Table(
            TableView.of(
                "story",
                "What becomes of each field",
                List.of(
                    Column.title("Field"),
                    Column.text("From"),
                    Column.text("Value there"),
                    Column.of("What is done", Column.Kind.WIDE),
                    Column.text("To"),
                    Column.text("Sent")),
                preview.fields().stream().map(StudioParts::row).toList(),
                Empty.of(Icon.MAPPING, "No field", "The mapping has no field yet."))));
    return parts;
  }

  private static TableView.Row row(FieldStory story) {
    boolean wrong = !story.problems().isEmpty();
    String value = story.raw() == null ? "" : story.raw();
    String problems =
        String.join(
            " ", story.problems().stream().map(one -> Words.sentence(one.message())).toList());
    return new TableView.Row(
        story.canonical().replaceAll("[^A-Za-z0-9_-]", "-"),
        List.of(
            Cell.text(story.canonical()),
            Cell.code(story.from()),
            wrong ? new Cell.Fault(value.isEmpty() ? "–" : value, problems) : Cell.code(value),
            story.steps().isEmpty() ? Cell.text(null) : Cell.text(String.join("; ", story.steps())),
            Cell.code(story.to()),
            Cell.code(story.sent() == null ? null : story.sent().toString())),
        wrong ? Tone.BAD : null);
  }

  /// How well it fits all of the records.
  static List<Part> coverage(MappingCoverage coverage) {
    List<String> unread =
        coverage.unread().entrySet().stream()
            .map(one -> one.getKey() + " (" + one.getValue() + ")")
            .toList();
    List<String> unfilled = coverage.unfilled().stream().map(FieldSpec::name).toList();
    Tile rejected = Tile.of("Rejected", Figures.count(coverage.rejected()));
    return List.of(
        new Part.Tiles(
            "Coverage",
            List.of(
                Tile.of("Records tried", Figures.count(coverage.records())),
                coverage.rejected() == 0 ? rejected : rejected.tone(Tone.WARN),
                Tile.of("Unused source fields", Figures.count(unread.size()))
                    .note(unread.isEmpty() ? "none" : String.join(", ", unread)),
                Tile.of("Unfilled destination fields", Figures.count(unfilled.size()))
                    .note(unfilled.isEmpty() ? "none" : String.join(", ", unfilled)))),
        new Part.Table(
            TableView.of(
                "coverage",
                "How often each field is filled, and what fails",
                List.of(
                    Column.title("Field"),
                    Column.number("Filled"),
                    Column.number("Failed"),
                    Column.of("Why", Column.Kind.WIDE)),
                coverage.fields().stream().map(StudioParts::covered).toList(),
                Empty.of(Icon.MAPPING, "No field", "The mapping has no field yet."))));
  }

  private static TableView.Row covered(MappingCoverage.FieldCoverage field) {
    Map<String, Integer> codes = new TreeMap<>(field.codes());
    List<String> why =
        codes.entrySet().stream()
            .map(one -> Words.of(one.getKey()) + ": " + Figures.count(one.getValue()))
            .toList();
    return new TableView.Row(
        field.canonical().replaceAll("[^A-Za-z0-9_-]", "-"),
        List.of(
            Cell.text(field.canonical()),
            Cell.count(field.filled()),
            Cell.count(field.failed()),
            Cell.text(String.join(", ", why))),
        field.failed() > 0 ? Tone.WARN : null);
  }
}

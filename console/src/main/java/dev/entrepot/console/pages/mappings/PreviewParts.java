package dev.entrepot.console.pages.mappings;

import dev.entrepot.console.pages.shell.Words;
import dev.entrepot.console.view.Cell;
import dev.entrepot.console.view.Column;
import dev.entrepot.console.view.Empty;
import dev.entrepot.console.view.Icon;
import dev.entrepot.console.view.Part;
import dev.entrepot.console.view.TableView;
import dev.entrepot.console.view.Tone;
import dev.entrepot.onboarding.mapping.Field;
import dev.entrepot.onboarding.mapping.Mapping;
import dev.entrepot.onboarding.rules.MappingPreview.PreviewRow;
import dev.entrepot.onboarding.rules.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What a mapping makes of the first rows of a file.
final class PreviewParts {
  private static final int LONGEST = 60;

  private PreviewParts() {}

  /// @param lines where each of the rows stands in the file
  static List<Part> of(Mapping mapping, List<PreviewRow> rows, List<Long> lines) {
    List<Part> parts = new ArrayList<>();
    List<Field> missing = missing(mapping);
    if (!missing.isEmpty()) {
      parts.add(
          new Part.Message(
              Tone.BAD,
              "No column yet for "
                  + missing.stream()
                      .map(field -> Words.of(field.column()))
                      .collect(Collectors.joining(", "))
                  + ". Choose one below, or a fallback.",
              null));
    }
    long read = rows.stream().filter(row -> row.skipped() == null).count();
    long right =
        rows.stream().filter(row -> row.skipped() == null && row.problems().isEmpty()).count();
    if (missing.isEmpty()) {
      parts.add(
          new Part.Message(
              right == read ? Tone.GOOD : Tone.WARN,
              right
                  + " of the first "
                  + Words.count(read, "row")
                  + " pass the checks that look at a row by itself"
                  + (rows.size() > read
                      ? "; " + Words.count(rows.size() - read, "row is", "rows are") + " skipped."
                      : "."),
              null));
    }
    parts.add(new Part.Table(table(mapping, rows, lines)));
    return parts;
  }

  private static List<Field> missing(Mapping mapping) {
    return List.of(Field.values()).stream()
        .filter(Field::required)
        .filter(field -> mapping.fields().stream().noneMatch(one -> one.field() == field))
        .toList();
  }

  private static TableView table(Mapping mapping, List<PreviewRow> rows, List<Long> lines) {
    List<Field> fields =
        List.of(Field.values()).stream()
            .filter(field -> mapping.fields().stream().anyMatch(one -> one.field() == field))
            .toList();
    TreeSet<String> custom = new TreeSet<>();
    rows.forEach(row -> custom.addAll(row.custom().keySet()));
    List<Column> columns = new ArrayList<>();
    columns.add(Column.number("Row"));
    for (Field field : fields) {
      String label = Words.of(field.column());
      columns.add(field.numeric() ? Column.number(label) : Column.text(label));
    }
    custom.forEach(name -> columns.add(Column.text(name)));
    columns.add(Column.text("Otherwise"));
    return TableView.of(
            "preview",
            "The first rows as the mapping turns them",
            columns,
            rows.stream().map(row -> row(fields, custom, row, lines)).toList(),
            Empty.of(Icon.FILE, "No rows", "The file has none that could be read."))
        .scrolling();
  }

  private static TableView.Row row(
      List<Field> fields, Set<String> custom, PreviewRow row, List<Long> lines) {
    List<Cell> cells = new ArrayList<>();
    cells.add(Cell.count(lines.get(Math.toIntExact(row.number() - 1))));
    for (Field field : fields) {
      String value = row.values().getOrDefault(field, "");
      Optional<Problem> problem =
          row.problems().stream().filter(one -> one.field() == field).findFirst();
      cells.add(
          problem.isPresent()
              ? new Cell.Fault(shortened(value), problem.get().message())
              : field.numeric() && !value.isEmpty()
                  ? new Cell.Figure(value)
                  : Cell.text(shortened(value)));
    }
    for (String name : custom) {
      cells.add(Cell.text(shortened(row.custom().getOrDefault(name, ""))));
    }
    cells.add(otherwise(row));
    return new TableView.Row(
        Long.toString(row.number()), cells, row.problems().isEmpty() ? null : Tone.BAD);
  }

  private static Cell otherwise(PreviewRow row) {
    if (row.skipped() != null) {
      return Cell.badge(Tone.QUIET, "Skipped: " + row.skipped());
    }
    return Cell.text(
        row.problems().stream()
            .filter(problem -> problem.field() == null)
            .map(Problem::message)
            .collect(Collectors.joining("; ")));
  }

  private static String shortened(String text) {
    String line = text.replaceAll("\\s+", " ");
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
  }
}

package dev.entrepot.console.pages.flows;

import dev.entrepot.console.view.Line;
import dev.entrepot.console.view.Part;
import dev.entrepot.flow.config.ConfigProblems;
import dev.entrepot.flow.config.ConfigTree;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// JSON and other texts as lines: never anything a browser would act on.
final class Documents {
  private static final int MOST_LINES = 2_000;
  private static final int LONGEST_LINE = 2_000;

  private Documents() {}

  /// JSON laid out by names and values; anything else as it is.
  static Part of(String label, @Nullable String text, String empty) {
    if (text == null || text.isBlank()) {
      return new Part.Text(empty);
    }
    return new Part.Lines(label, lines(laidOut(text)), true);
  }

  /// The same with the line of a field marked.
  ///
  /// @param field null: none
  /// @param note what is said about it
  static Part of(
      String label, @Nullable String text, String empty, @Nullable String field, String note) {
    return of(label, text, empty) instanceof Part.Lines(String shown, List<Line> lines, boolean raw)
        ? new Part.Lines(shown, lines.stream().map(line -> marked(line, field, note)).toList(), raw)
        : new Part.Text(empty);
  }

  private static Line marked(Line line, @Nullable String field, String note) {
    return field != null && line.text().startsWith(field + ":")
        ? new Line(line.number(), line.text(), Line.Mark.MEANT, note)
        : line;
  }

  private static String laidOut(String text) {
    String plain = text.strip();
    if (!plain.startsWith("{") && !plain.startsWith("[")) {
      return text;
    }
    var problems = new ConfigProblems();
    Object value = ConfigTree.read(plain, problems).value();
    return value == null || problems.refuses() ? text : ConfigTree.yaml(value);
  }

  static List<Line> lines(String text) {
    return Line.of(text).stream()
        .limit(MOST_LINES)
        .map(line ->
            line.text().length() <= LONGEST_LINE
                ? line
                : new Line(
                    line.number(),
                    line.text().substring(0, LONGEST_LINE) + "…",
                    line.mark(),
                    "too long to be shown whole"))
        .toList();
  }
}

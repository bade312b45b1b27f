package dev.entrepot.cli.uploads;

import dev.entrepot.cli.session.BooksLine;
import dev.entrepot.cli.session.Values;
import dev.entrepot.cli.terminal.ExitCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/// What became of an upload, in a few lines: its books drawn as a bar and written as the sum they
/// are.
public final class UploadReport {
  private static final int BAR = 40;

  /// A part of the bar: what was accepted stands first, darkest.
  private record Shade(String part, char mark) {}

  private static final List<Shade> SHADES =
      List.of(
          new Shade("written", '█'),
          new Shade("unchanged", '▓'),
          new Shade("pending", '▒'),
          new Shade("rejected", '░'),
          new Shade("skipped", '·'));

  private final JsonNode upload;

  /// @param upload as the API describes it
  public UploadReport(JsonNode upload) {
    this.upload = upload;
  }

  /// How the command that uploaded it ends.
  public ExitCode exitCode() {
    return switch (state()) {
      case "partial" -> ExitCode.PARTIAL;
      case "failed" -> ExitCode.UPLOAD_FAILED;
      default -> ExitCode.OK;
    };
  }

  /// Whether nothing will change any more by itself.
  public boolean finished() {
    return switch (state()) {
      case "completed", "partial", "failed" -> true;
      default -> false;
    };
  }

  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    String known =
        upload.path("already_known").asBoolean(false) ? " (these bytes were sent before)" : "";
    lines.add(Values.text(upload, "file_name") + ": " + verdict() + known);
    if (upload.path("failure").isObject()) {
      String line = Values.count(upload, "failure", "line");
      lines.add(
          "  "
              + Values.text(upload, "failure", "message")
              + (line.isEmpty() ? "" : " (row " + line + ")"));
    }
    if (received() > 0) {
      lines.add("  " + bar() + "  " + accepted());
      lines.add("  " + BooksLine.of(upload.path("books")));
    }
    String problems = problems();
    if (!problems.isEmpty()) {
      lines.add("  rejected, by first error: " + problems);
    }
    if (waits()) {
      lines.add(
          "  %s for approval before reaching the catalogue: entrepot uploads approve %s"
              .formatted(
                  count("pending") == 1
                      ? "1 row waits"
                      : Values.count(upload, "books", "pending") + " rows wait",
                  id()));
    }
    for (JsonNode note : upload.path("notes")) {
      lines.add("  check: " + note.asString());
    }
    // Each skipped row has a remark that says why; those are no warnings.
    long warnings = Values.number(upload, "warnings") - count("skipped");
    if (warnings > 0) {
      lines.add("  warnings: " + String.format(Locale.ROOT, "%,d", warnings));
    }
    lines.add("  upload " + id());
    return lines;
  }

  String id() {
    return Values.text(upload, "id");
  }

  private String state() {
    return Values.text(upload, "state");
  }

  /// The state in words: rows that wait for approval are checked, no more.
  String verdict() {
    if (!waits()) {
      return state();
    }
    return (state().equals("completed") ? "checked" : state()) + ", waits for approval";
  }

  private boolean waits() {
    return finished() && count("pending") > 0;
  }

  private long received() {
    return count("received");
  }

  private long count(String part) {
    return Values.number(upload, "books", part);
  }

  /// Parts in proportion, each that is not empty at least one character wide.
  String bar() {
    StringBuilder bar = new StringBuilder();
    long before = 0;
    for (Shade shade : SHADES) {
      long part = count(shade.part());
      before += part;
      int end = (int) Math.round((double) before * BAR / received());
      int width = Math.max(part > 0 ? 1 : 0, end - bar.length());
      bar.repeat(shade.mark(), width);
    }
    return bar.toString();
  }

  private String accepted() {
    long accepted = count("written") + count("unchanged");
    if (state().equals("failed") && upload.path("failure").isObject()) {
      // It was not read to its end: a share would speak of rows that nobody saw.
      return String.format(Locale.ROOT, "%,d of %,d rows read were accepted", accepted, received());
    }
    accepted += count("pending");
    long judged = accepted + count("rejected");
    if (judged == 0) {
      return "no rows accepted";
    }
    double share = 100.0 * accepted / judged;
    // Never rounded up to a hundred: that would hide a rejected row.
    double shown = count("rejected") > 0 ? Math.min(share, 99.9) : share;
    return String.format(
        Locale.ROOT, "%.1f %% %s", shown, waits() ? "passed the checks" : "accepted");
  }

  private String problems() {
    List<String> problems = new ArrayList<>();
    for (JsonNode problem : upload.path("top_problems")) {
      problems.add(Values.count(problem, "rows") + " " + Values.text(problem, "code"));
    }
    int shown = Math.min(problems.size(), 4);
    String more = problems.size() > shown ? ", …" : "";
    return String.join(", ", problems.subList(0, shown)) + more;
  }
}

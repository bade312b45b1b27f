package dev.entrepot.console.pages.mending;

import dev.entrepot.console.pages.shell.Words;
import dev.entrepot.console.view.Cell;
import dev.entrepot.console.view.Column;
import dev.entrepot.console.view.Empty;
import dev.entrepot.console.view.TableView;
import dev.entrepot.console.view.Tone;
import dev.entrepot.onboarding.rules.Problem;
import dev.entrepot.onboarding.uploads.Upload;
import dev.entrepot.onboarding.uploads.Uploads.RejectedRow;
import dev.entrepot.onboarding.uploads.Uploads.RowState;
import java.util.List;
import java.util.stream.Collectors;

/// Rejected rows as a table, for reading.
final class RowTable {
  private RowTable() {}

  static TableView of(Upload upload, List<RejectedRow> rows, Empty empty) {
    return TableView.of(
        "rows",
        "Rejected rows",
        List.of(
            Column.title("Row"),
            Column.text("SKU"),
            Column.text("Error"),
            Column.of("Reasons", Column.Kind.WIDE),
            Column.text("State"),
            Column.text("Successor")),
        rows.stream().map(row -> row(upload, row)).toList(),
        empty);
  }

  private static TableView.Row row(Upload upload, RejectedRow row) {
    return TableView.Row.of(
        Long.toString(row.number()),
        Cell.link("Row " + row.line(), "/uploads/" + upload.id() + "/rows/" + row.number()),
        Cell.code(row.sku()),
        Cell.text(Words.of(row.errorType())),
        Cell.text(row.problems().stream().map(Problem::message).collect(Collectors.joining("; "))),
        badge(row.state()),
        row.resolvedBy() == null
            ? new Cell.Blank()
            : Cell.link("Upload", "/uploads/" + row.resolvedBy()));
  }

  static Cell badge(RowState state) {
    return switch (state) {
      case OPEN -> Cell.badge(Tone.WARN, "Open");
      case RETRIED -> Cell.badge(Tone.QUIET, "Sent again");
      case MENDED -> Cell.badge(Tone.GOOD, "Mended");
      case DISMISSED -> Cell.badge(Tone.QUIET, "Dismissed");
    };
  }

  /// The state inside a sentence.
  static String state(RowState state) {
    return switch (state) {
      case OPEN -> "open";
      case RETRIED -> "sent again and rejected again";
      case MENDED -> "mended";
      case DISMISSED -> "dismissed";
    };
  }
}

package dev.entrepot.cli.flows;

import dev.entrepot.cli.session.Session;
import dev.entrepot.cli.session.Values;
import dev.entrepot.cli.terminal.Table;
import dev.entrepot.cli.terminal.Table.Column;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// What mappings make of records, for people.
final class MappingReport {
  private MappingReport() {}

  /// One record, field by field.
  static void record(Session session, JsonNode record) {
    boolean rejected = record.path("rejected").asBoolean(false);
    session.terminal().print((rejected ? "rejected  " : "ok        ") + Values.text(record, "key"));
    Table table =
        new Table(
            Column.text("  SOURCE"),
            Column.text("VALUE"),
            Column.text("FIELD"),
            Column.text("TO"),
            Column.text("SENT"),
            Column.text("PROBLEM"));
    for (JsonNode field : record.path("fields")) {
      table.row(
          "  " + Values.text(field, "from"),
          Values.text(field, "raw"),
          Values.text(field, "canonical"),
          Values.text(field, "to"),
          Values.text(field, "sent"),
          String.join(
              "; ",
              field
                  .path("problems")
                  .valueStream()
                  .map(problem -> Values.text(problem, "message"))
                  .toList()));
    }
    table.print(session.terminal());
    session.terminal().print("");
  }

  /// How well a mapping fits many.
  static void coverage(Session session, JsonNode coverage) {
    Table table =
        new Table(
            Column.text("FIELD"),
            Column.number("FILLED"),
            Column.number("FAILED"),
            Column.text("WHY"));
    for (JsonNode field : coverage.path("fields")) {
      table.row(
          Values.text(field, "canonical"),
          Values.text(field, "filled"),
          Values.text(field, "failed"),
          counts(field.path("codes")));
    }
    table.print(session.terminal());
    session
        .terminal()
        .print(
            "%s tried, %s rejected"
                .formatted(
                    Values.counted(Values.number(coverage, "records"), "record"),
                    Values.count(coverage, "rejected")));
    told(session, "in no record: ", absent(coverage.path("absent")));
    told(session, "read by nothing: ", counts(coverage.path("unread")));
    List<String> unfilled =
        coverage.path("unfilled").valueStream().map(one -> Values.text(one, "name")).toList();
    told(session, "filled by nothing: ", String.join(", ", unfilled));
  }

  private static void told(Session session, String label, String names) {
    if (!names.isEmpty()) {
      session.terminal().print(label + names);
    }
  }

  private static String absent(JsonNode absent) {
    return String.join(
        ", ",
        absent
            .valueStream()
            .map(one -> {
              String nearest = Values.text(one, "nearest");
              return Values.text(one, "name")
                  + (nearest.isEmpty() ? "" : " (perhaps %s is meant)".formatted(nearest));
            })
            .toList());
  }

  private static String counts(JsonNode counts) {
    return String.join(
        ", ",
        counts.properties().stream()
            .map(one -> "%s (%s)".formatted(one.getKey(), Values.text(one.getValue())))
            .toList());
  }
}

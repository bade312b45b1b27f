package dev.entrepot.cli.flows;

import dev.entrepot.cli.session.Values;
import dev.entrepot.cli.terminal.Table;
import dev.entrepot.cli.terminal.Table.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Records of a run, one a line, with what differs.
final class RecordTable {
  private RecordTable() {}

  static Table of(JsonNode records) {
    Table table =
        new Table(
            Column.number("RECORD"),
            Column.text("KEY"),
            Column.text("OUTCOME"),
            Column.text("CHANGE"),
            Column.text("WHAT"));
    for (JsonNode record : records.path("items")) {
      String reason = Values.text(record, "reason");
      table.row(
          Values.text(record, "record"),
          Values.text(record, "key"),
          Values.text(record, "outcome"),
          Values.text(record, "change"),
          reason.isEmpty() ? differences(record) : reason);
    }
    return table;
  }

  /// `name: Mug → Cup`, for each field that differs.
  private static String differences(JsonNode record) {
    List<String> fields = new ArrayList<>();
    for (Map.Entry<String, JsonNode> step : record.path("diffs").properties()) {
      for (Map.Entry<String, JsonNode> field : step.getValue().properties()) {
        String line =
            "%s: %s → %s"
                .formatted(
                    field.getKey(),
                    shown(field.getValue().path(0)),
                    shown(field.getValue().path(1)));
        if (!fields.contains(line)) {
          fields.add(line);
        }
      }
    }
    return String.join(", ", fields);
  }

  private static String shown(JsonNode value) {
    return value.isNull() || value.isMissingNode() ? "nothing" : Values.text(value);
  }
}

package dev.entrepot.cli.flows;

import dev.entrepot.cli.session.Listing;
import dev.entrepot.cli.session.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Records of a run, one a line, with what differs.
final class RecordTable {
  private RecordTable() {}

  static Listing listing() {
    return new Listing()
        .number("RECORD", record -> Values.text(record, "record"))
        .text("KEY", "key")
        .text("OUTCOME", "outcome")
        .text("CHANGE", "change")
        .text("WHAT", RecordTable::what);
  }

  private static String what(JsonNode record) {
    String reason = Values.text(record, "reason");
    return reason.isEmpty() ? differences(record) : reason;
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

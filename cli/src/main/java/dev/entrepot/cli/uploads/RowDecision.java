package dev.entrepot.cli.uploads;

import dev.entrepot.cli.api.Api;
import dev.entrepot.cli.api.Query;
import dev.entrepot.cli.session.Values;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A decision on rows that wait. The server decides for some seconds, then says how many are left;
/// it is asked until none is.
final class RowDecision {
  private static final List<String> COUNTS = List.of("approved", "declined", "refused");

  private final Api api;

  RowDecision(Api api) {
    this.api = api;
  }

  /// @param verb `approve` or `decline`
  /// @param told gets what was decided so far, when some rows are left
  /// @return what came of all
  JsonNode toTheEnd(String upload, String verb, ObjectNode body, Consumer<JsonNode> told) {
    Query query = Query.of("/uploads").segment(upload).segment(verb);
    ObjectNode total = Api.object();
    while (true) {
      JsonNode step = api.post(query, body);
      long decided = 0;
      for (String count : COUNTS) {
        decided += Values.number(step, count);
        total.put(count, Values.number(total, count) + Values.number(step, count));
      }
      long left = Values.number(step, "left");
      total.put("left", left);
      // Whoever decides nothing although rows are left would do so for ever.
      if (left == 0 || decided == 0) {
        return total;
      }
      told.accept(total);
    }
  }
}

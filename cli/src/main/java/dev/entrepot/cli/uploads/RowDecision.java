package dev.entrepot.cli.uploads;

import dev.entrepot.cli.api.Api;
import dev.entrepot.cli.api.Query;
import dev.entrepot.cli.session.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A decision on rows that wait. The server decides for some seconds, then says how many are left;
/// it is asked until none is. Rows that are older than what the catalogue holds go on waiting.
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
    long before = Long.MAX_VALUE;
    while (true) {
      JsonNode step = api.post(query, body);
      long decided = 0;
      for (String count : COUNTS) {
        decided += Values.number(step, count);
        total.put(count, Values.number(total, count) + Values.number(step, count));
      }
      long left = Values.number(step, "left");
      total.put("left", left);
      total.put("older", Values.number(step, "older"));
      total.set("newer", step.path("newer"));
      // Whoever gets no further although rows are left would not for ever.
      if (left == 0 || (decided == 0 && left >= before)) {
        return total;
      }
      before = left;
      told.accept(total);
    }
  }

  static String inWords(JsonNode decision) {
    StringBuilder words = new StringBuilder();
    words.append(
        "approved %s, declined %s, refused %s"
            .formatted(
                Values.count(decision, "approved"),
                Values.count(decision, "declined"),
                Values.count(decision, "refused")));
    for (String waiting : List.of("left", "older")) {
      if (Values.number(decision, waiting) > 0) {
        words.append(", ").append(waiting).append(' ').append(Values.count(decision, waiting));
      }
    }
    return words.toString();
  }

  /// What to do with rows that are older than what the catalogue holds; empty: there are none.
  static List<String> advice(JsonNode decision, String upload) {
    long older = Values.number(decision, "older");
    if (older == 0) {
      return List.of();
    }
    List<String> newer = new ArrayList<>();
    decision.path("newer").forEach(id -> newer.add(id.asString()));
    return List.of(
        "%s still: received later, upload %s brought the same products meanwhile"
            .formatted(
                older == 1 ? "1 row waits" : Values.count(decision, "older") + " rows wait",
                String.join(", ", newer)),
        "put the older values back with: entrepot uploads approve %s --even-older"
            .formatted(upload),
        "or leave them out with: entrepot uploads decline %s --reason TEXT".formatted(upload));
  }
}

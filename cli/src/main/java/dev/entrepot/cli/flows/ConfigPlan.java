package dev.entrepot.cli.flows;

import dev.entrepot.cli.api.Api;
import dev.entrepot.cli.api.Query;
import dev.entrepot.cli.session.Session;
import dev.entrepot.cli.session.Values;
import dev.entrepot.cli.terminal.Table;
import dev.entrepot.cli.terminal.Terminal;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What applying a workspace would do to the configuration.
final class ConfigPlan {
  private final JsonNode plan;

  private ConfigPlan(JsonNode plan) {
    this.plan = plan;
  }

  /// Asks the server; nothing is changed.
  static ConfigPlan of(Api api, ObjectNode body) {
    return new ConfigPlan(api.post(Query.of("/flows/workspace/plan"), body));
  }

  JsonNode json() {
    return plan;
  }

  String id() {
    return Values.text(plan, "plan");
  }

  boolean empty() {
    return plan.path("empty").asBoolean(false);
  }

  void print(Session session) {
    Terminal terminal = session.terminal();
    for (JsonNode warning : plan.path("warnings")) {
      terminal.note(located(warning));
    }
    for (JsonNode change : plan.path("changes")) {
      print(terminal, change);
    }
    terminal.print(
        "%s to create, %s to change, %s to delete; %s as they are, %s not in the folder kept"
            .formatted(
                count("create"),
                count("update"),
                count("delete"),
                count("unchanged"),
                count("kept")));
  }

  private String count(String action) {
    return Values.count(plan, "counts", action);
  }

  private static void print(Terminal terminal, JsonNode change) {
    String sign =
        switch (Values.text(change, "action")) {
          case "create" -> "+ create ";
          case "update" -> "~ change ";
          case "delete" -> "- delete ";
          default -> "";
        };
    if (sign.isEmpty()) {
      return;
    }
    terminal.print(sign + Values.text(change, "kind") + " " + Values.text(change, "name"));
    for (JsonNode difference : change.path("differences")) {
      terminal.print(
          "    %s: %s → %s"
              .formatted(
                  Values.text(difference, "place"),
                  shown(difference.path("before")),
                  shown(difference.path("after"))));
    }
  }

  private static String shown(JsonNode value) {
    return value.isNull() ? "nothing" : Table.printable(Values.text(value));
  }

  /// A problem of a file, as editors and terminals understand it.
  static String located(JsonNode problem) {
    return "%s:%s: %s"
        .formatted(
            Values.text(problem, "file"),
            Values.text(problem, "line"),
            ImportCommand.told(problem));
  }
}

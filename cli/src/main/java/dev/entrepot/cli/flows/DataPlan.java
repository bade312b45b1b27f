package dev.entrepot.cli.flows;

import dev.entrepot.cli.api.Api;
import dev.entrepot.cli.session.Pages;
import dev.entrepot.cli.session.Session;
import dev.entrepot.cli.session.Values;
import dev.entrepot.cli.terminal.Table;
import dev.entrepot.cli.terminal.Terminal;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a run that is planned would write.
final class DataPlan {
  private final JsonNode run;
  private final JsonNode forecast;
  private final JsonNode records;

  private DataPlan(JsonNode run, JsonNode forecast, JsonNode records) {
    this.run = run;
    this.forecast = forecast;
    this.records = records;
  }

  /// @param shown how many of its records
  static DataPlan of(Api api, JsonNode run, int shown) {
    String id = Values.text(run, "id");
    return new DataPlan(
        run,
        api.get(RunFollower.one(id).segment("forecast")),
        Pages.collect(
            api, RunFollower.one(id).segment("records").with("outcome", "pending"), shown));
  }

  ObjectNode json() {
    ObjectNode all = Api.object();
    all.set("run", run);
    all.set("forecast", forecast);
    all.set("records", records);
    return all;
  }

  /// How many records the mapping rejects.
  long rejected() {
    return Values.number(run, "books", "rejected");
  }

  /// What is to be done now.
  String next() {
    String id = Values.text(run, "id");
    String look = "see which with: entrepot run records %s --outcome rejected".formatted(id);
    if (Values.number(run, "books", "pending") > 0) {
      return "nothing was written; write it with: entrepot apply --run %s --yes".formatted(id);
    }
    return rejected() > 0
        ? "there is nothing to write; mend the mapping or the source, %s".formatted(look)
        : "there is nothing to write";
  }

  private void printRejections(Terminal terminal) {
    if (rejected() > 0 && rejected() == Values.number(run, "books", "received")) {
      terminal.print("  all of them are rejected:");
    }
    for (JsonNode rejection : forecast.path("rejections")) {
      terminal.print(
          Table.printable(
              "  rejected: %s %s, %s%s"
                  .formatted(
                      Values.counted(Values.number(rejection, "records"), "record"),
                      Values.text(rejection, "code"),
                      Values.number(rejection, "reasons") > 1 ? "such as: " : "",
                      Values.text(rejection, "reason"))));
    }
  }

  void print(Session session) {
    Terminal terminal = session.terminal();
    long changes = Values.number(run, "books", "pending");
    if (!records.path("items").isEmpty()) {
      RecordTable.listing().table(records.path("items")).print(terminal);
      if (changes > records.path("items").size()) {
        terminal.note(
            "%s more; see them with: entrepot run records %s --outcome pending"
                .formatted(
                    Values.grouped(changes - records.path("items").size()),
                    Values.text(run, "id")));
      }
    }
    terminal.print(
        "%s: %s read: %s to create, %s to update, %s to delete, %s unchanged; %s rejected, %s skipped"
            .formatted(
                Values.text(run, "client"),
                Values.count(run, "books", "received"),
                Values.count(forecast, "changes", "create"),
                Values.count(forecast, "changes", "update"),
                Values.count(forecast, "changes", "delete"),
                Values.count(forecast, "changes", "unchanged"),
                Values.count(run, "books", "rejected"),
                Values.count(run, "books", "skipped")));
    printRejections(terminal);
    if (Values.number(forecast, "changes", "create") > 0) {
      terminal.print("  to create: not sent to this account before; the destination is not asked");
    }
    for (JsonNode step : forecast.path("steps")) {
      terminal.print(
          "  %s: %s in %s"
              .formatted(
                  Values.text(step, "title"),
                  Values.counted(Values.number(step, "records"), "record"),
                  Values.counted(Values.number(step, "calls"), "call")));
    }
    String least = Values.text(forecast, "least");
    terminal.print(
        "  %s within the destination's limit, %s"
            .formatted(
                Values.counted(Values.number(forecast, "calls"), "call"),
                Duration.parse(least).isZero()
                    ? "no waiting"
                    : "at least " + RunReport.length(least)));
    forecast
        .path("warnings")
        .forEach(warning -> terminal.print("warning: " + Table.printable(warning.asString())));
  }
}

package dev.entrepot.cli.books;

import dev.entrepot.cli.api.Query;
import dev.entrepot.cli.session.Session;
import dev.entrepot.cli.session.Values;
import dev.entrepot.cli.terminal.ExitCode;
import dev.entrepot.cli.terminal.Table;
import dev.entrepot.cli.terminal.Table.Column;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// `entrepot trace`.
@Command(
    name = "trace",
    description = {
      "Tells one record's story from its arrival: every file or event that brought it, every"
          + " change, and what failed.",
      "Ends with 1 when nothing is known of the key."
    },
    footer = {
      "Examples:",
      "  entrepot trace SKU-1042",
      "  entrepot trace P0000001 --client acme",
      "  entrepot trace shop.example/orders/123",
      "  entrepot trace customers/7 --tenant acme"
    })
public final class TraceCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(
      paramLabel = "KEY",
      description = "A SKU, a vendor's product id, or the key of an event.")
  private String key = "";

  @Option(
      names = "--client",
      paramLabel = "ID",
      description = "Only what this client's runs did with it.")
  private @Nullable String client;

  @Option(
      names = "--tenant",
      paramLabel = "NAME",
      description = "Only what became of this tenant's events: two may have equal keys.")
  private @Nullable String tenant;

  public TraceCommand(Session session) {
    this.session = session;
  }

  /// Where it stands: the row of a file as a spreadsheet shows it, or the record of a run.
  private static String place(JsonNode step) {
    String number = Values.text(step, "record");
    String file = Values.text(step, "file_name");
    if (number.isEmpty() || (file.isEmpty() && Values.text(step, "client").isEmpty())) {
      return "";
    }
    if (file.isEmpty()) {
      return "record " + number + " of a run";
    }
    String row = Values.text(step, "row");
    return (row.isEmpty() ? "a row" : "row " + row) + " of " + file;
  }

  private String where() {
    return (client == null ? "" : " in runs of " + client)
        + (tenant == null ? "" : " among events of tenant " + tenant);
  }

  @Override
  public Integer call() {
    JsonNode story =
        session.ask(api ->
            api.get(Query.of("/trace").segment(key).with("client", client).with("tenant", tenant)));
    JsonNode steps = story.path("steps");
    if (session.options().json()) {
      session.printJson(story);
    } else {
      Table table =
          new Table(
              Column.text("WHEN"),
              Column.text("WHAT"),
              Column.text("TO"),
              Column.text("WHERE"),
              Column.text("DETAIL"));
      for (JsonNode step : steps) {
        table.row(
            Values.second(step, "at"),
            Values.text(step, "what"),
            Values.text(step, "subject"),
            place(step),
            Values.text(step, "detail"));
      }
      session.printTable(
          table, "nothing is known of \"%s\"%s; keys are matched exactly".formatted(key, where()));
    }
    return steps.isEmpty() ? ExitCode.FAILED.code() : ExitCode.OK.code();
  }
}

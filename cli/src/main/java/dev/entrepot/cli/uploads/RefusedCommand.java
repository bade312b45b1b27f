package dev.entrepot.cli.uploads;

import dev.entrepot.cli.api.Api;
import dev.entrepot.cli.api.Query;
import dev.entrepot.cli.session.Pages;
import dev.entrepot.cli.session.Session;
import dev.entrepot.cli.session.Values;
import dev.entrepot.cli.terminal.Table;
import dev.entrepot.cli.terminal.Table.Column;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `entrepot refused …`: files of the watched folder that did not become uploads.
@Command(
    name = "refused",
    description = "Shows files of the watched folder that were refused as a whole.",
    footer = {"Examples:", "  entrepot refused list", "  entrepot refused dismiss 0198c0de-…"})
public final class RefusedCommand {
  private final Session session;

  public RefusedCommand(Session session) {
    this.session = session;
  }

  @Command(
      name = "list",
      description = "Lists them, newest first, with the reason and where each lies.")
  int list(
      @Option(names = "--all", description = "Those, too, that were dismissed.") boolean all,
      @Option(
              names = "--limit",
              defaultValue = "50",
              description = "At most so many. Default: ${DEFAULT-VALUE}")
          int limit) {
    Query query = Query.of("/refused-files").with("state", all ? "all" : "open");
    ObjectNode files = session.ask(api -> Pages.collect(api, query, limit));
    if (session.options().json()) {
      session.printJson(files);
      return 0;
    }
    Table table =
        new Table(
            Column.text("ID"),
            Column.text("REFUSED"),
            Column.text("FOLDER"),
            Column.text("FILE"),
            Column.text("REASON"));
    for (JsonNode file : files.path("items")) {
      table.row(
          Values.text(file, "id"),
          Values.time(file, "refused_at"),
          Values.text(file, "vendor"),
          Values.text(file, "file_name"),
          Values.text(file, "reason"));
    }
    session.printTable(table, "no refused files");
    session.noteMore(files);
    return 0;
  }

  @Command(name = "dismiss", description = "Takes a file off the list: it is seen to.")
  int dismiss(@Parameters(paramLabel = "ID", description = "The refused file's id.") String id) {
    JsonNode file =
        session.ask(api ->
            api.post(Query.of("/refused-files").segment(id).segment("dismiss"), Api.object()));
    if (session.options().json()) {
      session.printJson(file);
    } else {
      session
          .terminal()
          .print(
              Values.text(file, "file_name")
                  + " is off the list; it stays in "
                  + Values.text(file, "kept_at"));
    }
    return 0;
  }
}

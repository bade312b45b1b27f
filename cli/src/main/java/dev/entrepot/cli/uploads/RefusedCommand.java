package dev.entrepot.cli.uploads;

import dev.entrepot.cli.api.Api;
import dev.entrepot.cli.api.Query;
import dev.entrepot.cli.session.Extent;
import dev.entrepot.cli.session.Listing;
import dev.entrepot.cli.session.Session;
import dev.entrepot.cli.session.Values;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

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
      @Option(names = "--dismissed", description = "Those, too, that were dismissed.")
          boolean dismissed,
      @Mixin Extent extent) {
    Query query = Query.of("/refused-files").with("state", dismissed ? "all" : "open");
    return new Listing()
        .id("ID", "id")
        .time("REFUSED", "refused_at")
        .text("FOLDER", "vendor")
        .text("FILE", "file_name")
        .text("REASON", "reason")
        .print(session, extent, query, "no refused files");
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

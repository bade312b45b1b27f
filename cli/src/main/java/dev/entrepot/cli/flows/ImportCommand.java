package dev.entrepot.cli.flows;

import dev.entrepot.cli.api.Api;
import dev.entrepot.cli.api.Query;
import dev.entrepot.cli.session.Session;
import dev.entrepot.cli.session.Values;
import dev.entrepot.cli.terminal.ExitCode;
import dev.entrepot.cli.terminal.Table;
import dev.entrepot.cli.terminal.Table.Column;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `entrepot import …`.
@Command(
    name = "import",
    description = "Takes over what was kept elsewhere before.",
    footer = {"Examples:", "  entrepot import siesa-clients clients.json --dry-run"})
public final class ImportCommand {
  private final Session session;

  public ImportCommand(Session session) {
    this.session = session;
  }

  @Command(
      name = "siesa-clients",
      description = {
        "Takes clients over from JSON, plain or as DynamoDB types it: one, a list, {\"Items\": […]},"
            + " or one in each line. Clients that are there already are changed to what it says.",
        "Ends with 3 when some were rejected; the others are taken all the same."
      },
      footer = {
        "Examples:",
        "  entrepot import siesa-clients clients.json --dry-run",
        "  entrepot import siesa-clients clients.json",
        "  aws dynamodb scan --table-name clients | entrepot import siesa-clients -"
      })
  int clients(
      @Parameters(arity = "1..*", paramLabel = "FILE", description = "JSON; - for standard input.")
          List<Path> files,
      @Option(names = "--dry-run", description = "Only says what would become of them.")
          boolean dryRun) {
    Map<Path, String> texts = new LinkedHashMap<>();
    files.forEach(file -> texts.put(file, TextFile.read(session, file)));
    ObjectNode all = Api.object().put("dry_run", dryRun);
    ArrayNode items = all.putArray("items");
    session.ask(api -> {
      texts.forEach((file, text) -> {
        ObjectNode body = Api.object().put("text", text).put("dry_run", dryRun);
        for (JsonNode item : api.post(Query.of("/flows/clients/import"), body).path("items")) {
          items.add(((ObjectNode) item.deepCopy()).put("file", file.toString()));
        }
      });
      return all;
    });
    boolean rejected = items.valueStream().anyMatch(item -> outcome(item).equals("rejected"));
    if (session.options().json()) {
      session.printJson(all);
    } else {
      print(items, dryRun);
    }
    return (rejected ? ExitCode.PARTIAL : ExitCode.OK).code();
  }

  private static String outcome(JsonNode item) {
    return Values.text(item, "outcome");
  }

  private void print(ArrayNode items, boolean dryRun) {
    Table table =
        new Table(
            Column.text("CLIENT"),
            Column.text(dryRun ? "WOULD BE" : "OUTCOME"),
            Column.text("CHANGED"),
            Column.text("FILE"),
            Column.number("NUMBER"));
    for (JsonNode item : items) {
      table.row(
          Values.text(item, "id"),
          outcome(item),
          String.join(", ", item.path("changed").valueStream().map(JsonNode::asString).toList()),
          Values.text(item, "file"),
          Values.text(item, "number"));
    }
    table.print(session.terminal());
    for (JsonNode item : items) {
      for (JsonNode problem : item.path("problems")) {
        session
            .terminal()
            .note(
                "%s, number %s: %s"
                    .formatted(
                        Values.text(item, "file"), Values.text(item, "number"), told(problem)));
      }
    }
    session
        .terminal()
        .note(
            dryRun
                ? "nothing was done; take them over without --dry-run"
                : "give new clients their secrets: entrepot client secret set CLIENT SYSTEM");
  }

  /// A problem of configuration in one line.
  static String told(JsonNode problem) {
    String place = Values.text(problem, "place");
    return (Values.text(problem, "severity").equals("warning") ? "warning: " : "")
        + (place.isEmpty() ? "" : place + ": ")
        + Values.text(problem, "message")
        + "; "
        + Values.text(problem, "remedy");
  }
}

package dev.entrepot.cli.flows;

import dev.entrepot.cli.api.Api;
import dev.entrepot.cli.api.Query;
import dev.entrepot.cli.session.Session;
import dev.entrepot.cli.session.Values;
import dev.entrepot.cli.terminal.CommandException;
import dev.entrepot.cli.terminal.ExitCode;
import dev.entrepot.cli.terminal.Table;
import dev.entrepot.cli.terminal.Table.Column;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `entrepot client secret …`.
@Command(
    name = "secret",
    description = "Credentials of a client's systems. What is secret in them is never shown.",
    footer = {
      "Examples:",
      "  entrepot client secret set acme siesa --secret-file siesa.json",
      "  entrepot client secret list acme"
    })
final class ClientSecretCommand {
  private static final String ID = "The client's id.";
  private static final String SYSTEM = "Of which system: siesa, kong, wms.";

  private final Session session;

  ClientSecretCommand(Session session) {
    this.session = session;
  }

  private static Query one(String client, String system) {
    return Clients.one(client).segment("secrets").segment(system);
  }

  @Command(
      name = "set",
      description = {
        "Sets or replaces the credentials of a system: JSON such as {\"api_key\": \"…\"}.",
        "Asks for the JSON, or takes it from a file, from standard input or from ENTREPOT_SECRET;"
            + " never from the command line itself, which others can read."
      },
      footer = {
        "Examples:",
        "  entrepot client secret set acme siesa --secret-file siesa.json",
        "  entrepot client secret set acme kong < kong.json",
        "  entrepot client secret set acme kong --secret-at file:/run/secrets/acme-kong"
      })
  int set(
      @Parameters(paramLabel = "CLIENT", description = ID) String client,
      @Parameters(paramLabel = "SYSTEM", description = SYSTEM) String system,
      @Option(
              names = "--secret-file",
              paramLabel = "FILE",
              description = "A file with the JSON, read here and sent; - for standard input.")
          @Nullable Path file,
      @Option(
              names = "--secret-at",
              paramLabel = "WHERE",
              description =
                  "Where the server itself finds the JSON, always: env:NAME or file:/path.")
          @Nullable String reference) {
    if (file != null && reference != null) {
      throw new CommandException(ExitCode.USAGE, "give --secret-file or --secret-at, not both");
    }
    String value = reference == null ? value(file, client, system) : reference;
    ObjectNode wanted = Api.object().put("value", value);
    JsonNode kept = session.ask(api -> api.put(one(client, system), wanted));
    session.printDone(kept, "secret %s is set".formatted(Values.text(kept, "name")));
    return 0;
  }

  private String value(@Nullable Path file, String client, String system) {
    String given = file == null ? session.options().environment().get("ENTREPOT_SECRET") : null;
    if (given == null && file == null) {
      given = typed(client, system);
    } else if (given == null && file != null) {
      given = TextFile.read(session, file);
    }
    if (given == null || given.isBlank()) {
      throw new CommandException(
          ExitCode.USAGE,
          "no credentials were given; give JSON such as {\"api_key\": \"…\"} on standard input, in"
              + " ENTREPOT_SECRET, or with --secret-file or --secret-at");
    }
    return given.strip();
  }

  /// A person types one line; a pipe may hold many.
  private @Nullable String typed(String client, String system) {
    return session.terminal().typed()
        ? session
            .terminal()
            .secret("Credentials of client %s for %s, as JSON: ".formatted(client, system))
        : TextFile.read(session, Path.of("-"));
  }

  @Command(
      name = "list",
      description = "Lists a client's credentials, what is secret masked.",
      footer = {"Examples:", "  entrepot client secret list acme"})
  int list(@Parameters(paramLabel = "CLIENT", description = ID) String client) {
    JsonNode secrets = session.ask(api -> api.get(Clients.one(client).segment("secrets")));
    if (session.options().json()) {
      session.printJson(secrets);
      return 0;
    }
    Table table =
        new Table(
            Column.text("SECRET"),
            Column.text("KEPT"),
            Column.text("HOLDS"),
            Column.text("SET"),
            Column.text("BY"));
    for (JsonNode secret : secrets.path("items")) {
      String reference = Values.text(secret, "reference");
      table.row(
          Values.text(secret, "name"),
          reference.isEmpty() ? "sealed in the database" : reference,
          holds(secret),
          Values.time(secret, "updated_at"),
          Values.text(secret, "updated_by"));
    }
    session.printTable(
        table,
        "client %s has no secret; set one with: entrepot client secret set %s siesa"
            .formatted(client, client));
    return 0;
  }

  private static String holds(JsonNode secret) {
    String problems =
        secret
            .path("problems")
            .valueStream()
            .map(problem -> Values.text(problem, "message"))
            .collect(Collectors.joining("; "));
    String fields =
        secret.path("fields").properties().stream()
            .map((Map.Entry<String, JsonNode> field) ->
                field.getKey() + "=" + field.getValue().asString(""))
            .collect(Collectors.joining(", "));
    return problems.isEmpty() ? fields : fields + " (" + problems + ")";
  }

  @Command(
      name = "remove",
      description = "Takes the credentials of a system away; the client cannot run without them.",
      footer = {"Examples:", "  entrepot client secret remove acme kong"})
  int remove(
      @Parameters(paramLabel = "CLIENT", description = ID) String client,
      @Parameters(paramLabel = "SYSTEM", description = SYSTEM) String system) {
    JsonNode gone = session.ask(api -> api.delete(one(client, system)));
    session.printDone(
        gone, "the credentials of client %s for %s are gone".formatted(client, system));
    return 0;
  }
}

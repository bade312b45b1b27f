package dev.entrepot.cli.inbox;

import dev.entrepot.cli.api.Api;
import dev.entrepot.cli.api.Query;
import dev.entrepot.cli.session.Session;
import dev.entrepot.cli.session.Values;
import dev.entrepot.cli.terminal.CommandException;
import dev.entrepot.cli.terminal.ExitCode;
import dev.entrepot.cli.terminal.Table;
import dev.entrepot.cli.terminal.Table.Column;
import java.time.Duration;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `entrepot secret …`.
@Command(
    name = "secret",
    description = "Secrets of the inbox's connections. Their values are never shown.",
    footer = {
      "Examples:",
      "  entrepot secret list shop-eu",
      "  entrepot secret rotate shop-eu --overlap 24h < new-secret",
      "  entrepot secret remove shop-eu 1"
    })
public final class SecretCommand {
  private static final String NAME = "The connection's name.";

  private final Session session;

  public SecretCommand(Session session) {
    this.session = session;
  }

  @Command(
      name = "list",
      description = {
        "Lists a connection's secrets, newest first; of long ones the last four characters are"
            + " shown, to tell them apart."
      },
      footer = {"Examples:", "  entrepot secret list shop-eu"})
  int list(@Parameters(paramLabel = "CONNECTION", description = NAME) String name) {
    JsonNode connection = session.ask(api -> api.get(Connections.one(name)));
    JsonNode secrets = connection.path("secrets");
    if (session.options().json()) {
      ObjectNode list = Api.object();
      list.set("items", secrets);
      session.printJson(list);
      return 0;
    }
    session.printTable(
        table(secrets),
        "connection " + name + " has no secret; give it one with: entrepot secret rotate " + name);
    return 0;
  }

  static Table table(JsonNode secrets) {
    Table table =
        new Table(
            Column.number("SECRET"),
            Column.text("ENDS WITH"),
            Column.text("KEPT"),
            Column.text("GIVEN"),
            Column.text("VALID UNTIL"));
    for (JsonNode secret : secrets) {
      String ending = Values.text(secret, "ends_with");
      String reference = Values.text(secret, "reference");
      String until = Values.time(secret, "valid_until");
      table.row(
          Values.text(secret, "number"),
          ending.isEmpty() ? "••••" : "••••" + ending,
          reference.isEmpty() ? "sealed in the database" : reference,
          Values.time(secret, "created_at"),
          until.isEmpty() ? "it is replaced" : until + (over(secret) ? ", no longer" : ""));
    }
    return table;
  }

  private static boolean over(JsonNode secret) {
    return !Instant.parse(Values.text(secret, "valid_until")).isAfter(Instant.now());
  }

  @Command(
      name = "rotate",
      description = {
        "Gives a connection a new secret; those before it remain valid for a while.",
        "Asks for it; or takes it from standard input, or from ENTREPOT_SECRET."
      },
      footer = {
        "Examples:",
        "  entrepot secret rotate shop-eu",
        "  entrepot secret rotate shop-eu --overlap 1h < new-secret",
        "  entrepot secret rotate shop-eu --secret-at file:/run/secrets/shop-eu"
      })
  int rotate(
      @Parameters(paramLabel = "CONNECTION", description = NAME) String name,
      @Mixin SecretSource source,
      @Option(
              names = "--overlap",
              defaultValue = "24h",
              paramLabel = "DURATION",
              description =
                  "How long those before remain valid, such as 90s, 15m, 24h or 7d; 0s: not at all."
                      + " Default: ${DEFAULT-VALUE}")
          Duration overlap) {
    if (overlap.isNegative()) {
      throw new CommandException(ExitCode.USAGE, "--overlap cannot be negative: " + overlap);
    }
    JsonNode rotated =
        session.ask(api -> {
          // First, so that nobody types a secret for nothing.
          api.get(Connections.one(name));
          String secret = source.read(session, "New secret of connection " + name + ": ");
          ObjectNode body = Api.object().put("secret", secret).put("overlap", overlap.toString());
          return api.post(Connections.one(name).segment("secret"), body);
        });
    session.printDone(
        rotated,
        "secret "
            + Values.text(rotated.path("secrets").path(0), "number")
            + " of connection "
            + name
            + " is valid now"
            + before(rotated.path("secrets")));
    new ConnectionReport(session.terminal()).problem(rotated);
    return 0;
  }

  /// Each at its own time: what was given before this rotation was shortened by it, never extended.
  private static String before(JsonNode secrets) {
    StringBuilder words = new StringBuilder();
    for (int i = 1; i < secrets.size(); i++) {
      JsonNode secret = secrets.get(i);
      words
          .append("; secret ")
          .append(Values.text(secret, "number"))
          .append(over(secret) ? " no longer" : " until " + Values.time(secret, "valid_until"));
    }
    return words.toString();
  }

  @Command(
      name = "remove",
      description = "Removes an older secret at once; the newest can only be rotated.",
      footer = {"Examples:", "  entrepot secret remove shop-eu 1"})
  int remove(
      @Parameters(paramLabel = "CONNECTION", description = NAME) String name,
      @Parameters(paramLabel = "SECRET", description = "Its number, as they are listed.")
          int number) {
    Query secret = Connections.one(name).segment("secrets").segment(String.valueOf(number));
    JsonNode left = session.ask(api -> api.delete(secret));
    session.printDone(left, "secret " + number + " of connection " + name + " is no longer valid");
    return 0;
  }
}

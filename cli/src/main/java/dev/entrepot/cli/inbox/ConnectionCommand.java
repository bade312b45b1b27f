package dev.entrepot.cli.inbox;

import dev.entrepot.cli.api.Api;
import dev.entrepot.cli.api.ApiException;
import dev.entrepot.cli.api.Query;
import dev.entrepot.cli.session.Listing;
import dev.entrepot.cli.session.Session;
import dev.entrepot.cli.session.Values;
import dev.entrepot.cli.terminal.CommandException;
import dev.entrepot.cli.terminal.ExitCode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `entrepot connection …`.
@Command(
    name = "connection",
    description = "Connections: who may send events to the inbox, and how they are read.",
    footer = {
      "Examples:",
      "  entrepot connection kinds",
      "  entrepot connection add shop-eu --kind shopify --tenant acme",
      "  entrepot connection test shop-eu",
      "  entrepot connection pause shop-eu"
    })
public final class ConnectionCommand {
  private static final String NAME = "The connection's name.";

  private final Session session;

  public ConnectionCommand(Session session) {
    this.session = session;
  }

  @Command(
      name = "list",
      description = "Lists connections by name.",
      footer = {"Examples:", "  entrepot connection list"})
  int list() {
    JsonNode connections = session.ask(api -> api.get(Query.of("/inbox/connections")));
    return new Listing()
        .text("NAME", "name")
        .text("KIND", "kind")
        .text("TENANT", "tenant")
        .text("STATE", "state")
        .text("ADDRESS", "address")
        .number("SECRETS", one -> Values.grouped(one.path("secrets").size()))
        .text("PROBLEM", "problem")
        .print(
            session,
            connections,
            "no connections; make one with: entrepot connection add NAME --kind KIND --tenant"
                + " TENANT");
  }

  @Command(
      name = "kinds",
      description = "Lists the kinds of senders, their secrets and their settings.",
      footer = {"Examples:", "  entrepot connection kinds", "  entrepot connection kinds hmac"})
  int kinds(
      @Parameters(arity = "0..1", paramLabel = "KIND", description = "Only this kind.")
          @Nullable String kind) {
    JsonNode kinds = session.ask(api -> api.get(Query.of("/inbox/kinds")));
    if (session.options().json()) {
      session.printJson(kinds);
      return 0;
    }
    ConnectionReport report = new ConnectionReport(session.terminal());
    boolean any = false;
    for (JsonNode one : kinds.path("items")) {
      if (kind == null || kind.equals(Values.text(one, "kind"))) {
        report.kind(one);
        any = true;
      }
    }
    if (!any) {
      throw new CommandException(
          ExitCode.FAILED,
          "there is no kind of sender \"" + kind + "\"; see: entrepot connection kinds");
    }
    return 0;
  }

  @Command(
      name = "show",
      description =
          "Shows one connection, its secrets without their values, and its last 24 hours.",
      footer = {"Examples:", "  entrepot connection show shop-eu"})
  int show(@Parameters(paramLabel = "NAME", description = NAME) String name) {
    record Seen(JsonNode connection, JsonNode figures) {}
    Seen seen =
        session.ask(api ->
            new Seen(
                api.get(Connections.one(name)),
                api.get(
                    Query.of("/inbox/figures").with("connection", name).with("minutes", 24 * 60))));
    ObjectNode shown = (ObjectNode) seen.connection();
    shown.set("last_24_hours", ConnectionReport.intake(seen.figures()));
    if (session.options().json()) {
      session.printJson(shown);
      return 0;
    }
    JsonNode secrets = shown.path("secrets");
    session.printFields(ConnectionReport.fields(shown));
    session.terminal().print("");
    session.printTable(
        SecretCommand.table(secrets), "no secret; give one: entrepot secret rotate " + name);
    return 0;
  }

  @Command(
      name = "add",
      description = {
        "Makes a connection and says its address.",
        "Asks for the sender's secret; or takes it from standard input, or from ENTREPOT_SECRET."
      },
      footer = {
        "Examples:",
        "  entrepot connection add shop-eu --kind shopify --tenant acme",
        "  entrepot connection add subs --kind recharge --tenant acme --set store=shop.example \\",
        "      --secret-at env:RECHARGE_SECRET",
        "  openssl rand -hex 32 | tee secret.txt | entrepot connection add erp --kind hmac \\",
        "      --tenant acme --set signature-header=X-Signature"
      })
  int add(
      @Parameters(paramLabel = "NAME", description = "Small letters, digits, hyphens; for good.")
          String name,
      @Option(
              names = "--kind",
              required = true,
              paramLabel = "KIND",
              description = "Of sender, for good; see: entrepot connection kinds")
          String kind,
      @Option(
              names = "--tenant",
              required = true,
              paramLabel = "TENANT",
              description = "Whose events they are: a name of yours for one business.")
          String tenant,
      @Mixin ConnectionFields fields,
      @Mixin SecretSource source,
      @Option(names = "--no-secret", description = "Without one yet; events are refused till then.")
          boolean without) {
    if (without && source.isNamed()) {
      throw new CommandException(
          ExitCode.USAGE, "--no-secret excludes --secret-file and --secret-at");
    }
    ObjectNode wanted = Api.object().put("name", name).put("tenant", tenant).put("kind", kind);
    fields.applyTo(wanted);
    JsonNode added =
        session.ask(api -> {
          JsonNode sender = kind(api, kind);
          if (!without && sender.path("signed").asBoolean(true)) {
            String hint = "Secret (" + Values.text(sender, "secret_hint") + "): ";
            wanted.put("secret", source.read(session, hint));
          }
          return api.post(Query.of("/inbox/connections"), wanted);
        });
    session.printDone(added, "connection " + name + " added" + ConnectionReport.way(added));
    new ConnectionReport(session.terminal()).problem(added);
    if (!session.options().json()) {
      session.terminal().note("try it: entrepot connection test " + name);
    }
    return 0;
  }

  private static JsonNode kind(Api api, String kind) {
    List<String> known = new ArrayList<>();
    for (JsonNode one : api.get(Query.of("/inbox/kinds")).path("items")) {
      if (kind.equals(Values.text(one, "kind"))) {
        return one;
      }
      known.add(Values.text(one, "kind"));
    }
    throw new CommandException(
        ExitCode.FAILED,
        "there is no kind of sender \"" + kind + "\"; there are " + String.join(", ", known));
  }

  @Command(
      name = "edit",
      description = "Changes what is named, leaves the rest.",
      footer = {
        "Examples:",
        "  entrepot connection edit shop-eu --title \"Shop Europe\" --after-dead-letter park",
        "  entrepot connection edit erp --set topic=/type --unset tolerance"
      })
  int edit(
      @Parameters(paramLabel = "NAME", description = NAME) String name,
      @Mixin ConnectionFields fields,
      @Option(
              names = "--unset",
              paramLabel = "NAME",
              description = "A setting that is to have its default again; may be repeated.")
          @Nullable List<String> unset,
      @Option(names = "--tenant", paramLabel = "TENANT", description = "Whose events they are.")
          @Nullable String tenant) {
    if (fields.isEmpty() && unset == null && tenant == null) {
      throw new CommandException(
          ExitCode.USAGE, "nothing to change; see: entrepot connection edit --help");
    }
    return change(
        name,
        "changed",
        (api, connection) -> {
          if (unset != null) {
            requireSettings(api, Values.text(connection, "kind"), unset);
            connection.withObject("settings").remove(unset);
          }
          fields.applyTo(connection);
          if (tenant != null) {
            connection.put("tenant", tenant);
          }
        });
  }

  /// @throws CommandException when the kind has no setting of one of these names
  private static void requireSettings(Api api, String kind, List<String> names) {
    List<String> known = new ArrayList<>();
    kind(api, kind).path("settings").forEach(one -> known.add(Values.text(one, "name")));
    for (String name : names) {
      if (!known.contains(name)) {
        throw new CommandException(
            ExitCode.USAGE,
            "senders of kind %s have no setting \"%s\"; they have %s"
                .formatted(kind, name, known.isEmpty() ? "none" : String.join(", ", known)));
      }
    }
  }

  @Command(
      name = "enable",
      description = "Takes events and hands them on (again).",
      footer = {"Examples:", "  entrepot connection enable shop-eu"})
  int enable(@Parameters(paramLabel = "NAME", description = NAME) String name) {
    return state(name, "enabled", "enabled");
  }

  @Command(
      name = "pause",
      description = "Keeps events that come, and hands none on until it is enabled.",
      footer = {"Examples:", "  entrepot connection pause shop-eu"})
  int pause(@Parameters(paramLabel = "NAME", description = NAME) String name) {
    return state(name, "paused", "paused: events are kept, and wait");
  }

  @Command(
      name = "disable",
      description = "Refuses events; those that were kept are still handed on.",
      footer = {"Examples:", "  entrepot connection disable shop-eu"})
  int disable(@Parameters(paramLabel = "NAME", description = NAME) String name) {
    return state(name, "disabled", "disabled: events are refused with 403");
  }

  private int state(String name, String state, String done) {
    return change(name, done, (_, connection) -> connection.put("state", state));
  }

  private int change(String name, String done, BiConsumer<Api, ObjectNode> edit) {
    JsonNode changed =
        session.ask(api -> Connections.change(api, name, one -> edit.accept(api, one)));
    session.printDone(changed, "connection " + name + " " + done);
    return 0;
  }

  @Command(
      name = "remove",
      description = {
        "Removes a connection and its secrets: its sender is told 410 from then on.",
        "Events that it kept stay until they are past the retention, and are handed on and replayed"
            + " as before; as long, its name is not free.",
        "Refused when an event came in the last 24 hours, unless --yes is given."
      },
      footer = {
        "Examples:",
        "  entrepot connection remove shop-eu",
        "  entrepot connection remove shop-eu --yes"
      })
  int remove(
      @Parameters(paramLabel = "NAME", description = NAME) String name,
      @Option(
              names = {"-y", "--yes"},
              description = "Although events came in the last 24 hours.")
          boolean yes) {
    JsonNode removed;
    try {
      removed =
          session.ask(api -> api.delete(Connections.one(name).with("confirm", yes ? true : null)));
    } catch (ApiException e) {
      throw e.kind() == ApiException.Kind.CONFLICT && !yes && !session.options().json()
          ? new CommandException(
              ExitCode.FAILED, e.getMessage() + "; with --yes it is removed now", e)
          : e;
    }
    session.printDone(
        removed,
        "connection "
            + name
            + " is removed: whatever is sent to it is answered with 410; its events stay until they"
            + " are past the retention");
    return 0;
  }

  @Command(
      name = "test",
      description = {
        "Sends a sample event as the sender would, signed with the newest secret.",
        "It is kept and read, marked as a test, and handed on to nobody.",
        "Ends with 1 when it is refused."
      },
      footer = {"Examples:", "  entrepot connection test shop-eu"})
  int test(@Parameters(paramLabel = "NAME", description = NAME) String name) {
    JsonNode result =
        session.ask(api -> api.post(Connections.one(name).segment("test"), Api.object()));
    boolean kept = result.path("kept").asBoolean(false);
    session.printDone(
        result,
        kept
            ? "kept as event "
                + Values.text(result, "event")
                + "; what became of it: entrepot events show "
                + Values.text(result, "event")
            : "refused with "
                + Values.text(result, "status")
                + ": "
                + Values.text(result, "message"));
    return kept ? 0 : ExitCode.FAILED.code();
  }
}

package dev.entrepot.cli.flows;

import dev.entrepot.cli.api.Api;
import dev.entrepot.cli.api.Query;
import dev.entrepot.cli.session.Extent;
import dev.entrepot.cli.session.Listing;
import dev.entrepot.cli.session.Session;
import dev.entrepot.cli.session.Values;
import dev.entrepot.cli.terminal.CommandException;
import dev.entrepot.cli.terminal.ExitCode;
import dev.entrepot.cli.terminal.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `entrepot client …`.
@Command(
    name = "client",
    description = "Clients whose ERP is synchronised with Kong or WMS.",
    footer = {
      "Examples:",
      "  entrepot client add acme --product kong --mapping kong-standard \\",
      "    --siesa-url https://siesa.example.com --product-url https://kong.example.com",
      "  entrepot client secret set acme siesa --secret-file siesa.json",
      "  entrepot client check acme",
      "  entrepot client list --enabled",
      "  entrepot client outstanding acme"
    })
public final class ClientCommand {
  private static final String ID = "The client's id.";

  private final Session session;

  /// The command with its own commands.
  public static CommandLine of(Session session) {
    return new CommandLine(new ClientCommand(session))
        .addSubcommand(new ClientSecretCommand(session));
  }

  private ClientCommand(Session session) {
    this.session = session;
  }

  @Command(
      name = "list",
      description = "Lists clients by id, with how their last sync went.",
      footer = {"Examples:", "  entrepot client list --product kong"})
  int list(
      @Option(names = "--enabled", description = "Only those whose runs begin by themselves.")
          boolean enabled,
      @Option(names = "--disabled", description = "Only those that are disabled.") boolean disabled,
      @Option(names = "--product", paramLabel = "KIND", description = "Only of this product.")
          @Nullable String product,
      @Mixin Extent extent) {
    if (enabled && disabled) {
      throw new CommandException(ExitCode.USAGE, "--enabled and --disabled exclude each other");
    }
    Query query =
        Query.of("/flows/clients")
            .with("enabled", enabled ? "true" : disabled ? "false" : null)
            .with("product_type", product);
    return new Listing()
        .text("CLIENT", "client_id")
        .text("NAME", "client_name")
        .text("PRODUCT", "product_type")
        .text("SCHEDULE", "config", "sync_schedule")
        .whole("NEXT", ClientCommand::next)
        .time("LAST SYNC", "last_sync_timestamp")
        .text("STATUS", "last_sync_status")
        .count("RECORDS", "last_sync_records")
        .count("OUTSTANDING", "outstanding", "total")
        .print(session, extent, query, "there is no client; add one with: entrepot client add");
  }

  private static String next(JsonNode client) {
    return client.path("enabled").asBoolean(false)
        ? Values.time(client, "schedule", "next")
        : "disabled";
  }

  @Command(
      name = "show",
      description = "Shows a client: its configuration, schedule and last run.",
      footer = {"Examples:", "  entrepot client show acme"})
  int show(@Parameters(paramLabel = "CLIENT", description = ID) String id) {
    JsonNode client = session.ask(api -> api.get(Clients.one(id)));
    session.printFields(client);
    long outstanding = Values.number(client, "outstanding", "total");
    if (outstanding > 0) {
      session
          .terminal()
          .note(
              "%s rejected and not at the destination; list them with: entrepot client outstanding %s"
                  .formatted(Values.counted(outstanding, "record"), id));
    }
    return 0;
  }

  /// Who did not take a record.
  enum By {
    MAPPING,
    DESTINATION
  }

  @Command(
      name = "outstanding",
      description = {
        "Lists records that were rejected when they came last, in whichever run, and are not at the"
            + " destination.",
        "What the mapping rejected comes again when it changes at the source or the mapping does;"
            + " what the destination rejected is sent again by itself."
      },
      footer = {
        "Examples:",
        "  entrepot client outstanding acme",
        "  entrepot client outstanding acme --by mapping"
      })
  int outstanding(
      @Parameters(paramLabel = "CLIENT", description = ID) String id,
      @Option(
              names = "--by",
              paramLabel = "WHO",
              description = "Only those that this one rejected: ${COMPLETION-CANDIDATES}")
          @Nullable By by,
      @Mixin Extent extent) {
    return new Listing()
        .text("KEY", "key")
        .text("REJECTED BY", "by")
        .time("SINCE", "since")
        .time("LAST TRIED", "at")
        .whole("COMES AGAIN", ClientCommand::again)
        .below(
            record -> List.of(Values.text(record, "code") + ": " + Values.text(record, "reason")))
        .print(
            session,
            extent,
            Clients.one(id)
                .segment("outstanding")
                .with("by", by == null ? null : by.name().toLowerCase(Locale.ROOT)),
            "nothing of client %s is outstanding".formatted(id));
  }

  private static String again(JsonNode record) {
    return Values.text(record, "due").isEmpty() ? "when it changes" : Values.time(record, "due");
  }

  @Command(
      name = "add",
      description = "Adds a client; give it its secrets next: entrepot client secret set",
      footer = {
        "Examples:",
        "  entrepot client add acme --product kong --mapping kong-standard \\",
        "    --siesa-url https://siesa.example.com --product-url https://kong.example.com \\",
        "    --schedule \"rate(6 hours)\"",
        "  entrepot client add toys --source catalogue --product kong \\",
        "    --source-setting vendor=VEND001 --mapping catalogue-kong-standard \\",
        "    --product-url https://kong.example.com --schedule \"rate(5 minutes)\"",
        "  entrepot client add acme --file acme.yaml"
      })
  int add(
      @Parameters(paramLabel = "CLIENT", description = ID) String id,
      @Mixin ClientFields fields,
      @Option(
              names = "--file",
              paramLabel = "FILE",
              description = "The whole client in YAML or JSON; - for standard input.")
          @Nullable Path file) {
    ObjectNode wanted = Api.object();
    if (file == null) {
      fields.into(wanted.putObject("config"));
    } else {
      wanted.put("text", TextFile.read(session, file));
    }
    JsonNode added = session.ask(api -> api.put(Clients.one(id), wanted));
    session.printDone(added, "client %s added; next: %s".formatted(id, next(id, added)));
    return 0;
  }

  /// What a client that was made still needs.
  private String next(String id, JsonNode added) {
    String source = Values.text(added, "config", "source");
    List<String> sides =
        List.of(source.isEmpty() ? "siesa" : source, Values.text(added, "product_type"));
    List<String> sealed = new ArrayList<>();
    for (JsonNode system : session.ask(api -> api.get(Query.of("/flows/systems"))).path("items")) {
      if (sides.contains(Values.text(system, "kind")) && !system.path("credentials").isEmpty()) {
        sealed.add("entrepot client secret set %s %s".formatted(id, Values.text(system, "kind")));
      }
    }
    sealed.add("entrepot client check " + id);
    return String.join(", then: ", sealed);
  }

  @Command(
      name = "edit",
      description = "Changes a client; what is not named stays as it is.",
      footer = {
        "Examples:",
        "  entrepot client edit acme --schedule \"cron(0 10 * * ? *)\" --timezone America/Bogota",
        "  entrepot client edit acme --file acme.yaml"
      })
  int edit(
      @Parameters(paramLabel = "CLIENT", description = ID) String id,
      @Mixin ClientFields fields,
      @Option(
              names = "--file",
              paramLabel = "FILE",
              description = "The whole client in YAML or JSON; - for standard input.")
          @Nullable Path file) {
    if (file == null) {
      ObjectNode said = Api.object();
      fields.into(said);
      fields.requireSome(Api.object(), said);
    }
    String text = file == null ? null : TextFile.read(session, file);
    JsonNode changed =
        session.ask(api -> {
          if (text == null) {
            return Clients.change(api, id, fields::into);
          }
          ObjectNode wanted = Api.object().put("text", text);
          wanted.put("revision", Values.number(api.get(Clients.one(id)), "revision"));
          return api.put(Clients.one(id), wanted);
        });
    session.printDone(
        changed, "client %s is at revision %s".formatted(id, Values.text(changed, "revision")));
    return 0;
  }

  @Command(
      name = "enable",
      description = "Lets a client's runs begin by themselves, as its schedule says.",
      footer = {"Examples:", "  entrepot client enable acme"})
  int enable(@Parameters(paramLabel = "CLIENT", description = ID) String id) {
    JsonNode client = session.ask(api -> api.post(Clients.one(id).segment("enable"), Api.object()));
    String next = Values.time(client, "schedule", "next");
    session.printDone(
        client,
        "client %s is enabled%s"
            .formatted(id, next.isEmpty() ? "; it has no schedule" : "; its next run: " + next));
    return 0;
  }

  @Command(
      name = "disable",
      description = "Keeps a client's runs from beginning by themselves.",
      footer = {"Examples:", "  entrepot client disable acme"})
  int disable(@Parameters(paramLabel = "CLIENT", description = ID) String id) {
    JsonNode client =
        session.ask(api -> api.post(Clients.one(id).segment("disable"), Api.object()));
    session.printDone(
        client, "client %s is disabled; runs that are asked for still run".formatted(id));
    return 0;
  }

  @Command(
      name = "remove",
      description = "Removes a client, its secrets and its schedule; its runs remain.",
      footer = {"Examples:", "  entrepot client remove acme --yes"})
  int remove(
      @Parameters(paramLabel = "CLIENT", description = ID) String id,
      @Option(
              names = {"-y", "--yes"},
              description = "Does it; without, says what would be removed.")
          boolean yes) {
    return session.ask(api -> {
      JsonNode client = api.get(Clients.one(id));
      if (!yes) {
        if (!session.options().json()) {
          session
              .terminal()
              .print(
                  "client %s (%s) would be removed, with its secrets and its schedule"
                      .formatted(id, Values.text(client, "client_name")));
        }
        session.printUndone(client);
        return 0;
      }
      session.printDone(api.delete(Clients.one(id)), "client %s is removed".formatted(id));
      return 0;
    });
  }

  @Command(
      name = "check",
      description = {
        "Tries both systems of a client, one call each: whether they answer and let us in.",
        "Ends with 1 when one does not."
      },
      footer = {"Examples:", "  entrepot client check acme"})
  int check(@Parameters(paramLabel = "CLIENT", description = ID) String id) {
    JsonNode reached = session.ask(api -> api.post(Clients.one(id).segment("reach"), Api.object()));
    if (session.options().json()) {
      session.printJson(reached);
    } else {
      reached.path("systems").forEach(this::print);
    }
    return reached.path("well").asBoolean(false) ? ExitCode.OK.code() : ExitCode.FAILED.code();
  }

  private void print(JsonNode system) {
    String problem = Values.text(system, "problem");
    List<String> told = new ArrayList<>();
    system.path("told").forEach(line -> told.add(line.asString()));
    String title = Values.text(system, "title");
    String text = problem.isEmpty() ? String.join("; ", told) : problem;
    // What systems are told of mostly begins with their name.
    boolean named = text.startsWith(title.split(" ", 2)[0]);
    session
        .terminal()
        .print(
            (problem.isEmpty() ? "ok      " : "failed  ")
                + Table.printable(named ? text : title + ": " + text));
    String warning = Values.text(system, "warning");
    if (!warning.isEmpty()) {
      session.terminal().print("warning " + Table.printable(warning));
    }
  }
}

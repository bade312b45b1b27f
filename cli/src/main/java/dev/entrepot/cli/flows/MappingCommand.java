package dev.entrepot.cli.flows;

import dev.entrepot.cli.api.Api;
import dev.entrepot.cli.api.ApiException;
import dev.entrepot.cli.api.Query;
import dev.entrepot.cli.session.Session;
import dev.entrepot.cli.session.Values;
import dev.entrepot.cli.terminal.CommandException;
import dev.entrepot.cli.terminal.ExitCode;
import dev.entrepot.cli.terminal.Table;
import dev.entrepot.cli.terminal.Table.Column;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `entrepot mapping …`.
@Command(
    name = "mapping",
    description = "Field mappings of the sync: how records of an ERP become items of Kong or WMS.",
    footer = {
      "Examples:",
      "  entrepot mapping add kong-standard --starter kong",
      "  entrepot mapping check kong.yaml",
      "  entrepot mapping preview kong-standard --client acme"
    })
public final class MappingCommand {
  private static final String NAME = "The mapping's name, as clients name it.";
  private static final String SIESA = "siesa";

  private final Session session;

  public MappingCommand(Session session) {
    this.session = session;
  }

  private static Query one(String name) {
    return Query.of("/flows/mappings").segment(name);
  }

  @Command(
      name = "list",
      description = "Lists mappings by name, with the clients that use them.",
      footer = {"Examples:", "  entrepot mapping list"})
  int list() {
    JsonNode mappings = session.ask(api -> api.get(Query.of("/flows/mappings")));
    if (session.options().json()) {
      session.printJson(mappings);
      return 0;
    }
    Table table =
        new Table(
            Column.text("MAPPING"),
            Column.text("PRODUCT"),
            Column.number("FIELDS"),
            Column.number("REVISION"),
            Column.text("CHANGED"),
            Column.text("CLIENTS"));
    for (JsonNode mapping : mappings.path("items")) {
      table.row(
          Values.text(mapping, "name"),
          Values.text(mapping, "product_type"),
          Values.text(mapping, "fields"),
          Values.text(mapping, "revision"),
          Values.time(mapping, "updated_at"),
          String.join(
              ", ", mapping.path("clients").valueStream().map(JsonNode::asString).toList()));
    }
    session.printTable(table, "there is no mapping; add one with: entrepot mapping add NAME FILE");
    return 0;
  }

  @Command(
      name = "show",
      description = "Prints a mapping as YAML, as it can be added again.",
      footer = {"Examples:", "  entrepot mapping show kong-standard > kong.yaml"})
  int show(@Parameters(paramLabel = "MAPPING", description = NAME) String name) {
    JsonNode mapping = session.ask(api -> api.get(one(name)));
    session.printDone(mapping, Values.text(mapping, "text").stripTrailing());
    for (JsonNode problem : mapping.path("problems")) {
      session.terminal().note(ImportCommand.told(problem));
    }
    return 0;
  }

  @Command(
      name = "starter",
      description = {
        "Prints a mapping to begin with, for a product that clients use; it is not kept.",
        "Change it as you like and add it: entrepot mapping add NAME FILE"
      },
      footer = {"Examples:", "  entrepot mapping starter kong > kong.yaml"})
  int starter(
      @Parameters(paramLabel = "PRODUCT", description = "kong or wms.") String product,
      @Option(names = "--source", defaultValue = SIESA, description = "What clients read from.")
          String source) {
    JsonNode starter = session.ask(api -> starter(api, product, source));
    session.printDone(starter, Values.text(starter, "text").stripTrailing());
    return 0;
  }

  private static JsonNode starter(Api api, String product, String source) {
    JsonNode starters = api.get(Query.of("/flows/starter-mappings")).path("items");
    return starters
        .valueStream()
        .filter(one -> Values.text(one, "product_type").equals(product))
        .filter(one -> Values.text(one, "source").equals(source))
        .findFirst()
        .orElseThrow(() ->
            new CommandException(
                ExitCode.USAGE,
                "there is no starter mapping from %s to \"%s\"; there are: %s"
                    .formatted(
                        source,
                        product,
                        String.join(
                            ", ",
                            starters
                                .valueStream()
                                .map(one ->
                                    Values.text(one, "source")
                                        + " to "
                                        + Values.text(one, "product_type"))
                                .toList()))));
  }

  @Command(
      name = "add",
      description = {
        "Adds a mapping from a file, in the given JSON form or in our YAML; or with --starter the"
            + " built-in one for a product."
      },
      footer = {
        "Examples:",
        "  entrepot mapping add kong-standard --starter kong",
        "  entrepot mapping add kong-standard kong.yaml",
        "  entrepot mapping add kong-standard kong.json --replace"
      })
  int add(
      @Parameters(paramLabel = "MAPPING", description = NAME) String name,
      @Parameters(
              arity = "0..1",
              paramLabel = "FILE",
              description = "YAML or JSON; - for standard input.")
          @Nullable Path file,
      @Option(
              names = "--starter",
              paramLabel = "PRODUCT",
              description = "Takes the built-in mapping for kong or wms instead of a file.")
          @Nullable String starter,
      @Option(
              names = "--source",
              defaultValue = SIESA,
              description = "What the built-in one reads: siesa (default) or catalogue.")
          String source,
      @Option(
              names = "--replace",
              description = "Changes the one of that name; its clients' next runs read everything.")
          boolean replace) {
    if ((file == null) == (starter == null)) {
      throw new CommandException(
          ExitCode.USAGE, "say which mapping: a FILE, or --starter PRODUCT for the built-in one");
    }
    JsonNode kept =
        session.ask(api -> {
          ObjectNode wanted =
              Api.object()
                  .put(
                      "text",
                      file == null
                          ? Values.text(starter(api, String.valueOf(starter), source), "text")
                          : TextFile.read(session, file));
          if (replace) {
            present(api, name, wanted);
          }
          return api.put(one(name), wanted);
        });
    session.printDone(
        kept, "mapping %s is at revision %s".formatted(name, Values.text(kept, "revision")));
    for (JsonNode problem : kept.path("problems")) {
      session.terminal().note(ImportCommand.told(problem));
    }
    return 0;
  }

  private static void present(Api api, String name, ObjectNode wanted) {
    try {
      wanted.put("revision", Values.number(api.get(one(name)), "revision"));
    } catch (ApiException e) {
      if (e.kind() != ApiException.Kind.NOT_FOUND) {
        throw e;
      }
    }
  }

  @Command(
      name = "check",
      description = {
        "Says all that is wrong or doubtful with a mapping in a file; nothing is kept.",
        "Ends with 1 when it cannot be used."
      },
      footer = {"Examples:", "  entrepot mapping check kong.yaml"})
  int check(
      @Parameters(paramLabel = "FILE", description = "YAML or JSON; - for standard input.")
          Path file) {
    ObjectNode wanted = Api.object().put("text", TextFile.read(session, file));
    JsonNode checked = session.ask(api -> api.post(Query.of("/flows/mappings/check"), wanted));
    boolean usable = checked.path("usable").asBoolean(false);
    if (session.options().json()) {
      session.printJson(checked);
    } else {
      checked
          .path("problems")
          .forEach(problem -> session.terminal().print(file + ": " + ImportCommand.told(problem)));
      session.terminal().note(file + (usable ? " can be used" : " cannot be used; mend it"));
    }
    return (usable ? ExitCode.OK : ExitCode.FAILED).code();
  }

  @Command(
      name = "preview",
      description = {
        "Shows what a mapping makes of records: those of a file, of a client's latest runs, or with"
            + " --live the first of its source."
      },
      footer = {
        "Examples:",
        "  entrepot mapping preview kong-standard --client acme",
        "  entrepot mapping preview kong.yaml --client acme --live",
        "  entrepot mapping preview kong.yaml --records sample.json"
      })
  int preview(
      @Mixin TrialRecords trial,
      @Option(
              names = "--count",
              defaultValue = "3",
              description = "How many of the client's, up to 200. Default: ${DEFAULT-VALUE}")
          int count) {
    JsonNode mapped = new MappingTrial(session, trial, count).ask("preview");
    if (session.options().json()) {
      session.printJson(mapped);
      return 0;
    }
    mapped.path("items").forEach(record -> MappingReport.record(session, record));
    if (mapped.path("items").isEmpty()) {
      session
          .terminal()
          .note(
              "client %s has no kept record yet; read some with --live".formatted(trial.client()));
    }
    return 0;
  }

  @Command(
      name = "coverage",
      description = {
        "Says how well a mapping fits records: how often each field is filled or fails, what the"
            + " source has that nothing reads, what the destination takes that nothing fills."
      },
      footer = {
        "Examples:",
        "  entrepot mapping coverage kong-standard --client acme",
        "  entrepot mapping coverage kong.yaml --client acme --live --count 200"
      })
  int coverage(
      @Mixin TrialRecords trial,
      @Option(
              names = "--count",
              defaultValue = "100",
              description = "How many of the client's, up to 2000. Default: ${DEFAULT-VALUE}")
          int count) {
    JsonNode coverage = new MappingTrial(session, trial, count).ask("coverage");
    if (session.options().json()) {
      session.printJson(coverage);
    } else {
      MappingReport.coverage(session, coverage);
    }
    return 0;
  }

  @Command(
      name = "remove",
      description = "Removes a mapping that no client uses.",
      footer = {"Examples:", "  entrepot mapping remove kong-old"})
  int remove(@Parameters(paramLabel = "MAPPING", description = NAME) String name) {
    JsonNode gone = session.ask(api -> api.delete(one(name)));
    session.printDone(gone, "mapping %s is removed".formatted(name));
    return 0;
  }
}

package dev.entrepot.cli.inbox;

import dev.entrepot.cli.api.Api;
import dev.entrepot.cli.api.Query;
import dev.entrepot.cli.api.Resource;
import dev.entrepot.cli.session.Listing;
import dev.entrepot.cli.session.Session;
import dev.entrepot.cli.session.Values;
import dev.entrepot.cli.terminal.CommandException;
import dev.entrepot.cli.terminal.ExitCode;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `entrepot destination …`.
@Command(
    name = "destination",
    description = "Destinations: where events are delivered to, by signed webhooks.",
    footer = {
      "Examples:",
      "  entrepot destination add crm --tenant acme --to https://crm.example.com/hooks",
      "  entrepot destination test crm",
      "  entrepot deliveries list --destination crm --state dead"
    })
public final class DestinationCommand {
  private static final String NAME = "The destination's name.";
  private static final Resource RESOURCE =
      new Resource(List.of("tenant", "title", "url", "topics", "connections", "state", "version"));

  private final Session session;

  public DestinationCommand(Session session) {
    this.session = session;
  }

  /// What may be said of any destination; only what was given is applied.
  static final class Fields {
    @Option(names = "--title", paramLabel = "TEXT", description = "What people call it.")
    private @Nullable String title;

    @Option(
        names = "--topic",
        paramLabel = "TOPIC",
        description = "Only this topic, or orders/*; may be repeated. Default: all")
    private @Nullable List<String> topics;

    @Option(
        names = "--connection",
        paramLabel = "NAME",
        description = "Only events of this connection; may be repeated. Default: all of the tenant")
    private @Nullable List<String> connections;

    boolean isEmpty() {
      return title == null && topics == null && connections == null;
    }

    void applyTo(ObjectNode destination) {
      if (title != null) {
        destination.put("title", title);
      }
      put(destination, "topics", topics);
      put(destination, "connections", connections);
    }

    /// One empty text stands for all.
    private static void put(ObjectNode target, String name, @Nullable List<String> values) {
      if (values != null) {
        ArrayNode array = target.putArray(name);
        values.stream().filter(value -> !value.isEmpty()).forEach(array::add);
      }
    }
  }

  @Command(
      name = "list",
      description = "Lists destinations by name, with what is delivered and what is not.",
      footer = {"Examples:", "  entrepot destination list"})
  int list() {
    JsonNode destinations = session.ask(api -> api.get(Query.of("/destinations")));
    return new Listing()
        .text("NAME", "name")
        .text("TENANT", "tenant")
        .text("STATE", "state")
        .count("DELIVERED", "figures", "delivered")
        .count("PENDING", "figures", "pending")
        .count("DEAD", "figures", "dead")
        .text("URL", "url")
        .text("PROBLEM", "problem")
        .print(
            session,
            destinations,
            "no destinations; make one with: entrepot destination add NAME --tenant TENANT --to"
                + " URL");
  }

  @Command(
      name = "show",
      description = "Shows one destination, its secrets without their values.",
      footer = {"Examples:", "  entrepot destination show crm"})
  int show(@Parameters(paramLabel = "NAME", description = NAME) String name) {
    JsonNode found = session.ask(api -> api.get(one(name)));
    session.printFields(found);
    if (!session.options().json()) {
      ExitCode _ = session.ask(api -> new Missed(session, api, name).hint());
    }
    return 0;
  }

  @Command(
      name = "missed",
      description = {
        "Tells which events a destination was not told of while it was disabled.",
        "With --yes sends them, to it alone; it must be enabled."
      },
      footer = {
        "Examples:",
        "  entrepot destination missed crm",
        "  entrepot destination missed crm --yes"
      })
  int missed(
      @Parameters(paramLabel = "NAME", description = NAME) String name,
      @Option(
              names = {"-y", "--yes"},
              description = "Sends them.")
          boolean yes) {
    return session
        .ask(api -> {
          Missed missed = new Missed(session, api, name);
          return yes ? missed.send() : missed.tell();
        })
        .code();
  }

  @Command(
      name = "add",
      description = {
        "Makes a destination. Its signing secret is made here and shown this once, unless one is"
            + " named."
      },
      footer = {
        "Examples:",
        "  entrepot destination add crm --tenant acme --to https://crm.example.com/hooks",
        "  entrepot destination add mail --tenant acme --to https://mail.example.com/in \\",
        "      --topic 'orders/*' --topic customers/create --secret-at env:MAIL_SECRET"
      })
  int add(
      @Parameters(paramLabel = "NAME", description = "Small letters, digits, hyphens; for good.")
          String name,
      @Option(
              names = "--tenant",
              required = true,
              paramLabel = "TENANT",
              description = "Whose events are delivered.")
          String tenant,
      @Option(
              names = "--to",
              required = true,
              paramLabel = "URL",
              description = "Where they are posted to.")
          String url,
      @Mixin Fields fields,
      @Mixin SecretSource source) {
    ObjectNode wanted = Api.object().put("name", name).put("tenant", tenant).put("url", url);
    fields.applyTo(wanted);
    JsonNode added =
        session.ask(api -> {
          if (source.isNamed()) {
            wanted.put("secret", source.read(session, "Secret: "));
          }
          return api.post(Query.of("/destinations"), wanted);
        });
    session.printDone(added, "destination " + name + " added");
    showOnce(added);
    if (!session.options().json()) {
      session.terminal().note("try it: entrepot destination test " + name);
    }
    return 0;
  }

  @Command(
      name = "edit",
      description = "Changes what is named, leaves the rest.",
      footer = {
        "Examples:",
        "  entrepot destination edit crm --to https://crm.example.com/hooks/2",
        "  entrepot destination edit crm --topic ''"
      })
  int edit(
      @Parameters(paramLabel = "NAME", description = NAME) String name,
      @Option(names = "--to", paramLabel = "URL", description = "Where events are posted to.")
          @Nullable String url,
      @Mixin Fields fields) {
    if (fields.isEmpty() && url == null) {
      throw new CommandException(
          ExitCode.USAGE, "nothing to change; see: entrepot destination edit --help");
    }
    return change(
        name,
        "changed",
        destination -> {
          fields.applyTo(destination);
          if (url != null) {
            destination.put("url", url);
          }
        });
  }

  @Command(
      name = "enable",
      description = "Delivers (again), what waits included.",
      footer = {"Examples:", "  entrepot destination enable crm"})
  int enable(@Parameters(paramLabel = "NAME", description = NAME) String name) {
    return state(name, "enabled", "enabled");
  }

  @Command(
      name = "pause",
      description = "Keeps what is to be delivered until it is enabled.",
      footer = {"Examples:", "  entrepot destination pause crm"})
  int pause(@Parameters(paramLabel = "NAME", description = NAME) String name) {
    return state(name, "paused", "paused: deliveries wait");
  }

  @Command(
      name = "disable",
      description = "Delivers nothing more; what waits becomes dead and can be retried.",
      footer = {"Examples:", "  entrepot destination disable crm"})
  int disable(@Parameters(paramLabel = "NAME", description = NAME) String name) {
    return state(name, "disabled", "disabled: what waited is dead, and can be retried");
  }

  private int state(String name, String state, String done) {
    return change(name, done, destination -> destination.put("state", state));
  }

  /// Fails when somebody else changes it at the same time.
  private int change(String name, String done, Consumer<ObjectNode> edit) {
    JsonNode changed = session.ask(api -> RESOURCE.change(api, one(name), edit));
    session.printDone(changed, "destination " + name + " " + done);
    return 0;
  }

  @Command(
      name = "rotate",
      description = {
        "Gives a new signing secret; those before go on signing beside it for a while.",
        "One is made here and shown this once, unless one is named."
      },
      footer = {
        "Examples:",
        "  entrepot destination rotate crm",
        "  entrepot destination rotate crm --overlap 1h --secret-at file:/run/secrets/crm"
      })
  int rotate(
      @Parameters(paramLabel = "NAME", description = NAME) String name,
      @Mixin SecretSource source,
      @Option(
              names = "--overlap",
              defaultValue = "24h",
              paramLabel = "DURATION",
              description =
                  "How long those before go on signing, such as 15m, 24h or 7d; 0s: not at all."
                      + " Default: ${DEFAULT-VALUE}")
          Duration overlap) {
    if (overlap.isNegative()) {
      throw new CommandException(ExitCode.USAGE, "--overlap cannot be negative: " + overlap);
    }
    JsonNode rotated =
        session.ask(api -> {
          ObjectNode body = Api.object().put("overlap", overlap.toString());
          if (source.isNamed()) {
            body.put("secret", source.read(session, "Secret: "));
          }
          return api.post(one(name).segment("secret"), body);
        });
    session.printDone(rotated, "destination " + name + " signs with a new secret");
    showOnce(rotated);
    return 0;
  }

  /// A secret that was made by the server is answered once.
  private void showOnce(JsonNode destination) {
    String secret = Values.text(destination, "secret");
    if (!secret.isEmpty() && !session.options().json()) {
      session.terminal().print("its secret, shown this once: " + secret);
    }
  }

  @Command(
      name = "test",
      description = {
        "Posts an event of type entrepot.test at once and shows the answer.",
        "Ends with 1 when it is not taken."
      },
      footer = {"Examples:", "  entrepot destination test crm"})
  int test(@Parameters(paramLabel = "NAME", description = NAME) String name) {
    JsonNode result = session.ask(api -> api.post(one(name).segment("test"), Api.object()));
    boolean taken = result.path("taken").asBoolean(false);
    String status = Values.text(result, "status");
    session.printDone(
        result,
        (taken ? "taken" : "not taken")
            + (status.isEmpty() ? "" : ", answered " + status)
            + " after "
            + Values.text(result, "took_millis")
            + " ms: "
            + Values.text(result, "answer"));
    return taken ? 0 : ExitCode.FAILED.code();
  }

  private static Query one(String name) {
    return Query.of("/destinations").segment(name);
  }
}

package dev.entrepot.cli.inbox;

import dev.entrepot.cli.api.Api;
import dev.entrepot.cli.api.Query;
import dev.entrepot.cli.session.Extent;
import dev.entrepot.cli.session.Listing;
import dev.entrepot.cli.session.Session;
import dev.entrepot.cli.session.Values;
import dev.entrepot.cli.terminal.CommandException;
import dev.entrepot.cli.terminal.ExitCode;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `entrepot dead-letters …`.
@Command(
    name = "dead-letters",
    description = "Events that were given up: why, and what is to become of them. Keys that wait.",
    footer = {
      "Examples:",
      "  entrepot dead-letters causes",
      "  entrepot dead-letters retry --cause 5a1e… --yes",
      "  entrepot dead-letters edit 17",
      "  entrepot dead-letters skip 17 --reason \"cancelled by hand\"",
      "  entrepot dead-letters park shop.example/orders/123 --reason \"asked the shop\""
    })
public final class DeadLettersCommand {
  private static final String NUMBER = "The dead letter's number.";
  private static final String KEY = "The whole key, such as shop.example/orders/123.";

  private static final String TENANT = "Whose key; needed only where several tenants have it.";

  private final Session session;

  public DeadLettersCommand(Session session) {
    this.session = session;
  }

  @Command(
      name = "list",
      description = "Lists dead letters, newest first.",
      footer = {"Examples:", "  entrepot dead-letters list --connection shop-eu --state any"})
  int list(@Mixin LetterNarrowing narrowing, @Mixin Extent extent) {
    return LetterReport.listing()
        .print(
            session,
            extent,
            api -> {
              narrowing.require(api);
              return narrowing.withState(Query.of("/inbox/dead-letters"));
            },
            "no dead letters");
  }

  @Command(
      name = "causes",
      description = "Groups dead letters by what went wrong, most first.",
      footer = {"Examples:", "  entrepot dead-letters causes --connection shop-eu"})
  int causes(@Mixin LetterNarrowing narrowing) {
    JsonNode causes =
        session.ask(api -> {
          narrowing.require(api);
          return api.get(narrowing.withState(Query.of("/inbox/dead-letters/causes")));
        });
    return new Listing()
        .count("LETTERS", "letters")
        .count("KEYS", "keys")
        .text("TENANT", LetterReport::tenants)
        .text("HANDLER", "handler")
        .text("CODE", "code")
        .text("TOPIC", "topic")
        .text("REASON", "reason")
        .time("NEWEST", "newest")
        .text("CAUSE", "cause")
        .print(session, causes, "no dead letters");
  }

  @Command(
      name = "show",
      description = "Shows one dead letter with the edits of its body.",
      footer = {"Examples:", "  entrepot dead-letters show 17"})
  int show(@Parameters(paramLabel = "NUMBER", description = NUMBER) long number) {
    JsonNode letter = session.ask(api -> api.get(Letters.one(number)));
    session.printFields(letter);
    if (!session.options().json()) {
      session
          .terminal()
          .note("its body as it came: entrepot events body " + Values.text(letter, "event"));
    }
    return 0;
  }

  @Command(
      name = "retry",
      description = {
        "Tries dead letters again, each in its key's order: some by their numbers, or all open ones"
            + " that fit.",
        "Each number is tried, whatever becomes of the others; it ends with 1 if any failed.",
        "Many are planned first; nothing is done without --yes."
      },
      footer = {
        "Examples:",
        "  entrepot dead-letters retry 17 18",
        "  entrepot dead-letters retry --connection shop-eu --topic orders/create",
        "  entrepot dead-letters retry --cause 5a1e… --yes"
      })
  int retry(
      @Parameters(arity = "0..*", paramLabel = "NUMBER", description = NUMBER)
          @Nullable List<String> numbers,
      @Mixin BulkNarrowing narrowing) {
    List<Long> some = narrowing.either(numbers);
    if (some.isEmpty()) {
      return session.ask(api -> new Bulk(session, api).run("retry", null, narrowing)).code();
    }
    return session.ask(api -> new Letters(session, api).retry(some)).code();
  }

  @Command(
      name = "edit",
      description = {
        "Tries a dead letter again with another body; what came is kept.",
        "Without --file, in the editor that VISUAL or EDITOR names."
      },
      footer = {
        "Examples:",
        "  EDITOR=nano entrepot dead-letters edit 17",
        "  entrepot dead-letters edit 17 --file mended.json",
        "  entrepot events body 20778-1234 | jq '.total = \"1.00\"' | entrepot dead-letters edit 17"
            + " --file -"
      })
  int edit(
      @Parameters(paramLabel = "NUMBER", description = NUMBER) long number,
      @Option(
              names = "--file",
              paramLabel = "FILE",
              description = "The mended body; - for standard input.")
          @Nullable Path file) {
    return session.ask(api -> new Letters(session, api).edit(number, file)).code();
  }

  @Command(
      name = "skip",
      description = {
        "Leaves dead letters out for good: some by their numbers, or all open ones that fit.",
        "Many are planned first; nothing is done without --yes."
      },
      footer = {
        "Examples:",
        "  entrepot dead-letters skip 17 --reason \"cancelled by hand\"",
        "  entrepot dead-letters skip --topic themes/update --reason \"not ours\" --yes"
      })
  int skip(
      @Parameters(arity = "0..*", paramLabel = "NUMBER", description = NUMBER)
          @Nullable List<String> numbers,
      @Option(
              names = "--reason",
              required = true,
              paramLabel = "TEXT",
              description = "Why, for those who ask later.")
          String reason,
      @Mixin BulkNarrowing narrowing) {
    if (reason.isBlank()) {
      throw new CommandException(ExitCode.USAGE, "--reason is empty; say why they are left out");
    }
    List<Long> some = narrowing.either(numbers);
    if (some.isEmpty()) {
      return session.ask(api -> new Bulk(session, api).run("skip", reason, narrowing)).code();
    }
    return session.ask(api -> new Letters(session, api).skip(some, reason)).code();
  }

  @Command(
      name = "apply",
      description =
          "Carries out a plan that retry or skip has shown; refused if it no longer fits.",
      footer = {"Examples:", "  entrepot dead-letters apply 0198c0de-7aaa-7bbb-8ccc-1234567890ab"})
  int apply(@Parameters(paramLabel = "PLAN", description = "The plan's id.") UUID plan) {
    return session.ask(api -> new Bulk(session, api).apply(plan.toString())).code();
  }

  @Command(
      name = "held",
      description = "Lists keys of which events wait, and keys that are parked.",
      footer = {"Examples:", "  entrepot dead-letters held"})
  int held(@Mixin Extent extent) {
    return new Listing()
        .text("TENANT", "tenant")
        .text("KEY", "key")
        .count("EVENTS", "events")
        .time("SINCE", "oldest")
        .text("NEXT TRY", key -> parked(key) ? "parked" : Values.second(key, "due_at"))
        .count("TRIES", "attempts")
        .text("WHY", DeadLettersCommand::why)
        .print(session, extent, Query.of("/inbox/keys"), "no key is held");
  }

  private static String why(JsonNode key) {
    return parked(key)
        ? Values.text(key, "parked_for") + by(Values.text(key, "parked_by"))
        : Values.text(key, "reason");
  }

  /// Who parked it, if it was a person: else the reason says it all.
  private static String by(String actor) {
    return actor.startsWith("system:") ? "" : " (" + actor + ")";
  }

  private static boolean parked(JsonNode key) {
    return !Values.text(key, "parked_by").isEmpty();
  }

  @Command(
      name = "park",
      description = "Holds a key: its events are kept, and wait until it is released.",
      footer = {
        "Examples:",
        "  entrepot dead-letters park shop.example/orders/123 --reason \"asked the shop\""
      })
  int park(
      @Parameters(paramLabel = "KEY", description = KEY) String key,
      @Option(
              names = "--reason",
              required = true,
              paramLabel = "TEXT",
              description = "Why, for those who ask later.")
          String reason,
      @Option(
              names = "--force",
              description = "Also a key of which no event is kept, which is refused otherwise.")
          boolean force,
      @Option(names = "--tenant", paramLabel = "NAME", description = TENANT)
          @Nullable String tenant) {
    ObjectNode body =
        Api.object()
            .put("key", key)
            .put("tenant", tenant)
            .put("reason", reason)
            .put("force", force);
    JsonNode done = session.ask(api -> api.post(Query.of("/inbox/keys/park"), body));
    session.printDone(
        done,
        "key "
            + key
            + " is parked; let it go on with: entrepot dead-letters release "
            + key
            + (tenant == null ? "" : " --tenant " + tenant));
    return 0;
  }

  @Command(
      name = "release",
      description = "Lets a parked key go on.",
      footer = {"Examples:", "  entrepot dead-letters release shop.example/orders/123"})
  int release(
      @Parameters(paramLabel = "KEY", description = KEY) String key,
      @Option(names = "--tenant", paramLabel = "NAME", description = TENANT)
          @Nullable String tenant) {
    ObjectNode body = Api.object().put("key", key).put("tenant", tenant);
    JsonNode done = session.ask(api -> api.post(Query.of("/inbox/keys/release"), body));
    session.printDone(done, "key " + key + " goes on");
    return 0;
  }
}

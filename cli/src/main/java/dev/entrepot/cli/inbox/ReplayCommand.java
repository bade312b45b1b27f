package dev.entrepot.cli.inbox;

import dev.entrepot.cli.api.Api;
import dev.entrepot.cli.api.Query;
import dev.entrepot.cli.session.BooksLine;
import dev.entrepot.cli.session.Listing;
import dev.entrepot.cli.session.Moment;
import dev.entrepot.cli.session.Session;
import dev.entrepot.cli.session.Values;
import dev.entrepot.cli.session.Waiting;
import dev.entrepot.cli.terminal.CommandException;
import dev.entrepot.cli.terminal.ExitCode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `entrepot replay …`.
@Command(
    name = "replay",
    description = {
      "Hands events on once more: some by their positions, or all that fit, at most 100,000.",
      "Without --yes, says what it would do; nothing is changed.",
      "Ends with 3 when some of the events were rejected."
    },
    footer = {
      "Examples:",
      "  entrepot replay 20778-1234",
      "  entrepot replay --key shop.example/orders/123 --yes",
      "  entrepot replay --connection shop-eu --topic orders/create --from 2027-03-01 --to 2027-03-02",
      "  entrepot replay list"
    })
public final class ReplayCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(
      arity = "0..*",
      paramLabel = "EVENT",
      description = "Positions of events, such as 20778-1234.")
  private @Nullable List<String> events;

  @Mixin private final Narrowing narrowing = new Narrowing();

  @Option(names = "--id", paramLabel = "ID", description = "The sender's id of the event.")
  private @Nullable String id;

  @Option(names = "--from", paramLabel = "TIME", description = Moment.FROM)
  private @Nullable Instant from;

  @Option(names = "--to", paramLabel = "TIME", description = Moment.TO)
  private @Nullable Instant to;

  @Option(
      names = "--handler",
      paramLabel = "NAME",
      description = "Only to this handler, such as hot-store; may be repeated. Default: all")
  private @Nullable List<String> handlers;

  @Option(
      names = "--with-skipped",
      description = "Those, too, that somebody skipped as dead letters. Default: they are left out")
  private boolean withSkipped;

  @Option(names = "--preview", description = "Says what it would do (the default).")
  private boolean preview;

  @Option(
      names = {"-y", "--yes"},
      description = "Does it.")
  private boolean yes;

  @Mixin private final Waiting waiting = new Waiting();

  public ReplayCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    if (preview && yes) {
      throw new CommandException(ExitCode.USAGE, "--preview and --yes exclude each other");
    }
    ObjectNode wish = wish();
    if (wish.isEmpty()) {
      throw new CommandException(
          ExitCode.USAGE,
          "nothing is named; give events (entrepot events list), or --connection, --topic, --key,"
              + " --id, --from or --to");
    }
    return session
        .ask(api -> {
          narrowing.require(api);
          return yes ? start(api, wish) : preview(api, wish);
        })
        .code();
  }

  private ObjectNode wish() {
    ObjectNode wish = Api.object();
    narrowing.into(wish);
    put(wish, "id", id);
    put(wish, "from", from);
    put(wish, "to", to);
    put(wish, "events", events);
    // Alone it names no event.
    if (!wish.isEmpty()) {
      put(wish, "handlers", handlers);
      if (withSkipped) {
        wish.put("with_skipped", true);
      }
    }
    return wish;
  }

  private static void put(ObjectNode wish, String name, @Nullable Object value) {
    if (value != null) {
      wish.put(name, value.toString());
    }
  }

  private static void put(ObjectNode wish, String name, @Nullable List<String> values) {
    if (values != null && !values.isEmpty()) {
      ArrayNode array = wish.putArray(name);
      values.forEach(array::add);
    }
  }

  private ExitCode preview(Api api, ObjectNode wish) {
    JsonNode foreseen = api.post(Query.of("/inbox/replays/preview"), wish);
    if (session.options().json()) {
      session.printJson(foreseen);
      return ExitCode.OK;
    }
    long found = Values.number(foreseen, "events");
    if (found == 0 && Values.number(foreseen, "skipped", "events") == 0) {
      session
          .terminal()
          .note("no event that was handed on fits; look for some: entrepot events list");
      return ExitCode.FAILED;
    }
    new ReplayReport(session.terminal()).preview(foreseen);
    if (found == 0) {
      return ExitCode.FAILED;
    }
    session.printUndone(foreseen);
    return ExitCode.OK;
  }

  private ExitCode start(Api api, ObjectNode wish) {
    JsonNode replay = api.post(Query.of("/inbox/replays"), wish);
    if (waiting.asked()) {
      replay = new ReplayRun(api, session.terminal()).await(replay);
    }
    long leftOut = Values.number(replay, "left_out");
    if (leftOut > 0) {
      session.terminal().note(ReplayReport.leftOut(leftOut));
    }
    session.printDone(
        replay,
        "replay "
            + Values.text(replay, "id")
            + (pending(replay) > 0 ? " goes on by itself" : " is done")
            + "\n  "
            + BooksLine.of(replay.path("books")));
    return Values.number(replay, "books", "rejected") > 0 ? ExitCode.PARTIAL : ExitCode.OK;
  }

  private static long pending(JsonNode replay) {
    return Values.number(replay, "books", "pending");
  }

  @Command(
      name = "list",
      description = "Lists replays, newest first.",
      footer = {"Examples:", "  entrepot replay list"})
  int list(
      @Option(
              names = "--limit",
              defaultValue = "50",
              description = "At most so many, up to 200. Default: ${DEFAULT-VALUE}")
          int limit) {
    JsonNode replays = session.ask(api -> api.get(Query.of("/inbox/replays").with("limit", limit)));
    return new Listing()
        .id("REPLAY", "id")
        .time("BEGUN", "at")
        .text("BY", "by")
        .count("EVENTS", "events")
        .count("PENDING", "books", "pending")
        .count("REJECTED", "books", "rejected")
        .text("ASKED FOR", "asked")
        .print(session, replays, "no replays; see what one would do: entrepot replay --key KEY");
  }

  @Command(
      name = "show",
      description = "Shows one replay and its books.",
      footer = {"Examples:", "  entrepot replay show 0198c0de-7aaa-7bbb-8ccc-1234567890ab"})
  int show(@Parameters(paramLabel = "REPLAY", description = "The replay's id.") UUID replay) {
    session.printFields(
        session.ask(api -> api.get(Query.of("/inbox/replays").segment(replay.toString()))));
    return 0;
  }
}

package dev.entrepot.cli.flows;

import dev.entrepot.cli.api.Api;
import dev.entrepot.cli.api.Query;
import dev.entrepot.cli.session.BooksLine;
import dev.entrepot.cli.session.Extent;
import dev.entrepot.cli.session.Listing;
import dev.entrepot.cli.session.Session;
import dev.entrepot.cli.session.Values;
import dev.entrepot.cli.session.Waiting;
import dev.entrepot.cli.terminal.ExitCode;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `entrepot run …`.
@Command(
    name = "run",
    description =
        "Runs: the source is read, compared with what the destination holds, and what"
            + " differs is sent.",
    footer = {
      "Examples:",
      "  entrepot run start acme",
      "  entrepot run list --client acme",
      "  entrepot run records 019a9f00-0000-7000-8000-000000000001 --outcome rejected"
    })
public final class RunCommand {
  private static final String ID = "The run's id.";
  private static final String EXAMPLE_ID = "019a9f00-0000-7000-8000-000000000001";

  /// What a run reads.
  enum Mode {
    INITIAL,
    INCREMENTAL,
    PLAN
  }

  /// Where a run is.
  enum State {
    QUEUED,
    RUNNING,
    PAUSED,
    PLANNED,
    SUCCESS,
    PARTIAL,
    FAILED,
    CANCELLED
  }

  /// What became of a record.
  enum Outcome {
    WRITTEN,
    UNCHANGED,
    REJECTED,
    SKIPPED,
    PENDING
  }

  /// What a record means for the destination.
  enum Change {
    CREATE,
    UPDATE,
    DELETE
  }

  private final Session session;

  public RunCommand(Session session) {
    this.session = session;
  }

  private static @Nullable String word(@Nullable Enum<?> value) {
    return value == null ? null : value.name().toLowerCase(Locale.ROOT);
  }

  @Command(
      name = "start",
      description = {
        "Starts a run of a client, or joins the one that waits already.",
        "Ends with 3 when some records were rejected, with 1 when the run failed."
      },
      footer = {
        "Examples:",
        "  entrepot run start acme",
        "  entrepot run start acme --mode initial --no-wait"
      })
  int start(
      @Parameters(paramLabel = "CLIENT", description = "The client's id.") String client,
      @Option(
              names = "--mode",
              defaultValue = "INCREMENTAL",
              description =
                  "incremental (what changed since the last run; default), initial (everything), or"
                      + " plan (compare, write nothing): ${COMPLETION-CANDIDATES}")
          Mode mode,
      @Mixin Waiting waiting) {
    return session.ask(api -> {
      ObjectNode wish = Api.object().put("client", client).put("mode", word(mode));
      JsonNode run = api.post(Query.of("/flows/runs"), wish);
      if (!waiting.asked()) {
        session.printDone(run, "run %s is queued".formatted(Values.text(run, "id")));
        return 0;
      }
      run = new RunFollower(api, session.terminal()).await(run);
      return new RunReport(run).print(session).code();
    });
  }

  @Command(
      name = "list",
      description = "Lists runs, newest first.",
      footer = {"Examples:", "  entrepot run list --client acme --state failed"})
  int list(
      @Option(names = "--client", paramLabel = "CLIENT", description = "Only of this client.")
          @Nullable String client,
      @Option(
              names = "--state",
              paramLabel = "STATE",
              description = "Only those in this state: ${COMPLETION-CANDIDATES}")
          @Nullable State state,
      @Mixin Extent extent) {
    Query query = Query.of("/flows/runs").with("client", client).with("state", word(state));
    return new Listing()
        .id("RUN", "id")
        .text("CLIENT", "client")
        .text("MODE", "mode")
        .text("STATE", RunReport::state)
        .time("ASKED", "asked_at")
        .text("TOOK", run -> RunReport.length(Values.text(run, "duration")))
        .below(run -> List.of(BooksLine.of(run.path("books"))))
        .print(
            session,
            extent,
            query,
            "there is no such run; start one with: entrepot run start CLIENT");
  }

  @Command(
      name = "show",
      description = "Shows a run: its books, steps, calls, and how long it will still take.",
      footer = {"Examples:", "  entrepot run show " + EXAMPLE_ID})
  int show(@Parameters(paramLabel = "RUN", description = ID) UUID run) {
    JsonNode found = session.ask(api -> api.get(RunFollower.one(run.toString())));
    ExitCode _ = new RunReport(found).print(session);
    String remaining = Values.text(found, "remaining");
    if (!session.options().json() && !remaining.isEmpty()) {
      session.terminal().print("  about " + RunReport.length(remaining) + " to go");
    }
    return 0;
  }

  @Command(
      name = "records",
      description = "Lists a run's records with what became of them.",
      footer = {
        "Examples:",
        "  entrepot run records " + EXAMPLE_ID + " --outcome rejected",
        "  entrepot run records " + EXAMPLE_ID + " --key P0000007 -o json"
      })
  int records(
      @Parameters(paramLabel = "RUN", description = ID) UUID run,
      @Option(
              names = "--outcome",
              paramLabel = "OUTCOME",
              description = "Only with this outcome: ${COMPLETION-CANDIDATES}")
          @Nullable Outcome outcome,
      @Option(
              names = "--change",
              paramLabel = "CHANGE",
              description = "Only those that mean this: ${COMPLETION-CANDIDATES}")
          @Nullable Change change,
      @Option(names = "--key", paramLabel = "KEY", description = "Only those of this key.")
          @Nullable String key,
      @Option(
              names = "--call",
              paramLabel = "CALL",
              description = "Only those that this call carried; run exchanges tells its number.")
          @Nullable Integer call,
      @Mixin Extent extent) {
    Query query =
        RunFollower.one(run.toString())
            .segment("records")
            .with("outcome", word(outcome))
            .with("change", word(change))
            .with("key", key)
            .with("call", call == null ? null : call.toString());
    return RecordTable.listing()
        .print(session, extent, query, "run %s has no such record".formatted(run));
  }

  @Command(
      name = "exchanges",
      description = "Lists what was said with other systems in a run, secrets masked.",
      footer = {
        "Examples:",
        "  entrepot run exchanges " + EXAMPLE_ID + " --failures",
        "  entrepot run exchanges " + EXAMPLE_ID + " --key P0000007",
        "  entrepot run exchanges " + EXAMPLE_ID + " -o json"
      })
  int exchanges(
      @Parameters(paramLabel = "RUN", description = ID) UUID run,
      @Option(
              names = "--failures",
              description = "Only what went wrong, items that were rejected included.")
          boolean failures,
      @Option(
              names = "--key",
              paramLabel = "KEY",
              description = "Only calls that carried a record of this key.")
          @Nullable String key,
      @Mixin Extent extent) {
    Query query =
        RunFollower.one(run.toString())
            .segment("exchanges")
            .with("failures", failures ? "true" : null)
            .with("key", key);
    return new Listing()
        .second("AT", "at")
        .text("SIDE", "side")
        .number("CALL", said -> Values.text(said, "call"))
        .text("PURPOSE", "purpose")
        .number("STATUS", said -> Values.text(said, "status"))
        .text("REJECTED", RunCommand::rejected)
        .text("TOOK", said -> RunReport.length(Values.text(said, "took")))
        .below(RunCommand::said)
        .print(
            session,
            extent,
            query,
            failures
                ? "every call of run %s was answered without a failure".formatted(run)
                : "run %s has no such exchange, or it is kept no more".formatted(run));
  }

  /// How many items of the call the other side did not take, whatever the status says.
  private static String rejected(JsonNode exchange) {
    return Values.number(exchange, "rejected") == 0
        ? ""
        : "%s of %s".formatted(Values.count(exchange, "rejected"), Values.count(exchange, "items"));
  }

  /// The call, and what went wrong or was answered.
  private static List<String> said(JsonNode exchange) {
    String problem = Values.text(exchange, "problem");
    return List.of(
        Values.text(exchange, "method") + " " + Values.text(exchange, "uri"),
        problem.isEmpty() ? Values.text(exchange, "answer_body") : problem);
  }

  @Command(
      name = "result",
      description =
          "Prints the result of a run as JSON under the established names, with all failures.",
      footer = {"Examples:", "  entrepot run result " + EXAMPLE_ID + " > result.json"})
  int result(@Parameters(paramLabel = "RUN", description = ID) UUID run) {
    session.printJson(
        session.ask(api -> api.get(RunFollower.one(run.toString()).segment("result"))));
    return 0;
  }

  @Command(
      name = "pause",
      description = "Has a run lay down its work after the calls that are on their way.",
      footer = {"Examples:", "  entrepot run pause " + EXAMPLE_ID})
  int pause(@Parameters(paramLabel = "RUN", description = ID) UUID run) {
    return steer(run, "pause", "is asked to pause; go on with: entrepot run resume " + run);
  }

  @Command(
      name = "resume",
      description = "Has a paused run go on.",
      footer = {"Examples:", "  entrepot run resume " + EXAMPLE_ID})
  int resume(@Parameters(paramLabel = "RUN", description = ID) UUID run) {
    return steer(run, "resume", "goes on");
  }

  @Command(
      name = "cancel",
      description = "Ends a run: what is not written is skipped, and comes again with the next.",
      footer = {"Examples:", "  entrepot run cancel " + EXAMPLE_ID})
  int cancel(@Parameters(paramLabel = "RUN", description = ID) UUID run) {
    return steer(run, "cancel", "is asked to end");
  }

  private int steer(UUID run, String act, String done) {
    JsonNode now =
        session.ask(api -> api.post(RunFollower.one(run.toString()).segment(act), Api.object()));
    session.printDone(now, "run %s %s".formatted(run, done));
    return 0;
  }
}

package dev.entrepot.cli.flows;

import dev.entrepot.cli.api.Api;
import dev.entrepot.cli.api.Query;
import dev.entrepot.cli.session.Session;
import dev.entrepot.cli.session.Values;
import dev.entrepot.cli.session.Waiting;
import dev.entrepot.cli.terminal.CommandException;
import dev.entrepot.cli.terminal.ExitCode;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `entrepot apply`.
@Command(
    name = "apply",
    description = {
      "Does what a plan says: of the configuration, when a folder is named; of a client's data, with"
          + " --run. Shows it first; without --yes or --plan, nothing is done."
    },
    footer = {
      "Ends with 3 when some records of a run were rejected.",
      "",
      "Examples:",
      "  entrepot apply ./workspace",
      "  entrepot apply ./workspace --yes",
      "  entrepot apply --run 019a9f00-0000-7000-8000-000000000001 --yes"
    })
public final class ApplyCommand implements Callable<Integer> {
  private static final int SHOWN = 10;

  private final Session session;

  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      description = "A workspace: clients/ID.yaml and mappings/NAME.yaml.")
  private @Nullable Path folder;

  @Option(
      names = "--run",
      paramLabel = "RUN",
      description = "A plan of a client's data, as entrepot plan --client gave it.")
  private @Nullable UUID run;

  @Option(
      names = "--plan",
      paramLabel = "PLAN",
      description = "Does it when it is exactly this plan of the folder, as entrepot plan gave it.")
  private @Nullable String plan;

  @Option(names = "--prune", description = "Deletes what is not in the folder.")
  private boolean prune;

  @Option(
      names = {"-y", "--yes"},
      description = "Does it once it is shown.")
  private boolean yes;

  @Mixin private final Waiting waiting = new Waiting();

  public ApplyCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    if ((folder == null) == (run == null)) {
      throw new CommandException(
          ExitCode.USAGE,
          "say what to apply: a folder with configuration, or --run RUN with a plan of data");
    }
    if (run != null && (plan != null || prune)) {
      throw new CommandException(ExitCode.USAGE, "--plan and --prune go with a folder");
    }
    return (run == null ? config(Path.of(String.valueOf(folder))) : data(run.toString())).code();
  }

  private ExitCode config(Path from) {
    ObjectNode body = new WorkspaceFolder(from).body().put("prune", prune);
    return session.ask(api -> {
      ConfigPlan found = ConfigPlan.of(api, body);
      if (!session.options().json()) {
        found.print(session);
      }
      if (plan != null && !plan.equals(found.id())) {
        throw new CommandException(
            ExitCode.FAILED,
            "this is plan %s, not %s: the folder or the configuration changed since; nothing was done, look at it and apply it with --yes"
                .formatted(found.id(), plan));
      }
      if (found.empty()) {
        return tellEmpty(found);
      }
      if (plan == null && !yes) {
        session.printUndone(found.json());
        return ExitCode.OK;
      }
      JsonNode applied = api.post(Query.of("/flows/workspace/apply"), body.put("plan", found.id()));
      session.printDone(
          applied, "done: " + Values.counted(applied.path("changes").size(), "change"));
      return ExitCode.OK;
    });
  }

  private ExitCode tellEmpty(ConfigPlan found) {
    if (session.options().json()) {
      session.printJson(found.json());
    }
    session.terminal().note("nothing to do");
    return ExitCode.OK;
  }

  private ExitCode data(String id) {
    return session.ask(api -> {
      JsonNode planned = api.get(RunFollower.one(id));
      RunReport report = new RunReport(planned);
      if (!report.overtakenBy().isEmpty()) {
        throw new CommandException(ExitCode.FAILED, report.overtaken());
      }
      DataPlan shown = DataPlan.of(api, planned, SHOWN);
      if (!session.options().json()) {
        shown.print(session);
      }
      if (!yes) {
        session.printUndone(shown.json());
        return ExitCode.OK;
      }
      JsonNode begun = api.post(RunFollower.one(id).segment("apply"), Api.object());
      if (!waiting.asked()) {
        session.printDone(begun, "run %s is queued".formatted(Values.text(begun, "id")));
        return ExitCode.OK;
      }
      return new RunReport(new RunFollower(api, session.terminal()).await(begun)).print(session);
    });
  }
}

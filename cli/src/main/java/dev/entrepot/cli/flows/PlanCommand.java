package dev.entrepot.cli.flows;

import dev.entrepot.cli.api.Api;
import dev.entrepot.cli.api.Query;
import dev.entrepot.cli.session.Session;
import dev.entrepot.cli.terminal.CommandException;
import dev.entrepot.cli.terminal.ExitCode;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `entrepot plan`.
@Command(
    name = "plan",
    description = {
      "Says what would change, and changes nothing: the configuration, when a folder is named; a"
          + " client's products at Kong or WMS, when a client is."
    },
    footer = {
      "Ends with 3 when some of a client's records would be rejected.",
      "",
      "Examples:",
      "  entrepot plan ./workspace",
      "  entrepot plan --client acme"
    })
public final class PlanCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      description = "A workspace: clients/ID.yaml and mappings/NAME.yaml.")
  private @Nullable Path folder;

  @Option(
      names = "--client",
      paramLabel = "CLIENT",
      description = "Reads this client's source, compares, and keeps the plan to be applied.")
  private @Nullable String client;

  @Option(names = "--prune", description = "What is not in the folder would be deleted.")
  private boolean prune;

  @Option(
      names = "--show",
      defaultValue = "20",
      paramLabel = "COUNT",
      description = "How many of a client's records are shown. Default: ${DEFAULT-VALUE}")
  private int shown = 20;

  public PlanCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    if ((folder == null) == (client == null)) {
      throw new CommandException(
          ExitCode.USAGE,
          "say what to plan: a folder with configuration, or --client CLIENT for its data");
    }
    return (folder == null ? data(String.valueOf(client)) : config(folder)).code();
  }

  private ExitCode config(Path from) {
    ObjectNode body = new WorkspaceFolder(from).body().put("prune", prune);
    ConfigPlan plan = session.ask(api -> ConfigPlan.of(api, body));
    if (session.options().json()) {
      session.printJson(plan.json());
      return ExitCode.OK;
    }
    plan.print(session);
    session
        .terminal()
        .note(
            plan.empty()
                ? "nothing to do"
                : "nothing was done; do exactly this with: entrepot apply %s%s --plan %s"
                    .formatted(from, prune ? " --prune" : "", plan.id()));
    return ExitCode.OK;
  }

  private ExitCode data(String id) {
    return session.ask(api -> {
      ObjectNode wish = Api.object().put("client", id).put("mode", "plan");
      JsonNode run =
          new RunFollower(api, session.terminal()).await(api.post(Query.of("/flows/runs"), wish));
      RunReport report = new RunReport(run);
      if (!report.planned()) {
        return report.print(session);
      }
      DataPlan plan = DataPlan.of(api, run, shown);
      if (session.options().json()) {
        session.printJson(plan.json());
      } else {
        plan.print(session);
        session.terminal().note(plan.next());
      }
      return plan.rejected() > 0 ? ExitCode.PARTIAL : ExitCode.OK;
    });
  }
}

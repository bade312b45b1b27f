package dev.entrepot.cli.flows;

import dev.entrepot.cli.api.Query;
import dev.entrepot.cli.session.Session;
import dev.entrepot.cli.session.Values;
import dev.entrepot.cli.terminal.ExitCode;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `entrepot validate`.
@Command(
    name = "validate",
    description = {
      "Says all that is wrong or doubtful in a folder of configuration, with file and line.",
      "Ends with 1 when it cannot be applied."
    },
    footer = {"Examples:", "  entrepot validate ./workspace"})
public final class ValidateCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(
      paramLabel = "DIR",
      description = "A workspace: clients/ID.yaml and mappings/NAME.yaml.")
  private Path folder = Path.of(".");

  public ValidateCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    ObjectNode body = new WorkspaceFolder(folder).body();
    JsonNode found = session.ask(api -> api.post(Query.of("/flows/workspace/validate"), body));
    boolean usable = found.path("usable").asBoolean(false);
    if (session.options().json()) {
      session.printJson(found);
    } else {
      found
          .path("problems")
          .forEach(problem -> session.terminal().print(ConfigPlan.located(problem)));
      session
          .terminal()
          .note(
              "%s clients and %s mappings %s"
                  .formatted(
                      Values.count(found, "clients"),
                      Values.count(found, "mappings"),
                      usable ? "can be applied" : "cannot be applied; mend what is named"));
    }
    return (usable ? ExitCode.OK : ExitCode.FAILED).code();
  }
}

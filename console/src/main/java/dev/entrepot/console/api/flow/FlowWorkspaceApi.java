package dev.entrepot.console.api.flow;

import dev.entrepot.console.access.Permission;
import dev.entrepot.console.api.ApiPath;
import dev.entrepot.console.server.Access;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Body;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.ProblemException;
import dev.entrepot.console.server.ProblemException.Kind;
import dev.entrepot.console.server.Route;
import dev.entrepot.flow.Flows;
import dev.entrepot.flow.config.ConfigProblem.Severity;
import dev.entrepot.flow.workspace.FileProblem;
import dev.entrepot.flow.workspace.PlannedChange;
import dev.entrepot.flow.workspace.PlannedChange.Action;
import dev.entrepot.flow.workspace.Workspace;
import dev.entrepot.flow.workspace.WorkspaceContent;
import dev.entrepot.flow.workspace.WorkspaceFiles;
import dev.entrepot.flow.workspace.WorkspacePlan;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/// All configuration of flows as files: checked, compared, applied, exported.
public final class FlowWorkspaceApi {
  private static final Access READ = Access.needs(Permission.READ_FLOWS);
  private static final Access MANAGE = Access.needs(Permission.MANAGE_FLOWS);
  private static final long BYTES = 64L << 20;

  private record Files(Map<String, String> files) {}

  private record Wish(Map<String, String> files, @Nullable Boolean prune) {
    boolean pruning() {
      return Boolean.TRUE.equals(prune);
    }
  }

  /// @param plan the fingerprint of the plan that was looked at
  private record Application(Map<String, String> files, @Nullable Boolean prune, String plan) {
    boolean pruning() {
      return Boolean.TRUE.equals(prune);
    }
  }

  private record Found(
      String file, int line, Severity severity, String place, String message, String remedy) {
    static Found of(FileProblem found) {
      return new Found(
          found.file(),
          found.line(),
          found.problem().severity(),
          found.problem().place(),
          found.problem().message(),
          found.problem().remedy());
    }
  }

  private record ValidAnswer(boolean usable, int clients, int mappings, List<Found> problems) {
    static ValidAnswer of(WorkspaceContent content) {
      return new ValidAnswer(
          !content.refuses(),
          content.clients().size(),
          content.mappings().size(),
          content.problems().stream().map(Found::of).toList());
    }
  }

  /// @param plan what to apply it with
  private record PlanAnswer(
      String plan,
      boolean empty,
      boolean prune,
      Map<Action, Long> counts,
      List<PlannedChange> changes,
      List<Found> warnings) {}

  private record AppliedAnswer(List<PlannedChange> changes) {}

  private final Workspace workspace;

  public FlowWorkspaceApi(Flows flows) {
    this.workspace = flows.config().workspace();
  }

  public List<Route> routes() {
    String root = ApiPath.of("/flows/workspace");
    return List.of(
        Route.get(root, "exportWorkspace", READ, this::export),
        Route.get(root + ".zip", "exportWorkspaceZip", READ, this::zip),
        Route.post(root + "/validate", "validateWorkspace", READ, this::validate)
            .taking(Body.json(BYTES)),
        Route.post(root + "/plan", "planWorkspace", READ, this::plan).taking(Body.json(BYTES)),
        Route.post(root + "/apply", "applyWorkspace", MANAGE, this::apply)
            .taking(Body.json(BYTES)));
  }

  private Answer export(Exchange exchange) {
    return Answer.json(new Files(workspace.export().texts()));
  }

  private Answer zip(Exchange exchange) {
    WorkspaceFiles files = workspace.export();
    return Answer.stream("application/zip", out -> pack(files, out)).download("workspace.zip");
  }

  private static void pack(WorkspaceFiles files, OutputStream out) throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
    for (Map.Entry<String, String> file : files.texts().entrySet()) {
      zip.putNextEntry(new ZipEntry(file.getKey()));
      zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
      zip.closeEntry();
    }
    zip.finish();
  }

  private Answer validate(Exchange exchange) {
    Files wanted = exchange.json(Files.class);
    return Answer.json(ValidAnswer.of(workspace.validate(new WorkspaceFiles(wanted.files()))));
  }

  private Answer plan(Exchange exchange) {
    Wish wish = exchange.json(Wish.class);
    WorkspacePlan plan = workspace.plan(new WorkspaceFiles(wish.files()), wish.pruning());
    Map<Action, Long> counts = new EnumMap<>(Action.class);
    for (Action action : Action.values()) {
      counts.put(action, plan.count(action));
    }
    return Answer.json(
        new PlanAnswer(
            plan.fingerprint(),
            plan.empty(),
            plan.prune(),
            counts,
            plan.changes(),
            plan.content().problems().stream().map(Found::of).toList()));
  }

  private Answer apply(Exchange exchange) {
    Application wanted = exchange.json(Application.class);
    WorkspacePlan plan = workspace.plan(new WorkspaceFiles(wanted.files()), wanted.pruning());
    if (!plan.fingerprint().equals(wanted.plan())) {
      throw new ProblemException(
          Kind.CONFLICT,
          "it would not do what plan %s shows: the files or the configuration changed since; plan"
                  .formatted(wanted.plan())
              + " again and look at it");
    }
    return Answer.json(new AppliedAnswer(workspace.apply(exchange.principal().actor(), plan)));
  }
}

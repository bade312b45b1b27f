package dev.entrepot.console.pages.flows;

import dev.entrepot.console.access.Permission;
import dev.entrepot.console.pages.shell.Page;
import dev.entrepot.console.pages.shell.Shell;
import dev.entrepot.console.pages.shell.Words;
import dev.entrepot.console.server.Access;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Body;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.Form;
import dev.entrepot.console.server.Multipart;
import dev.entrepot.console.server.Route;
import dev.entrepot.console.view.Action;
import dev.entrepot.console.view.Badge;
import dev.entrepot.console.view.Cell;
import dev.entrepot.console.view.Column;
import dev.entrepot.console.view.Empty;
import dev.entrepot.console.view.Field;
import dev.entrepot.console.view.FormView;
import dev.entrepot.console.view.Icon;
import dev.entrepot.console.view.Part;
import dev.entrepot.console.view.TableView;
import dev.entrepot.console.view.Tone;
import dev.entrepot.flow.Flows;
import dev.entrepot.flow.config.FlowConfigException;
import dev.entrepot.flow.workspace.FileProblem;
import dev.entrepot.flow.workspace.PlannedChange;
import dev.entrepot.flow.workspace.Workspace;
import dev.entrepot.flow.workspace.WorkspaceContent;
import dev.entrepot.flow.workspace.WorkspaceFiles;
import dev.entrepot.flow.workspace.WorkspacePlan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// All configuration as files: shown, sent, planned, applied.
final class WorkspacePage {
  private static final String UPLOAD = FlowTabs.WORKSPACE.path() + "/files";
  private static final String MARK = "# file: ";
  private static final int CONFLICT = 409;
  private static final int INVALID = 422;

  /// A text of so many bytes may be three times as long in a form.
  private static final long FORM_BYTES = 4L * WorkspaceUpload.MOST_BYTES;

  /// What stands in the page.
  ///
  /// @param plan the fingerprint of the plan that is shown; empty: none is
  private record Shown(String text, boolean prune, String plan, List<Part> found) {}

  private final Shell shell;
  private final Workspace workspace;

  WorkspacePage(Shell shell, Flows flows) {
    this.shell = shell;
    this.workspace = flows.config().workspace();
  }

  List<Route> routes() {
    Access read = Access.needs(Permission.READ_FLOWS);
    Access manage = Access.needs(Permission.MANAGE_FLOWS);
    String path = FlowTabs.WORKSPACE.path();
    return List.of(
        Route.get(path, "pages.workspace", read, this::show),
        Route.post(path, "pages.workspace.run", manage, this::run).taking(Body.form(FORM_BYTES)),
        Route.post(UPLOAD, "pages.workspace.files", manage, this::upload).taking(Body.stream()));
  }

  private Answer show(Exchange exchange) {
    return shell.show(
        exchange, page(exchange, new Shown(written(workspace.export()), false, "", List.of())));
  }

  /// All files in one text, each behind its name.
  private static String written(WorkspaceFiles files) {
    StringBuilder text = new StringBuilder();
    files
        .texts()
        .forEach((name, content) -> {
          text.append(MARK).append(name).append('\n').append(content);
          if (!content.endsWith("\n")) {
            text.append('\n');
          }
          text.append('\n');
        });
    return text.toString();
  }

  private static WorkspaceFiles read(String text) {
    Map<String, String> files = new TreeMap<>();
    String name = "";
    StringBuilder content = new StringBuilder();
    for (String line : text.lines().toList()) {
      if (line.startsWith(MARK)) {
        keep(files, name, content);
        name = line.substring(MARK.length()).strip();
      } else {
        content.append(line).append('\n');
      }
    }
    keep(files, name, content);
    return new WorkspaceFiles(files);
  }

  private static void keep(Map<String, String> files, String name, StringBuilder content) {
    if (!name.isEmpty()) {
      files.put(name, content.toString());
    }
    content.setLength(0);
  }

  private Page page(Exchange exchange, Shown shown) {
    Page page =
        FlowTabs.WORKSPACE
            .page(
                "All clients and mappings as files: what is configured now, to be changed and"
                    + " applied.")
            .action(
                Action.link("Download as zip", "/api/v1/flows/workspace.zip").icon(Icon.DOWNLOAD))
            .with(shown.found());
    if (!exchange.principal().may(Permission.MANAGE_FLOWS)) {
      return page.with(
          Part.panel(
              "files", "Files", new Part.Lines("Files", Documents.lines(shown.text()), true)));
    }
    Part upload = Part.panel("upload", "Send files", new Part.Form(sending()));
    Part files = Part.panel("files", "Files", new Part.Form(editing(shown)));
    // What can be applied stands below its plan.
    return shown.plan().isEmpty() ? page.with(upload, files) : page.with(files, upload);
  }

  private static FormView sending() {
    return FormView.of(
            "send-files",
            UPLOAD,
            "Show what would change",
            Field.of(Field.Kind.FILES, "files", "A zip, or YAML files")
                .mandatory()
                .placeholder(".zip,.yaml,.yml,.json")
                .help(
                    "A zip of clients/ and mappings/, or single files of either kind. Nothing is"
                        + " changed before you have seen the plan."),
            Field.of(Field.Kind.CHECKBOX, "prune-files", "Delete what is not in these files"))
        .plain();
  }

  private static FormView editing(Shown shown) {
    FormView form =
        FormView.of(
                "workspace",
                FlowTabs.WORKSPACE.path(),
                "Show what would change",
                Field.of(Field.Kind.CODE, "text", "Files")
                    .mandatory()
                    .value(shown.text())
                    .help(
                        "Each file begins with a line “# file: clients/acme.yaml”. Secrets are"
                            + " never part of it."),
                Field.of(Field.Kind.CHECKBOX, "prune", "Delete what is not in these files")
                    .checked(shown.prune()))
            .hidden("plan", shown.plan());
    return shown.plan().isEmpty() ? form : form.also("apply", "Apply this plan");
  }

  private Answer upload(Exchange exchange) throws IOException {
    Multipart body = exchange.multipart();
    WorkspaceUpload upload = new WorkspaceUpload();
    try {
      Optional<Multipart.FilePart> file = body.file();
      while (file.isPresent()) {
        if (!file.get().name().isEmpty()) {
          upload.add(file.get().name(), file.get().bytes());
        }
        file = body.file();
      }
      WorkspaceFiles files = upload.files();
      return planned(exchange, files, body.field("prune-files").isPresent(), "", false);
    } catch (FlowConfigException e) {
      return shell.show(
          exchange,
          INVALID,
          page(
              exchange,
              new Shown(
                  written(workspace.export()),
                  false,
                  "",
                  StudioParts.problems(ClientDesk.problems(e, "")))));
    }
  }

  private Answer run(Exchange exchange) {
    Form form = exchange.form();
    return planned(
        exchange,
        read(form.value("text").orElse("")),
        form.text("prune").isPresent(),
        form.text("plan").orElse(""),
        form.text("deed").orElse("").equals("apply"));
  }

  private static List<Part> told(List<FileProblem> problems) {
    return problems.stream()
        .<Part>map(problem ->
            new Part.Message(
                problem.problem().refuses() ? Tone.BAD : Tone.WARN, problem.toString(), null))
        .toList();
  }

  /// @param seen the fingerprint of the plan that was looked at
  /// @param apply whether that plan is to be carried out
  private Answer planned(
      Exchange exchange, WorkspaceFiles files, boolean prune, String seen, boolean apply) {
    String text = written(files);
    WorkspaceContent content = workspace.validate(files);
    List<Part> found = new ArrayList<>(told(content.problems()));
    if (content.refuses()) {
      return shell.show(exchange, INVALID, page(exchange, new Shown(text, prune, "", found)));
    }
    WorkspacePlan plan = workspace.plan(files, prune);
    boolean same = plan.fingerprint().equals(seen);
    if (apply && same) {
      List<PlannedChange> done = workspace.apply(exchange.principal().actor(), plan);
      return shell.done(
          FlowTabs.WORKSPACE.path(), "Applied: " + Words.count(done.size(), "change") + ".");
    }
    if (apply) {
      found.add(
          new Part.Message(
              Tone.WARN,
              "Nothing was done: the files or the configuration changed since the plan was shown."
                  + " Look at it again, then apply it.",
              null));
    }
    found.add(
        Part.panel("plan", "What applying it would do", changes(plan.changes()))
            .note(
                "%s to create, %s to update, %s to delete; %s unchanged, %s kept."
                    .formatted(
                        plan.count(PlannedChange.Action.CREATE),
                        plan.count(PlannedChange.Action.UPDATE),
                        plan.count(PlannedChange.Action.DELETE),
                        plan.count(PlannedChange.Action.UNCHANGED),
                        plan.count(PlannedChange.Action.KEPT))));
    String shown = plan.empty() ? "" : plan.fingerprint();
    return shell.show(
        exchange, apply ? CONFLICT : 200, page(exchange, new Shown(text, prune, shown, found)));
  }

  private static TableView changes(List<PlannedChange> changes) {
    return TableView.of(
        "planned",
        "Changes of the configuration",
        List.of(
            Column.title("Name"),
            Column.text("Kind"),
            Column.text("Change"),
            Column.of("What differs", Column.Kind.WIDE)),
        changes.stream()
            .filter(change -> change.action() != PlannedChange.Action.UNCHANGED)
            .filter(change -> change.action() != PlannedChange.Action.KEPT)
            .map(WorkspacePage::change)
            .toList(),
        Empty.of(Icon.FILE, "Nothing would change", "The files say what is configured."));
  }

  private static TableView.Row change(PlannedChange change) {
    List<String> told =
        change.differences().stream()
            .map(one ->
                "%s: %s → %s"
                    .formatted(
                        one.place(),
                        one.before() == null ? "–" : one.before(),
                        one.after() == null ? "–" : one.after()))
            .toList();
    Tone tone =
        switch (change.action()) {
          case CREATE, UPDATE -> Tone.INFO;
          case DELETE -> Tone.BAD;
          case UNCHANGED, KEPT -> Tone.QUIET;
        };
    return TableView.Row.of(
        change.kind().name() + "-" + change.name().replace('/', '-'),
        Cell.text(change.name()),
        Cell.text(Words.of(change.kind())),
        new Cell.State(Badge.of(tone, Words.of(change.action()))),
        Cell.text(String.join("; ", told)));
  }
}

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
import dev.entrepot.console.server.Route;
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
import dev.entrepot.flow.FlowConfig;
import dev.entrepot.flow.Flows;
import dev.entrepot.flow.clients.ClientImport;
import dev.entrepot.flow.config.FlowConfigException;
import dev.entrepot.flow.workspace.FileProblem;
import dev.entrepot.flow.workspace.PlannedChange;
import dev.entrepot.flow.workspace.WorkspaceContent;
import dev.entrepot.flow.workspace.WorkspaceFiles;
import dev.entrepot.flow.workspace.WorkspacePlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Configuration as files: clients taken over from elsewhere, and the workspace.
final class FilesPages {
  private static final String IMPORT = "/sync/import";
  private static final String MARK = "# file: ";

  private final Shell shell;
  private final FlowConfig config;

  FilesPages(Shell shell, Flows flows) {
    this.shell = shell;
    this.config = flows.config();
  }

  List<Route> routes() {
    Access read = Access.needs(Permission.READ_FLOWS);
    Access manage = Access.needs(Permission.MANAGE_FLOWS);
    return List.of(
        Route.get(IMPORT, "pages.clients.import", manage, this::blank),
        Route.post(IMPORT, "pages.clients.import.run", manage, this::take).taking(Body.form()),
        Route.get(FlowTabs.WORKSPACE.path(), "pages.workspace", read, this::workspace),
        Route.post(FlowTabs.WORKSPACE.path(), "pages.workspace.run", manage, this::run)
            .taking(Body.form()));
  }

  private Answer blank(Exchange exchange) {
    return shell.show(exchange, importing("", List.of()));
  }

  private static Page importing(String text, List<Part> results) {
    return FlowTabs.CLIENTS
        .below("Import clients")
        .lead("Existing client JSON, plain or as DynamoDB types it: one object, a list, or lines.")
        .with(results)
        .with(
            Part.panel(
                "import",
                "Clients",
                new Part.Form(
                    FormView.of(
                            "import-clients",
                            IMPORT,
                            "Show what would happen",
                            Field.of(Field.Kind.CODE, "text", "JSON")
                                .mandatory()
                                .value(text)
                                .help(
                                    "A rejected client keeps none of the others out; what is there"
                                        + " and not in the text stays."))
                        .also("apply", "Import")
                        .cancel(FlowTabs.CLIENTS.path()))));
  }

  private Answer take(Exchange exchange) {
    Form form = exchange.form();
    String text = form.value("text").orElse("");
    boolean dry = !form.text("deed").orElse("").equals("apply");
    try {
      List<ClientImport.Result> results =
          config.imports().run(exchange.principal().actor(), text, dry);
      String title = dry ? "What would happen" : "What happened";
      return shell.show(
          exchange, importing(text, List.of(Part.panel("results", title, results(results)))));
    } catch (FlowConfigException e) {
      return shell.show(
          exchange, 422, importing(text, StudioParts.problems(ClientDesk.problems(e, ""))));
    }
  }

  private static TableView results(List<ClientImport.Result> results) {
    return TableView.of(
        "import-results",
        "Clients of the text in their order",
        List.of(
            Column.title("Client"), Column.text("Outcome"), Column.of("What", Column.Kind.WIDE)),
        results.stream().map(FilesPages::row).toList(),
        Empty.of(Icon.FILE, "No client", "The text holds none."));
  }

  private static TableView.Row row(ClientImport.Result result) {
    boolean rejected = result.outcome() == ClientImport.Outcome.REJECTED;
    List<String> told = new ArrayList<>();
    if (!result.changed().isEmpty()) {
      told.add("Changed: " + String.join(", ", result.changed()) + ".");
    }
    told.add(FlowWords.problems(result.problems()));
    return new TableView.Row(
        Integer.toString(result.number()),
        List.of(
            Cell.text(result.id().isEmpty() ? "No. " + result.number() : result.id()),
            Cell.badge(rejected ? Tone.BAD : Tone.GOOD, Words.of(result.outcome())),
            Cell.text(String.join(" ", told).strip())),
        rejected ? Tone.BAD : null);
  }

  private Answer workspace(Exchange exchange) {
    return shell.show(exchange, space(exchange, written(config.workspace().export()), List.of()));
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

  private Page space(Exchange exchange, String text, List<Part> found) {
    Field field =
        Field.of(Field.Kind.CODE, "text", "Files")
            .mandatory()
            .value(text)
            .help(
                "Each file begins with a line “# file: clients/acme.yaml”. Secrets are never part"
                    + " of it.");
    FormView form =
        FormView.of(
            "workspace",
            FlowTabs.WORKSPACE.path(),
            "Validate and plan",
            field,
            Field.of(Field.Kind.CHECKBOX, "prune", "Delete what is not in these files"));
    boolean manages = exchange.principal().may(Permission.MANAGE_FLOWS);
    Part shown =
        manages
            ? new Part.Form(form.also("apply", "Apply"))
            : new Part.Lines("Files", Documents.lines(text), true);
    return FlowTabs.WORKSPACE
        .page(
            "All clients and mappings as files: what is configured now, to be changed and applied.")
        .with(found)
        .with(Part.panel("files", "Files", shown));
  }

  private Answer run(Exchange exchange) {
    Form form = exchange.form();
    String text = form.value("text").orElse("");
    boolean prune = form.text("prune").isPresent();
    WorkspaceFiles files = read(text);
    WorkspaceContent content = config.workspace().validate(files);
    List<Part> found = new ArrayList<>();
    for (FileProblem problem : content.problems()) {
      found.add(
          new Part.Message(
              problem.problem().refuses() ? Tone.BAD : Tone.WARN, problem.toString(), null));
    }
    if (content.refuses()) {
      return shell.show(exchange, 422, space(exchange, text, found));
    }
    WorkspacePlan plan = config.workspace().plan(files, prune);
    if (form.text("deed").orElse("").equals("apply")) {
      List<PlannedChange> done = config.workspace().apply(exchange.principal().actor(), plan);
      return shell.done(
          FlowTabs.WORKSPACE.path(), "Applied: " + Words.count(done.size(), "change") + ".");
    }
    found.add(Part.panel("plan", "What applying it would do", changes(plan.changes())));
    return shell.show(exchange, space(exchange, text, found));
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
        changes.stream().map(FilesPages::change).toList(),
        Empty.of(Icon.FILE, "Nothing", "There is no file."));
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

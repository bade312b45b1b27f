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
import java.util.ArrayList;
import java.util.List;

/// Clients taken over from elsewhere.
final class ImportPage {
  private static final String IMPORT = "/sync/import";

  private final Shell shell;
  private final FlowConfig config;

  ImportPage(Shell shell, Flows flows) {
    this.shell = shell;
    this.config = flows.config();
  }

  List<Route> routes() {
    Access manage = Access.needs(Permission.MANAGE_FLOWS);
    return List.of(
        Route.get(IMPORT, "pages.clients.import", manage, this::blank),
        Route.post(IMPORT, "pages.clients.import.run", manage, this::take).taking(Body.form()));
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
        results.stream().map(ImportPage::row).toList(),
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
}

package dev.entrepot.console.pages.flows;

import dev.entrepot.console.access.Permission;
import dev.entrepot.console.pages.shell.Addresses;
import dev.entrepot.console.pages.shell.Page;
import dev.entrepot.console.pages.shell.Shell;
import dev.entrepot.console.server.Access;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Body;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.Form;
import dev.entrepot.console.server.ProblemException;
import dev.entrepot.console.server.Route;
import dev.entrepot.console.view.Field;
import dev.entrepot.console.view.FormView;
import dev.entrepot.console.view.Option;
import dev.entrepot.console.view.Part;
import dev.entrepot.flow.FlowConfig;
import dev.entrepot.flow.Flows;
import dev.entrepot.flow.config.ConfigProblems;
import dev.entrepot.flow.config.ConfigTree;
import dev.entrepot.flow.config.FlowConfigException;
import dev.entrepot.flow.mapping.StarterMapping;
import dev.entrepot.flow.mapping.StoredMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A mapping is made on its own: from a starter, as a copy, or from a file that there is already.
final class NewMappingPage {
  static final String PATH = "/sync/new-mapping";

  private static final String STARTER = "starter:";
  private static final String COPY = "copy:";
  private static final int INVALID = 422;

  private final Shell shell;
  private final FlowConfig config;

  NewMappingPage(Shell shell, Flows flows) {
    this.shell = shell;
    this.config = flows.config();
  }

  List<Route> routes() {
    Access manage = Access.needs(Permission.MANAGE_FLOWS);
    return List.of(
        Route.get(PATH, "pages.flow.mapping.new", manage, this::blank),
        Route.post(PATH, "pages.flow.mapping.create", manage, this::create).taking(Body.form()));
  }

  private Answer blank(Exchange exchange) {
    String name =
        config.systems().starters().stream()
            .map(StarterMapping::name)
            .filter(one -> config.mappings().find(one).isEmpty())
            .findFirst()
            .orElse("");
    String begin =
        config.systems().starters().stream()
            .filter(one -> name.isEmpty() || one.name().equals(name))
            .map(one -> STARTER + one.name())
            .findFirst()
            .orElse("");
    return shell.show(exchange, page(name, begin, "", List.of()));
  }

  private Answer create(Exchange exchange) {
    Form form = exchange.form();
    String name = form.text("name").orElse("");
    String begin = form.text("begin").orElse("");
    String text = form.value("text").orElse("");
    try {
      StoredMapping made =
          config
              .mappings()
              .create(
                  exchange.principal().actor(), name, text.isBlank() ? begun(begin) : read(text));
      return shell.done(
          "/sync/mappings/" + Addresses.encode(made.name()),
          "Mapping %s was made. Give it to a client, or change it here first."
              .formatted(made.name()));
    } catch (FlowConfigException e) {
      return shell.show(
          exchange,
          e.code() == FlowConfigException.Code.CONFLICT ? 409 : INVALID,
          page(name, begin, text, StudioParts.problems(ClientDesk.problems(e, ""))));
    }
  }

  private static ConfigTree read(String text) {
    var problems = new ConfigProblems();
    ConfigTree tree = ConfigTree.read(text, problems);
    problems.requireNone("the mapping");
    return tree;
  }

  private ConfigTree begun(String begin) {
    Optional<ConfigTree> tree =
        begin.startsWith(COPY)
            ? config
                .mappings()
                .find(begin.substring(COPY.length()))
                .map(StoredMapping::tree)
                .map(ConfigTree::of)
            : config.systems().starters().stream()
                .filter(one -> begin.equals(STARTER + one.name()))
                .map(one -> ConfigTree.of(one.tree()))
                .findFirst();
    return tree.orElseThrow(() ->
        ProblemException.notFound(
            "there is nothing called “%s” to begin with; choose one of the list".formatted(begin)));
  }

  private Page page(String name, String begin, String text, List<Part> problems) {
    FormView form =
        FormView.of(
                "new-mapping",
                PATH,
                "Make the mapping",
                Field.text("name", "Name")
                    .mandatory()
                    .value(name)
                    .autocomplete("off")
                    .placeholder("kong-standard")
                    .help("Clients name their mapping by it; it never changes."),
                Field.select("begin", "Begin with", choices())
                    .mandatory()
                    .value(begin)
                    .help("A starter mapping can be used as it is."),
                Field.of(Field.Kind.CODE, "text", "Or a mapping that you have")
                    .value(text)
                    .help("YAML or JSON, also with siesa_field and product_field; taken instead."))
            .cancel(FlowTabs.MAPPINGS.path());
    return FlowTabs.MAPPINGS
        .below("New mapping")
        .lead("Which fields of the ERP become which of the product. Several clients may share it.")
        .with(problems)
        .with(Part.panel("new", "Mapping", new Part.Form(form)));
  }

  private List<Option> choices() {
    List<Option> choices = new ArrayList<>();
    for (StarterMapping one : config.systems().starters()) {
      String title = ClientKind.require(config.systems(), one.source(), one.productType()).title();
      choices.add(new Option(STARTER + one.name(), "Starter: " + title));
    }
    for (StoredMapping one : config.mappings().all()) {
      choices.add(
          new Option(
              COPY + one.name(),
              "Copy of %s (%s)".formatted(one.name(), one.document().productType())));
    }
    return choices;
  }
}

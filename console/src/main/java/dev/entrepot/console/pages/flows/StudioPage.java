package dev.entrepot.console.pages.flows;

import dev.entrepot.console.access.Permission;
import dev.entrepot.console.pages.shell.Addresses;
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
import dev.entrepot.console.view.Flash;
import dev.entrepot.console.view.FormView;
import dev.entrepot.console.view.Icon;
import dev.entrepot.console.view.MappingStudio;
import dev.entrepot.console.view.Option;
import dev.entrepot.console.view.Part;
import dev.entrepot.console.view.TableView;
import dev.entrepot.console.view.Tone;
import dev.entrepot.flow.FlowConfig;
import dev.entrepot.flow.Flows;
import dev.entrepot.flow.config.ConfigProblem;
import dev.entrepot.flow.config.ConfigProblems;
import dev.entrepot.flow.config.ConfigTree;
import dev.entrepot.flow.config.FlowConfigException;
import dev.entrepot.flow.mapping.StoredMapping;
import dev.entrepot.spi.record.Fields;
import dev.entrepot.spi.remote.RemoteException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The mapping studio: rules edited with a live look at what they make of real records.
final class StudioPage {
  private static final String PATH = "/sync/mappings/{name}";
  private static final int SAMPLE = 50;
  private static final String ANYWAY = "anyway";
  private static final Option ALSO = new Option(ANYWAY, "Save it anyway");

  /// What the page is filled with.
  ///
  /// @param rows the names of the form's rows as they were sent; empty: it was not sent
  /// @param text the mapping as it was typed; null: it was not
  /// @param asked whether it can be saved all the same
  private record Desk(
      StoredMapping stored,
      long revision,
      Map<String, @Nullable Object> tree,
      String sample,
      int record,
      @Nullable String client,
      List<Part> notes,
      List<String> rows,
      @Nullable String text,
      boolean asked) {

    /// The same after it was refused.
    Desk refused(List<Part> why) {
      return new Desk(stored, revision, tree, sample, record, client, why, rows, text, false);
    }

    /// The same after it was not saved at once.
    Desk asked(List<Part> why) {
      return new Desk(stored, revision, tree, sample, record, client, why, rows, text, true);
    }
  }

  private final Shell shell;
  private final Flows flows;
  private final FlowConfig config;
  private final StudioTrials trials;

  StudioPage(Shell shell, Flows flows) {
    this.shell = shell;
    this.flows = flows;
    this.config = flows.config();
    this.trials = new StudioTrials(flows);
  }

  List<Route> routes() {
    Access read = Access.needs(Permission.READ_FLOWS);
    Access manage = Access.needs(Permission.MANAGE_FLOWS);
    return List.of(
        Route.get(PATH, "pages.studio", read, this::show),
        Route.post(PATH, "pages.studio.save", manage, this::save).taking(Body.form()),
        Route.post(PATH + "/preview", "pages.studio.preview", read, this::preview)
            .taking(Body.form()),
        Route.post(PATH + "/text", "pages.studio.text", manage, this::saveText)
            .taking(Body.form()));
  }

  private StoredMapping require(Exchange exchange) {
    return config.mappings().require(exchange.variable("name"));
  }

  private static String path(StoredMapping mapping) {
    return "/sync/mappings/" + Addresses.encode(mapping.name());
  }

  private Answer show(Exchange exchange) throws InterruptedException {
    StoredMapping stored = require(exchange);
    String client =
        exchange
            .query()
            .text("client")
            .or(() -> config.mappings().users(stored.name()).stream().findFirst())
            .orElse(null);
    List<Part> notes = new ArrayList<>();
    List<Fields> records = List.of();
    if (client != null) {
      boolean live =
          exchange.query().text("from").orElse("").equals("live")
              && exchange.principal().may(Permission.RUN_FLOWS);
      records = live ? live(client, notes) : flows.records().samples(client, SAMPLE);
    }
    return studio(
        exchange,
        200,
        new Desk(
            stored,
            stored.revision(),
            stored.tree(),
            text(records),
            1,
            client,
            notes,
            List.of(),
            null,
            false));
  }

  private List<Fields> live(String client, List<Part> notes) throws InterruptedException {
    try {
      return config.reach().sample(client, SAMPLE);
    } catch (RemoteException | IllegalArgumentException e) {
      notes.add(new Part.Message(Tone.BAD, Words.sentence(String.valueOf(e.getMessage())), null));
      return List.of();
    }
  }

  /// One record a line, so that it can be read and edited.
  private static String text(List<Fields> records) {
    return records.isEmpty()
        ? ""
        : "["
            + String.join(
                ",\n ", records.stream().map(one -> ConfigTree.json(one.values())).toList())
            + "]";
  }

  private Desk desk(Exchange exchange) {
    StoredMapping stored = require(exchange);
    Form form = exchange.form();
    int record =
        form.text("record").filter(one -> one.matches("\\d{1,6}")).map(Integer::parseInt).orElse(1);
    long revision =
        form.text("revision")
            .filter(one -> one.matches("\\d{1,9}"))
            .map(Long::parseLong)
            .orElse(0L);
    return new Desk(
        stored,
        revision,
        StudioForm.read(stored.tree(), form),
        form.value("sample").orElse(""),
        record,
        form.text("client").orElse(null),
        List.of(),
        StudioForm.names(form),
        null,
        false);
  }

  /// The whole page: scripts take from it what they show anew.
  private Answer preview(Exchange exchange) {
    return studio(exchange, 200, desk(exchange));
  }

  private StudioTrial trial(Desk desk, ConfigTree tree) {
    return trials.of(desk.stored(), tree, desk.sample(), desk.client());
  }

  private Answer save(Exchange exchange) {
    Desk desk = desk(exchange);
    return saved(exchange, desk, ConfigTree.of(desk.tree()));
  }

  private Answer saveText(Exchange exchange) {
    Desk desk = desk(exchange);
    String text = exchange.form().value("text").orElse("");
    var problems = new ConfigProblems();
    ConfigTree tree = ConfigTree.read(text, problems);
    Desk typed =
        new Desk(
            desk.stored(),
            desk.revision(),
            desk.stored().tree(),
            desk.sample(),
            1,
            desk.client(),
            StudioParts.problems(problems.all()),
            List.of(),
            text,
            false);
    return problems.refuses() ? studio(exchange, 422, typed) : saved(exchange, typed, tree);
  }

  private Answer saved(Exchange exchange, Desk desk, ConfigTree tree) {
    StudioTrial trial = trial(desk, tree);
    boolean anyway = exchange.form().text("deed").orElse("").equals(ANYWAY);
    if (trial.mostlyRejected() && !anyway) {
      String question = trial.sum() + " Nothing was saved: mend the mapping, or save it anyway.";
      return studio(exchange, 422, desk.asked(List.of(new Part.Message(Tone.BAD, question, null))));
    }
    try {
      StoredMapping after =
          config
              .mappings()
              .update(exchange.principal().actor(), desk.stored().name(), tree, desk.revision());
      return shell.done(
          exchange,
          Addresses.of(path(after), "client", desk.client()),
          new Flash(
              trial.mostlyRejected() ? Tone.WARN : Tone.GOOD,
              "The mapping is saved as revision %d. The next run of each client that uses it reads everything again. %s"
                  .formatted(after.revision(), trial.sum())
                  .strip()));
    } catch (FlowConfigException e) {
      return studio(
          exchange,
          e.code() == FlowConfigException.Code.CONFLICT ? 409 : 422,
          desk.refused(refusal(desk, e)));
    }
  }

  /// What is wrong with a form's fields is told there.
  private static List<Part> refusal(Desk desk, FlowConfigException e) {
    long wrong = e.problems().stream().filter(ConfigProblem::refuses).count();
    return desk.rows().isEmpty() || wrong == 0
        ? StudioParts.problems(ClientDesk.problems(e, ""))
        : List.of(
            new Part.Message(
                Tone.BAD,
                "Nothing was saved: %s wrong, marked below."
                    .formatted(Words.count(wrong, "thing is", "things are")),
                null));
  }

  private Answer studio(Exchange exchange, int status, Desk desk) {
    StoredMapping stored = desk.stored();
    Page page =
        FlowTabs.MAPPINGS
            .below(stored.name())
            .lead(
                "For %s · revision %d"
                    .formatted(stored.document().productType(), stored.revision()));
    boolean manages = exchange.principal().may(Permission.MANAGE_FLOWS);
    StudioTrial trial = trial(desk, ConfigTree.of(desk.tree()));
    List<ConfigProblem> problems = trial.problems();
    return shell.show(
        exchange,
        status,
        new MappingStudio(
            shell.frame(exchange, page.title(), page.crumbs()),
            page.heading(),
            notes(desk, manages),
            desk.asked() ? List.of() : trial.head(),
            sources(exchange, stored, desk.client()),
            manages ? path(stored) : path(stored) + "/preview",
            path(stored) + "/preview",
            head(desk),
            Field.of(Field.Kind.CODE, "sample", "Records").value(desk.sample()),
            desk.rows().isEmpty()
                ? StudioForm.entries(desk.tree(), problems)
                : StudioForm.entries(desk.rows(), desk.tree(), problems),
            manages
                ? new Part.Form(textForm(desk))
                : new Part.Lines("Mapping", Documents.lines(ConfigTree.yaml(desk.tree())), true),
            trial.preview(desk.record()),
            List.of(Part.panel("revisions", "Revisions", revisions(stored))),
            Long.toString(desk.revision()),
            desk.client() == null ? "" : desk.client(),
            manages ? "Save as a revision" : null,
            desk.asked() && desk.text() == null ? List.of(ALSO) : List.of()));
  }

  private static List<Part> notes(Desk desk, boolean manages) {
    List<Part> notes = new ArrayList<>(desk.notes());
    if (!manages) {
      notes.add(
          new Part.Message(
              Tone.INFO,
              "You can try changes here; they are not kept. Saving is for administrators.",
              null));
    }
    return notes;
  }

  private List<Part> sources(Exchange exchange, StoredMapping stored, @Nullable String client) {
    List<String> users = config.mappings().users(stored.name());
    if (users.isEmpty()) {
      return List.of();
    }
    List<Option> from = new ArrayList<>();
    from.add(new Option("runs", "Of its latest runs"));
    if (exchange.principal().may(Permission.RUN_FLOWS)) {
      from.add(new Option("live", "Read one page of the source now"));
    }
    return List.of(
        new Part.Filters(
                path(stored),
                "main",
                List.of(
                    Field.select("client", "Sample of", users.stream().map(Option::of).toList())
                        .mandatory()
                        .value(client == null ? "" : client),
                    Field.select("from", "Records", from).mandatory()))
            .submit("Fetch"));
  }

  private static List<Field> head(Desk desk) {
    return List.of(
        Field.of(Field.Kind.NUMBER, "record", "Record shown")
            .value(Integer.toString(desk.record())));
  }

  private static FormView textForm(Desk desk) {
    String text = desk.text();
    FormView form =
        FormView.of(
                "mapping-text",
                path(desk.stored()) + "/text",
                "Save the text as a revision",
                Field.of(Field.Kind.CODE, "text", "Mapping")
                    .mandatory()
                    .value(text == null ? ConfigTree.yaml(desk.tree()) : text))
            .hidden("revision", Long.toString(desk.revision()))
            .hidden("client", desk.client() == null ? "" : desk.client())
            .plain();
    return desk.asked() && text != null ? form.also(ALSO.value(), ALSO.label()) : form;
  }

  private TableView revisions(StoredMapping stored) {
    return TableView.of(
        "revision-table",
        "Revisions, the newest first",
        List.of(Column.title("Revision"), Column.text("By"), Column.text("At")),
        config.mappings().revisions(stored.name()).stream()
            .map(one ->
                TableView.Row.of(
                    Long.toString(one.revision()),
                    Cell.link(
                        Long.toString(one.revision()), RevisionPages.path(stored, one.revision())),
                    Cell.text(Words.actor(one.actor())),
                    Cell.time(one.at())))
            .toList(),
        Empty.of(Icon.CLOCK, "No revision", ""));
  }
}

package dev.entrepot.console.pages.mappings;

import dev.entrepot.console.access.Permission;
import dev.entrepot.console.access.Principal;
import dev.entrepot.console.pages.shell.Page;
import dev.entrepot.console.pages.shell.Shell;
import dev.entrepot.console.pages.shell.Words;
import dev.entrepot.console.server.Access;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Body;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.ProblemException;
import dev.entrepot.console.server.Route;
import dev.entrepot.console.view.Action;
import dev.entrepot.console.view.Badge;
import dev.entrepot.console.view.Cell;
import dev.entrepot.console.view.Column;
import dev.entrepot.console.view.Empty;
import dev.entrepot.console.view.Fact;
import dev.entrepot.console.view.Icon;
import dev.entrepot.console.view.Line;
import dev.entrepot.console.view.Part;
import dev.entrepot.console.view.TableView;
import dev.entrepot.console.view.Tone;
import dev.entrepot.onboarding.Onboarding;
import dev.entrepot.onboarding.mapping.Mapping;
import dev.entrepot.onboarding.mapping.Mapping.FieldMapping;
import dev.entrepot.onboarding.mapping.Mappings;
import dev.entrepot.onboarding.mapping.Mappings.Stored;
import dev.entrepot.onboarding.uploads.Upload;
import dev.entrepot.onboarding.uploads.Uploads;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Mappings: those in force, their revisions, and the editor.
public final class MappingPages {
  private static final String PATH = "/mappings";
  private static final int RECENT = 200;

  private final Shell shell;
  private final Onboarding onboarding;
  private final Mappings mappings;
  private final EditorPages editor;

  public MappingPages(Shell shell, Onboarding onboarding) {
    this.shell = shell;
    this.onboarding = onboarding;
    this.mappings = onboarding.mappings();
    this.editor = new EditorPages(shell, onboarding);
  }

  public List<Route> routes() {
    Access read = Access.needs(Permission.READ_MAPPINGS);
    Access write = Access.needs(Permission.WRITE_MAPPINGS);
    String upload = "/uploads/{id}/mapping";
    return List.of(
        Route.get(PATH, "pages.mappings", read, this::list),
        Route.get(PATH + "/{id}", "pages.mapping", read, this::show),
        Route.get(upload, "pages.upload.mapping", read, editor::show),
        Route.post(upload, "pages.upload.mapping.save", write, editor::save).taking(Body.form()),
        Route.post(upload + "/preview", "pages.upload.mapping.preview", read, editor::preview)
            .taking(Body.form()));
  }

  private Answer list(Exchange exchange) {
    return shell.show(
        exchange,
        Page.of("Column mappings")
            .lead(
                (exchange.principal().vendor() == null
                        ? "How the columns of each vendor's files become ours."
                        : "How the columns of your files become the catalogue's.")
                    + " To change one, open a file's mapping and see at once what comes of it.")
            .with(
                new Part.Table(
                    MappingTable.of(mappings.list(exchange.principal().vendor(), null)))));
  }

  private Answer show(Exchange exchange) {
    Principal principal = exchange.principal();
    UUID id = exchange.uuid("id");
    Stored stored =
        mappings
            .find(id)
            .filter(found -> principal.sees(found.vendor()))
            .orElseThrow(() ->
                ProblemException.notFound(
                    "there is no mapping " + id + "; look at the list of mappings"));
    List<Stored> revisions = mappings.list(stored.vendor(), stored.layout());
    boolean newest = revisions.isEmpty() || revisions.getFirst().id().equals(stored.id());
    Mapping mapping = stored.mapping();
    Page page =
        Page.of(mapping.name())
            .lead(
                stored.vendor()
                    + " · revision "
                    + stored.revision()
                    + " · by "
                    + Words.actor(stored.createdBy()))
            .badge(
                newest ? Badge.of(Tone.GOOD, "In force") : Badge.of(Tone.QUIET, "Earlier revision"))
            .under("Column mappings", PATH);
    Optional<Upload> file = fileOf(stored);
    if (file.isPresent()) {
      page =
          page.action(
              Action.link(
                      principal.may(Permission.WRITE_MAPPINGS)
                          ? "Edit with its latest file"
                          : "Look at it with its latest file",
                      "/uploads/" + file.get().id() + "/mapping?from=" + stored.id())
                  .primary()
                  .icon(Icon.EDIT));
    }
    return shell.show(
        exchange,
        page.with(
            Part.panel("fields", "Columns", fields(mapping)),
            Part.columns(
                Part.panel("settings", "Settings", new Part.Facts(settings(mapping))),
                Part.panel("revisions", "Revisions", revisions(revisions))),
            Part.panel(
                "json",
                "As JSON",
                new Part.Lines("The mapping as JSON", Line.of(mappings.toJson(mapping))))));
  }

  /// The latest file whose columns the mapping is for.
  private Optional<Upload> fileOf(Stored stored) {
    return onboarding
        .uploads()
        .list(Uploads.Query.of(stored.vendor()), null, RECENT)
        .items()
        .stream()
        .filter(upload -> upload.state().finished() && !upload.header().isEmpty())
        .filter(upload -> mappings.layoutOf(upload.header()).equals(stored.layout()))
        .findFirst();
  }

  private static TableView fields(Mapping mapping) {
    List<TableView.Row> rows = new ArrayList<>();
    for (FieldMapping field : mapping.fields()) {
      rows.add(
          TableView.Row.of(
              Integer.toString(rows.size()),
              Cell.text(Words.of(field.field().column())),
              field.sources().isEmpty() ? new Cell.Blank() : new Cell.Words(field.sources()),
              field.conversions().isEmpty()
                  ? new Cell.Blank()
                  : new Cell.Words(field.conversions().stream().map(MappingWords::of).toList()),
              Cell.text(field.fallback()),
              Cell.code(field.expression())));
    }
    return TableView.of(
        "field-mappings",
        "Where each field comes from",
        List.of(
            Column.title("Field"),
            Column.text("Columns"),
            Column.text("Conversions"),
            Column.text("Fallback"),
            Column.text("Expression")),
        rows,
        Empty.of(Icon.MAPPING, "Nothing is mapped", "No field has a column."));
  }

  private static List<Fact> settings(Mapping mapping) {
    List<Fact> facts = new ArrayList<>();
    facts.add(
        new Fact(
            "Numbers",
            Cell.text(
                switch (mapping.decimal()) {
                  case POINT -> "1,234.50";
                  case COMMA -> "1.234,50";
                })));
    facts.add(
        new Fact(
            "Columns not named",
            Cell.text(
                switch (mapping.unknown()) {
                  case IGNORE -> "are ignored";
                  case KEEP -> "are kept with the product";
                })));
    mapping
        .custom()
        .forEach((column, name) -> facts.add(new Fact("Kept as " + name, Cell.text(column))));
    if (mapping.fillDownBy() != null) {
      facts.add(new Fact("Rows belong together by", Cell.text(mapping.fillDownBy())));
      facts.add(new Fact("Filled down", new Cell.Words(mapping.fillDown())));
    }
    if (!mapping.skipWhenBlank().isEmpty()) {
      facts.add(new Fact("Skipped when blank", new Cell.Words(mapping.skipWhenBlank())));
      facts.add(new Fact("Because", Cell.text(mapping.skipReason())));
    }
    return facts;
  }

  private static TableView revisions(List<Stored> revisions) {
    return TableView.of(
        "revision-list",
        "Revisions, newest first",
        List.of(Column.title("Revision"), Column.text("By"), Column.text("Saved")),
        revisions.stream()
            .map(one ->
                TableView.Row.of(
                    one.id().toString(),
                    Cell.link("Revision " + one.revision(), PATH + "/" + one.id()),
                    Cell.text(Words.actor(one.createdBy())),
                    Cell.ago(one.createdAt())))
            .toList(),
        Empty.of(Icon.MAPPING, "No revision", ""));
  }
}

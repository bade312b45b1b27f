package dev.entrepot.console.pages.categories;

import dev.entrepot.console.access.Permission;
import dev.entrepot.console.pages.shell.Addresses;
import dev.entrepot.console.pages.shell.FormState;
import dev.entrepot.console.pages.shell.Page;
import dev.entrepot.console.pages.shell.Read;
import dev.entrepot.console.pages.shell.Refusal;
import dev.entrepot.console.pages.shell.Refusal.Attempt;
import dev.entrepot.console.pages.shell.Shell;
import dev.entrepot.console.server.Access;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Body;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.Form;
import dev.entrepot.console.server.ProblemException;
import dev.entrepot.console.server.Route;
import dev.entrepot.console.view.Action;
import dev.entrepot.console.view.Cell;
import dev.entrepot.console.view.Column;
import dev.entrepot.console.view.Empty;
import dev.entrepot.console.view.Field;
import dev.entrepot.console.view.FormView;
import dev.entrepot.console.view.Icon;
import dev.entrepot.console.view.Option;
import dev.entrepot.console.view.Part;
import dev.entrepot.console.view.TableView;
import dev.entrepot.console.view.Tone;
import dev.entrepot.onboarding.catalogue.Catalogue;
import dev.entrepot.onboarding.catalogue.Category;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The catalogue's categories, as a tree.
public final class CategoryPages {
  private static final String PATH = "/categories";

  private final Shell shell;
  private final Catalogue catalogue;

  public CategoryPages(Shell shell, Catalogue catalogue) {
    this.shell = shell;
    this.catalogue = catalogue;
  }

  public List<Route> routes() {
    Access read = Access.needs(Permission.READ_CATEGORIES);
    Access write = Access.needs(Permission.WRITE_CATEGORIES);
    return List.of(
        Route.get(PATH, "pages.categories", read, this::list),
        Route.post(PATH, "pages.categories.add", write, this::add).taking(Body.form()),
        Route.get(
            PATH + "/new", "pages.categories.new", write, _ -> Answer.seeOther(PATH + "#add")),
        Route.get(PATH + "/{code}", "pages.category", write, this::edit),
        Route.post(PATH + "/{code}", "pages.category.save", write, this::save).taking(Body.form()));
  }

  private Answer list(Exchange exchange) {
    return shell.show(exchange, page(exchange, FormState.blank()));
  }

  private Page page(Exchange exchange, FormState state) {
    boolean writes = exchange.principal().may(Permission.WRITE_CATEGORIES);
    List<Category> categories = catalogue.categories();
    List<TableView.Row> rows = new ArrayList<>();
    rows(categories, null, 0, writes, rows);
    List<Column> columns =
        List.of(
            Column.title("Category"),
            Column.text("Code"),
            Column.number("Products"),
            Column.text("State"),
            Column.text("Changed"));
    TableView table =
        TableView.of(
            "categories",
            "Categories, those below another following it",
            columns,
            rows,
            Empty.of(
                Icon.CATEGORIES,
                "No category yet",
                "Rows name a category; add the first one so that they can be accepted."));
    Page page =
        Page.of("Categories")
            .lead("Files may name a category by its name or code, in any case.")
            .with(new Part.Table(table));
    return writes
        ? page.with(
            Part.panel("add", "Add a category", new Part.Form(state.fill(addForm(categories)))))
        : page;
  }

  /// Each category after the one above it, the name showing how deep it lies.
  private static void rows(
      List<Category> categories,
      @Nullable String parent,
      int depth,
      boolean links,
      List<TableView.Row> rows) {
    for (Category category : categories) {
      if (!Objects.equals(category.parent(), parent)) {
        continue;
      }
      String name = (depth == 0 ? "" : "— ".repeat(depth)) + category.name();
      rows.add(
          TableView.Row.of(
              category.code(),
              links ? Cell.link(name, PATH + "/" + category.code()) : Cell.text(name),
              Cell.code(category.code()),
              Cell.link(
                  dev.entrepot.console.view.Figures.count(category.products()),
                  Addresses.of("/products", "category", category.code())),
              category.active()
                  ? Cell.badge(Tone.GOOD, "Active")
                  : Cell.badge(Tone.QUIET, "Not active"),
              Cell.ago(category.updatedAt())));
      rows(categories, category.code(), depth + 1, links, rows);
    }
  }

  private static FormView addForm(List<Category> categories) {
    return FormView.of(
        "add-category",
        PATH,
        "Add category",
        Field.text("name", "Name").mandatory().placeholder("Kitchen"),
        Field.text("code", "Code")
            .mandatory()
            .placeholder("kitchen")
            .help("Lower-case letters, digits and hyphens. It never changes."),
        parents(categories, null));
  }

  private static Field parents(List<Category> categories, @Nullable String self) {
    List<Option> options = new ArrayList<>();
    options.add(new Option("", "None"));
    for (Category category : categories) {
      if (!category.code().equals(self)) {
        options.add(new Option(category.code(), category.name()));
      }
    }
    return Field.select("parent", "Below", options);
  }

  private Answer add(Exchange exchange) {
    Form form = exchange.form();
    Attempt<Category> attempt =
        Refusal.attempt(() ->
            catalogue.createCategory(
                exchange.principal().actor(),
                Read.text(form, "code"),
                Read.text(form, "name"),
                Read.optional(form, "parent")));
    return switch (attempt) {
      case Attempt.Done<Category>(Category category) ->
          shell.done(PATH, "The category " + category.name() + " was added.");
      case Attempt.Refused<Category>(Refusal refusal) ->
          shell.show(exchange, refusal.status(), page(exchange, FormState.of(form, refusal)));
    };
  }

  private Category require(Exchange exchange) {
    String code = exchange.variable("code");
    return catalogue.categories().stream()
        .filter(category -> category.code().equals(code))
        .findFirst()
        .orElseThrow(() ->
            ProblemException.notFound(
                "there is no category " + code + "; look at the list of categories"));
  }

  private Answer edit(Exchange exchange) {
    Category category = require(exchange);
    String parent = category.parent();
    return shell.show(
        exchange,
        editPage(
            category,
            FormState.of(
                Map.of(
                    "name",
                    category.name(),
                    "parent",
                    parent == null ? "" : parent,
                    "active",
                    Boolean.toString(category.active())))));
  }

  private Page editPage(Category category, FormState state) {
    FormView form =
        FormView.of(
                "category",
                PATH + "/" + category.code(),
                "Save",
                Field.text("name", "Name").mandatory(),
                parents(catalogue.categories(), category.code()),
                Field.of(Field.Kind.SWITCH, "active", "Active")
                    .help("Rows that name a category which is not active are rejected."))
            .cancel(PATH);
    return Page.of(category.name())
        .under("Categories", PATH)
        .action(
            Action.link("Its products", Addresses.of("/products", "category", category.code()))
                .icon(Icon.CATALOGUE))
        .with(Part.panel("edit", "Category " + category.code(), new Part.Form(state.fill(form))));
  }

  private Answer save(Exchange exchange) {
    Category before = require(exchange);
    Form form = exchange.form();
    Attempt<Category> attempt =
        Refusal.attempt(() ->
            catalogue.updateCategory(
                exchange.principal().actor(),
                before.code(),
                Read.text(form, "name"),
                Read.optional(form, "parent"),
                Read.ticked(form, "active")));
    return switch (attempt) {
      case Attempt.Done<Category>(Category category) ->
          shell.done(PATH, "The category " + category.name() + " was saved.");
      case Attempt.Refused<Category>(Refusal refusal) ->
          shell.show(exchange, refusal.status(), editPage(before, FormState.of(form, refusal)));
    };
  }
}

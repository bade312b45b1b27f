package dev.entrepot.console.pages.products;

import dev.entrepot.console.access.Permission;
import dev.entrepot.console.access.Principal;
import dev.entrepot.console.pages.shell.Addresses;
import dev.entrepot.console.pages.shell.Page;
import dev.entrepot.console.pages.shell.Read;
import dev.entrepot.console.pages.shell.Refusal;
import dev.entrepot.console.pages.shell.Refusal.Attempt;
import dev.entrepot.console.pages.shell.Shell;
import dev.entrepot.console.pages.shell.Words;
import dev.entrepot.console.server.Access;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Body;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.Form;
import dev.entrepot.console.server.ProblemException;
import dev.entrepot.console.server.Route;
import dev.entrepot.console.view.Action;
import dev.entrepot.console.view.Badge;
import dev.entrepot.console.view.Cell;
import dev.entrepot.console.view.Column;
import dev.entrepot.console.view.Empty;
import dev.entrepot.console.view.Field;
import dev.entrepot.console.view.Figures;
import dev.entrepot.console.view.Flash;
import dev.entrepot.console.view.Icon;
import dev.entrepot.console.view.Option;
import dev.entrepot.console.view.Part;
import dev.entrepot.console.view.TableView;
import dev.entrepot.console.view.Tone;
import dev.entrepot.model.Actor;
import dev.entrepot.onboarding.Onboarding;
import dev.entrepot.onboarding.catalogue.Catalogue;
import dev.entrepot.onboarding.catalogue.Category;
import dev.entrepot.onboarding.catalogue.Product;
import dev.entrepot.onboarding.catalogue.ProductChange;
import dev.entrepot.onboarding.catalogue.ProductState;
import dev.entrepot.onboarding.uploads.RowReference;
import dev.entrepot.onboarding.uploads.Uploads;
import dev.entrepot.onboarding.uploads.Uploads.RowPlace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The catalogue's products.
public final class ProductPages {
  private static final String PATH = "/products";
  private static final String TABLE = "products";

  /// Of so many changes the row is told: their files may have to be read again for it.
  private static final int MOST_PLACES = 50;

  private final Shell shell;
  private final Catalogue catalogue;
  private final Uploads uploads;

  public ProductPages(Shell shell, Onboarding onboarding) {
    this.shell = shell;
    this.catalogue = onboarding.catalogue();
    this.uploads = onboarding.uploads();
  }

  public List<Route> routes() {
    Access read = Access.needs(Permission.READ_PRODUCTS);
    Access write = Access.needs(Permission.WRITE_PRODUCTS);
    return List.of(
        Route.get(PATH, "pages.products", read, this::list),
        Route.get(PATH + "/{id}", "pages.product", read, this::show),
        Route.post(PATH + "/{id}/{move}", "pages.product.move", write, this::move)
            .taking(Body.form()));
  }

  private Answer list(Exchange exchange) {
    Principal principal = exchange.principal();
    Form query = exchange.query();
    String vendor =
        principal.vendor() == null ? query.text("vendor").orElse(null) : principal.vendor();
    String category = query.text("category").orElse(null);
    ProductState state =
        query.text("state").flatMap(text -> Read.constant(text, ProductState.class)).orElse(null);
    String text = query.text("q").orElse(null);
    dev.entrepot.model.Page<Product> found =
        catalogue.products(
            new Catalogue.Query(vendor, category, state, text),
            Addresses.cursor(exchange),
            exchange.pageSize());
    boolean vendors = principal.vendor() == null;
    TableView table =
        TableView.of(
                TABLE,
                "Products, newest first",
                columns(vendors),
                found.items().stream().map(product -> row(product, vendors)).toList(),
                empty(query.names().isEmpty()))
            .paged(Addresses.paging(exchange, found.items().size(), "product", found.next()));
    return shell.show(
        exchange,
        Page.of("Products")
            .lead("What is in the catalogue, newest first.")
            .with(filters(query, principal), new Part.Table(table)));
  }

  private static List<Column> columns(boolean vendors) {
    List<Column> columns = new ArrayList<>(List.of(Column.title("Product"), Column.text("SKU")));
    if (vendors) {
      columns.add(Column.text("Vendor"));
    }
    columns.addAll(
        List.of(
            Column.text("Category"),
            Column.number("Price"),
            Column.number("Stock"),
            Column.text("State"),
            Column.text("Changed")));
    return columns;
  }

  private Part filters(Form query, Principal principal) {
    List<Option> categories = new ArrayList<>();
    categories.add(new Option("", "Any category"));
    for (Category category : catalogue.categories()) {
      categories.add(new Option(category.code(), category.name()));
    }
    List<Option> states = new ArrayList<>();
    states.add(new Option("", "Any state"));
    for (ProductState state : ProductState.values()) {
      states.add(new Option(state.name(), Words.of(state)));
    }
    List<Field> fields = new ArrayList<>();
    fields.add(
        Field.of(Field.Kind.SEARCH, "q", "Search")
            .placeholder("SKU, product ID or name")
            .value(query.text("q").orElse("")));
    fields.add(
        Field.select("category", "Category", categories)
            .mandatory()
            .value(query.text("category").orElse("")));
    fields.add(
        Field.select("state", "State", states).mandatory().value(query.text("state").orElse("")));
    if (principal.vendor() == null) {
      fields.add(
          Field.of(Field.Kind.SEARCH, "vendor", "Vendor")
              .placeholder("Code")
              .value(query.text("vendor").orElse("")));
    }
    return new Part.Filters(PATH, TABLE, fields);
  }

  /// @param vendors whether it is said whose they are
  private static TableView.Row row(Product product, boolean vendors) {
    List<Cell> cells = new ArrayList<>();
    cells.add(Cell.link(product.name(), PATH + "/" + product.id()));
    cells.add(Cell.code(product.sku()));
    if (vendors) {
      cells.add(Cell.text(product.vendor()));
    }
    cells.add(Cell.text(product.category()));
    cells.add(new Cell.Figure(Figures.decimal(product.price()) + " " + product.currency()));
    cells.add(Cell.count(product.stockQuantity()));
    cells.add(new Cell.State(badge(product.state())));
    cells.add(Cell.ago(product.updatedAt()));
    return new TableView.Row(Long.toString(product.id()), cells, null);
  }

  static Badge badge(ProductState state) {
    return switch (state) {
      case PUBLISHED -> Badge.of(Tone.GOOD, "Published");
      case SCHEDULED -> Badge.of(Tone.WAIT, "Scheduled");
      case ARCHIVED -> Badge.of(Tone.QUIET, "Archived");
    };
  }

  private static Empty empty(boolean all) {
    return all
        ? new Empty(
            Icon.CATALOGUE,
            "The catalogue is empty",
            "Products come in with product files.",
            Action.link("Uploads", "/uploads"))
        : new Empty(
            Icon.SEARCH,
            "No product fits",
            "Change what you search for, or look at all of them.",
            Action.link("All products", PATH));
  }

  private Answer show(Exchange exchange) {
    Product product = require(exchange);
    List<ProductChange> changes = catalogue.history(product.id());
    Map<RowReference, RowPlace> places =
        uploads.places(
            Stream.concat(
                    Stream.ofNullable(reference(product.createdBatch(), product.createdRecord())),
                    changes.reversed().stream()
                        .map(change -> reference(change.batch(), change.record()))
                        .filter(Objects::nonNull)
                        .limit(MOST_PLACES))
                .collect(Collectors.toSet()));
    return shell.show(
        exchange, new ProductPage(exchange.principal(), product, places).page(changes));
  }

  /// The row that something came with, if it came with one.
  static @Nullable RowReference reference(@Nullable UUID upload, @Nullable Long record) {
    return upload == null || record == null ? null : new RowReference(upload, record);
  }

  private Product require(Exchange exchange) {
    long id = exchange.number("id");
    return catalogue
        .find(id)
        .filter(product -> exchange.principal().sees(product.vendor()))
        .orElseThrow(() ->
            ProblemException.notFound(
                "there is no product " + id + "; look for it in the list of products"));
  }

  private Answer move(Exchange exchange) {
    Product product = require(exchange);
    Actor actor = exchange.principal().actor();
    String page = PATH + "/" + product.id();
    Attempt<String> attempt =
        Refusal.attempt(() ->
            switch (exchange.variable("move")) {
              case "archive" -> {
                catalogue.archive(actor, product.id());
                yield "It was archived. Its keys stay taken.";
              }
              case "restore" -> {
                catalogue.restore(actor, product.id());
                yield "It was restored.";
              }
              case "publish" -> {
                catalogue.publish(actor, product.id());
                yield "It was published.";
              }
              default -> throw ProblemException.notFound("products cannot be moved like that");
            });
    return switch (attempt) {
      case Attempt.Done<String>(String message) -> shell.done(page, message);
      case Attempt.Refused<String>(Refusal refusal) ->
          shell.told(page, new Flash(Tone.BAD, refusal.message()));
    };
  }
}

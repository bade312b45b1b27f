package dev.entrepot.console.api;

import dev.entrepot.console.access.Permission;
import dev.entrepot.console.server.Access;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Body;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.Json;
import dev.entrepot.console.server.ProblemException;
import dev.entrepot.console.server.Route;
import dev.entrepot.console.server.Spool;
import dev.entrepot.model.Actor;
import dev.entrepot.onboarding.catalogue.Catalogue;
import dev.entrepot.onboarding.catalogue.Product;
import dev.entrepot.onboarding.catalogue.ProductState;
import dev.entrepot.onboarding.reports.TableWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;

/// The products of the catalogue.
public final class ProductsApi {
  private static final Access READ = Access.needs(Permission.READ_PRODUCTS);
  private static final Access WRITE = Access.needs(Permission.WRITE_PRODUCTS);

  /// Moves a product from one state to another.
  @FunctionalInterface
  private interface Move {
    void apply(Actor actor, long id);
  }

  private final Catalogue catalogue;
  private final Spool spool;
  private final Json json;

  public ProductsApi(Catalogue catalogue, Spool spool, Json json) {
    this.catalogue = catalogue;
    this.spool = spool;
    this.json = json;
  }

  public List<Route> routes() {
    return List.of(
        Route.get(ApiPath.of("/products"), "listProducts", READ, this::list),
        Route.get(ApiPath.of("/products/export.csv"), "exportProductsCsv", READ, this::csv),
        Route.get(ApiPath.of("/products/export.xlsx"), "exportProductsXlsx", READ, this::xlsx),
        Route.get(ApiPath.of("/products/export.jsonl"), "exportProductsJsonl", READ, this::jsonl),
        Route.get(ApiPath.of("/products/{id}"), "getProduct", READ, this::get),
        Route.get(ApiPath.of("/products/{id}/history"), "getProductHistory", READ, this::history),
        move("archive", "archiveProduct", catalogue::archive),
        move("restore", "restoreProduct", catalogue::restore),
        move("publish", "publishProduct", catalogue::publish));
  }

  private Route move(String verb, String operation, Move move) {
    return Route.post(
            ApiPath.of("/products/{id}/" + verb),
            operation,
            WRITE,
            exchange -> {
              move.apply(exchange.principal().actor(), find(exchange).id());
              return Answer.json(find(exchange));
            })
        .taking(Body.none());
  }

  private Answer list(Exchange exchange) {
    return Answer.json(
        Items.of(
            catalogue.products(
                query(exchange),
                exchange.query().text("cursor").orElse(null),
                exchange.pageSize())));
  }

  private Answer get(Exchange exchange) {
    return Answer.json(find(exchange));
  }

  private Answer history(Exchange exchange) {
    return Answer.json(Items.all(catalogue.history(find(exchange).id())));
  }

  private Answer csv(Exchange exchange) throws IOException, InterruptedException {
    Catalogue.Query query = query(exchange);
    return spool
        .answer(
            Downloads.CSV,
            out -> {
              ProductTable products = new ProductTable(catalogue.customColumns(query));
              try (TableWriter table = TableWriter.csv(out, products.header())) {
                write(query, product -> table.write(products.cells(product)));
              }
            })
        .download("products.csv");
  }

  private Answer xlsx(Exchange exchange) throws IOException, InterruptedException {
    Catalogue.Query query = query(exchange);
    return spool.answer(Downloads.XLSX, out -> writeXlsx(query, out)).download("products.xlsx");
  }

  private void writeXlsx(Catalogue.Query query, OutputStream out) throws IOException {
    long[] rows = {1};
    ProductTable products = new ProductTable(catalogue.customColumns(query));
    try (TableWriter table =
        TableWriter.xlsx(out, "Products", products.header(), products.numeric())) {
      write(
          query,
          product -> {
            if (++rows[0] > TableWriter.XLSX_ROWS) {
              throw ProblemException.invalid(
                  null,
                  "there are more products than the "
                      + TableWriter.XLSX_ROWS
                      + " rows of an XLSX sheet; narrow the export, or take export.csv");
            }
            table.write(products.cells(product));
          });
    }
  }

  private Answer jsonl(Exchange exchange) throws IOException, InterruptedException {
    Catalogue.Query query = query(exchange);
    return spool
        .answer(
            Downloads.JSONL,
            out ->
                write(
                    query,
                    product -> {
                      out.write(json.write(product));
                      out.write('\n');
                    }))
        .download("products.jsonl");
  }

  @FunctionalInterface
  private interface Line {
    void write(Product product) throws IOException;
  }

  private void write(Catalogue.Query query, Line line) throws IOException {
    try {
      catalogue.forEach(
          query,
          product -> {
            try {
              line.write(product);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    } catch (UncheckedIOException e) {
      throw new IOException("the export could not be written", e);
    }
  }

  private Product find(Exchange exchange) {
    long id = exchange.number("id");
    return catalogue
        .find(id)
        .filter(product -> exchange.principal().sees(product.vendor()))
        .orElseThrow(() ->
            ProblemException.notFound(
                "there is no product " + id + "; list the products to see their ids"));
  }

  private static Catalogue.Query query(Exchange exchange) {
    return new Catalogue.Query(
        Tenancy.vendor(exchange),
        exchange.query().text("category").orElse(null),
        exchange.choice("state", ProductState.class).orElse(null),
        exchange.query().text("q").orElse(null));
  }
}

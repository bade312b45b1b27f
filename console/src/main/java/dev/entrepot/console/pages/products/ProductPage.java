package dev.entrepot.console.pages.products;

import dev.entrepot.console.access.Permission;
import dev.entrepot.console.access.Principal;
import dev.entrepot.console.pages.shell.Addresses;
import dev.entrepot.console.pages.shell.Page;
import dev.entrepot.console.pages.shell.Words;
import dev.entrepot.console.pages.uploads.RowWords;
import dev.entrepot.console.view.Action;
import dev.entrepot.console.view.Cell;
import dev.entrepot.console.view.Change;
import dev.entrepot.console.view.Fact;
import dev.entrepot.console.view.Figures;
import dev.entrepot.console.view.Icon;
import dev.entrepot.console.view.Moment;
import dev.entrepot.console.view.Part;
import dev.entrepot.console.view.Tone;
import dev.entrepot.onboarding.catalogue.Product;
import dev.entrepot.onboarding.catalogue.ProductChange;
import dev.entrepot.onboarding.catalogue.ProductState;
import dev.entrepot.onboarding.uploads.RowReference;
import dev.entrepot.onboarding.uploads.Uploads.RowPlace;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A product and its story.
final class ProductPage {
  private final Principal principal;
  private final Product product;
  private final Map<RowReference, RowPlace> places;

  /// @param places where the rows stand that it came with
  ProductPage(Principal principal, Product product, Map<RowReference, RowPlace> places) {
    this.principal = principal;
    this.product = product;
    this.places = places;
  }

  Page page(List<ProductChange> changes) {
    Page page =
        Page.of(product.name())
            .badge(ProductPages.badge(product.state()))
            .under("Products", "/products");
    for (Action action : actions()) {
      page = page.action(action);
    }
    List<Part> left = new ArrayList<>();
    left.add(Part.panel("facts", "Product", new Part.Facts(facts())));
    if (!product.custom().isEmpty()) {
      left.add(Part.panel("custom", "Further columns of the file", new Part.Facts(custom())));
    }
    Part history =
        Part.panel(
            "history",
            "History",
            new Part.Story("History", changes.reversed().stream().map(this::moment).toList()));
    return page.with(Part.columns(new Part.Stack(left), history));
  }

  private List<Action> actions() {
    List<Action> actions = new ArrayList<>();
    if (principal.may(Permission.READ_LEDGER)) {
      actions.add(
          Action.link("Trace", Addresses.of("/trace", "key", product.sku())).icon(Icon.TRACE));
    }
    if (!principal.may(Permission.WRITE_PRODUCTS)) {
      return actions;
    }
    String root = "/products/" + product.id();
    if (product.state() == ProductState.SCHEDULED) {
      actions.add(Action.post("Publish now", root + "/publish").primary());
    }
    if (product.state() == ProductState.ARCHIVED) {
      actions.add(Action.post("Restore", root + "/restore").primary());
    } else {
      actions.add(
          Action.post("Archive", root + "/archive")
              .danger("Take this product out of sale? It stays in the catalogue, archived."));
    }
    return actions;
  }

  private List<Fact> facts() {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("SKU", Cell.code(product.sku())));
    facts.add(new Fact("Vendor", vendor()));
    facts.add(new Fact("Vendor product ID", Cell.code(product.vendorProductId())));
    facts.add(new Fact("Address", Cell.code(product.slug())));
    facts.add(new Fact("Category", Cell.text(product.category())));
    add(facts, "Subcategory", product.subcategory());
    add(facts, "Brand", product.brand());
    facts.add(new Fact("Price", new Cell.Figure(price(product.price(), product.currency()))));
    if (product.compareAtPrice() != null) {
      facts.add(
          new Fact(
              "Compare-at price",
              new Cell.Figure(price(product.compareAtPrice(), product.currency()))));
    }
    if (product.sourcePrice() != null && product.sourceCurrency() != null) {
      facts.add(
          new Fact(
              "As the vendor wrote it",
              new Cell.Figure(price(product.sourcePrice(), product.sourceCurrency()))));
    }
    facts.add(
        new Fact(
            "Stock",
            new Cell.Figure(Figures.count(product.stockQuantity()) + " × " + product.unit())));
    add(
        facts,
        "Weight",
        product.weightKg() == null ? null : product.weightKg().toPlainString() + " kg");
    add(
        facts,
        "Dimensions",
        product.dimensionsCm() == null ? null : product.dimensionsCm() + " cm");
    add(facts, "Image", product.imageUrl());
    add(facts, "Description", product.description());
    if (product.publishAt() != null) {
      facts.add(new Fact("Published from", Cell.time(product.publishAt())));
    }
    if (product.createdBatch() != null) {
      facts.add(
          new Fact(
              "Came with",
              Cell.link(
                  place(product.createdBatch(), product.createdRecord()),
                  "/uploads/" + product.createdBatch())));
    }
    return facts;
  }

  private static void add(List<Fact> facts, String label, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      facts.add(new Fact(label, Cell.text(value)));
    }
  }

  private Cell vendor() {
    return principal.vendor() == null
        ? Cell.link(product.vendor(), "/vendors/" + product.vendor())
        : Cell.code(product.vendor());
  }

  private List<Fact> custom() {
    return new TreeMap<>(product.custom())
        .entrySet().stream()
            .map(entry -> new Fact(entry.getKey(), Cell.text(entry.getValue())))
            .toList();
  }

  private static String price(BigDecimal price, String currency) {
    return Figures.decimal(price) + " " + currency;
  }

  private String place(@Nullable UUID upload, @Nullable Long record) {
    RowReference row = ProductPages.reference(upload, record);
    return Words.capitalised(RowWords.of(row == null ? null : places.get(row)));
  }

  private Moment moment(ProductChange change) {
    String row = change.record() == null ? null : place(change.batch(), change.record()) + ".";
    return new Moment(
        change.at(),
        title(change.kind()),
        tone(change.kind()),
        icon(change.kind()),
        change.approvedBy() == null
            ? Words.actor(change.actor())
            : Words.actor(change.actor()) + ", approved by " + Words.actor(change.approvedBy()),
        row,
        change.changes().stream()
            .map(one -> new Change(Words.of(one.field()), one.from(), one.to()))
            .toList(),
        change.batch() == null ? null : "/uploads/" + change.batch());
  }

  private static String title(ProductChange.Kind kind) {
    return switch (kind) {
      case CREATED -> "Created";
      case UPDATED -> "Updated by a file";
      case UNCHANGED -> "Came again, unchanged";
      case PUBLISHED -> "Published";
      case ARCHIVED -> "Archived";
      case RESTORED -> "Restored";
      case EDITED -> "Edited";
    };
  }

  private static Tone tone(ProductChange.Kind kind) {
    return switch (kind) {
      case CREATED, PUBLISHED, RESTORED -> Tone.GOOD;
      case UPDATED, EDITED -> Tone.INFO;
      case UNCHANGED, ARCHIVED -> Tone.QUIET;
    };
  }

  private static Icon icon(ProductChange.Kind kind) {
    return switch (kind) {
      case CREATED -> Icon.PLUS;
      case UPDATED, EDITED -> Icon.EDIT;
      case UNCHANGED -> Icon.DASH;
      case PUBLISHED, RESTORED -> Icon.CHECK;
      case ARCHIVED -> Icon.TRASH;
    };
  }
}

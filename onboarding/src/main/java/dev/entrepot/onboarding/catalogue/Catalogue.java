package dev.entrepot.onboarding.catalogue;

import dev.entrepot.model.Actor;
import dev.entrepot.model.Page;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The catalogue. Changes are recorded as activities and in the product's history. Safe for use by
/// many threads.
public interface Catalogue {
  /// Which products to list.
  ///
  /// @param text found in SKU, vendor's product id (from the start) or name (anywhere), without
  ///   case
  record Query(
      @Nullable String vendor,
      @Nullable String category,
      @Nullable ProductState state,
      @Nullable String text) {
    public static final Query ALL = new Query(null, null, null, null);
  }

  /// An exchange rate: how many units of `target` one unit of `source` buys.
  record Rate(String source, String target, BigDecimal rate, Instant updatedAt) {}

  /// Products, newest first.
  Page<Product> products(Query query, @Nullable String cursor, int size);

  /// Every product that fits, oldest first, streamed from the database.
  void forEach(Query query, Consumer<Product> consumer);

  /// The products of a query that follow another in the order of their ids, at most so many, and
  /// fewer when they are heavy. One that is made meanwhile follows all others; changes move none.
  ///
  /// @param changedSince only products changed at or after this; null: all
  /// @param after the cursor of the page before; null: from the first
  Page<Product> following(
      Query query, @Nullable Instant changedSince, @Nullable String after, int most);

  /// The names of all custom columns that products of a query have, in alphabetical order.
  List<String> customColumns(Query query);

  Optional<Product> find(long id);

  /// A product by its SKU, whatever its vendor.
  Optional<Product> findBySku(String sku);

  /// A product's whole story, oldest first, its creation being the first entry.
  List<ProductChange> history(long id);

  /// Takes products out of sale (they stay in the catalogue, and their keys stay taken).
  void archive(Actor actor, long id);

  void restore(Actor actor, long id);

  /// Publishes a scheduled product now.
  void publish(Actor actor, long id);

  /// Publishes every scheduled product whose time has come.
  ///
  /// @return how many
  int publishDue();

  /// All categories, by name, with the number of their products: a count over the whole catalogue.
  List<Category> categories();

  /// The active categories as rows are checked against them. Cheap, whatever the catalogue's size.
  CategoryIndex categoryIndex();

  Category createCategory(Actor actor, String code, String name, @Nullable String parent);

  Category updateCategory(
      Actor actor, String code, String name, @Nullable String parent, boolean active);

  List<Rate> rates();

  /// Sets or replaces a rate; the catalogue's own currency is the target of those used by uploads.
  void setRate(Actor actor, String source, String target, BigDecimal rate);

  void removeRate(Actor actor, String source, String target);

  /// The currency the catalogue's prices are in.
  String currency();
}

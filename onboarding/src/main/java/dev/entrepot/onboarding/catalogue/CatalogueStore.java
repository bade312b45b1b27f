package dev.entrepot.onboarding.catalogue;

import dev.entrepot.ledger.ActivityLog;
import dev.entrepot.model.Actor;
import dev.entrepot.model.Page;
import dev.entrepot.onboarding.Cursor;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.StorableText;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The catalogue in the tables `product`, `product_change`, `category` and `exchange_rate`. Uploads
/// write `product` and `product_change` too, in bulk. Every change made here is one transaction
/// with its activity.
public final class CatalogueStore implements Catalogue {
  private static final int FETCH_SIZE = 1_000;

  private static final Sql FIND = Sql.of("select * from product where id = ?");

  private static final Sql FIND_BY_SKU = Sql.of("select * from product where sku = ?");

  private final Database database;
  private final String currency;
  private final ProductMoves moves;
  private final CategoryTable categories;
  private final RateStore rates;

  /// @param currency ISO 4217 code of the currency that the catalogue's prices are in
  /// @throws dev.entrepot.onboarding.OnboardingException INVALID when there is no such currency
  public CatalogueStore(Database database, ActivityLog activities, Clock clock, String currency) {
    RateStore.checkCurrency("currency", currency);
    this.database = database;
    this.currency = currency;
    this.moves = new ProductMoves(database, activities, clock);
    this.categories = new CategoryTable(database, activities, clock);
    this.rates = new RateStore(database, activities, clock);
  }

  /// A text is looked for from the newest product on; one that is rare is found only by reading
  /// them all.
  @Override
  public Page<Product> products(Query query, @Nullable String cursor, int size) {
    int lookAhead = Cursor.lookAhead(size);
    long below = Cursor.parse(cursor).map(Cursor::int8).orElse(Long.MAX_VALUE);
    Sql newest = new ProductSelection(query).newest(below, lookAhead);
    return database.read(connection ->
        Cursor.page(newest.list(connection, ProductRows::product), size, Product::id));
  }

  @Override
  public void forEach(Query query, Consumer<Product> consumer) {
    Sql all = new ProductSelection(query).all();
    database.read(connection -> {
      all.forEach(connection, FETCH_SIZE, ProductRows::product, consumer);
      return query;
    });
  }

  @Override
  public Page<Product> following(
      Query query, @Nullable Instant changedSince, @Nullable String after, int most) {
    long above = after == null ? 0 : new Cursor(after).int8();
    Sql following = new ProductSelection(query).following(changedSince, above, most);
    record Found(Product product, long among) {}
    List<Found> found =
        database.read(connection ->
            following.list(
                connection, row -> new Found(ProductRows.product(row), row.int8("among"))));
    boolean more = !found.isEmpty() && found.getFirst().among() > found.size();
    return new Page<>(
        found.stream().map(Found::product).toList(),
        more ? Long.toString(found.getLast().product().id()) : null);
  }

  @Override
  public List<String> customColumns(Query query) {
    Sql columns = new ProductSelection(query).customColumns();
    return database.read(connection -> columns.list(connection, row -> row.text("name")));
  }

  @Override
  public Optional<Product> find(long id) {
    return database.read(connection -> FIND.with(id).first(connection, ProductRows::product));
  }

  @Override
  public Optional<Product> findBySku(String sku) {
    if (!StorableText.accepts(sku)) {
      return Optional.empty();
    }
    return database.read(
        connection -> FIND_BY_SKU.with(sku).first(connection, ProductRows::product));
  }

  @Override
  public List<ProductChange> history(long id) {
    return database.read(connection -> ProductHistory.read(connection, id));
  }

  @Override
  public void archive(Actor actor, long id) {
    moves.move(actor, id, ProductMoves.Move.ARCHIVE);
  }

  /// Back to where it was: published, or scheduled when its time has not come yet.
  @Override
  public void restore(Actor actor, long id) {
    moves.move(actor, id, ProductMoves.Move.RESTORE);
  }

  @Override
  public void publish(Actor actor, long id) {
    moves.move(actor, id, ProductMoves.Move.PUBLISH);
  }

  /// In transactions of 10,000; products that an upload is changing right now are left for the next
  /// call.
  @Override
  public int publishDue() {
    return moves.publishDue();
  }

  @Override
  public List<Category> categories() {
    return categories.list();
  }

  @Override
  public CategoryIndex categoryIndex() {
    return new CategoryIndex(categories.listUncounted());
  }

  @Override
  public Category createCategory(Actor actor, String code, String name, @Nullable String parent) {
    return categories.create(actor, code, name, parent);
  }

  @Override
  public Category updateCategory(
      Actor actor, String code, String name, @Nullable String parent, boolean active) {
    return categories.update(actor, code, name, parent, active);
  }

  @Override
  public List<Rate> rates() {
    return rates.list();
  }

  @Override
  public void setRate(Actor actor, String source, String target, BigDecimal rate) {
    rates.set(actor, source, target, rate);
  }

  @Override
  public void removeRate(Actor actor, String source, String target) {
    rates.remove(actor, source, target);
  }

  @Override
  public String currency() {
    return currency;
  }
}

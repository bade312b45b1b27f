package dev.entrepot.onboarding.publishing;

import dev.entrepot.contract.ReadingHarness;
import dev.entrepot.kit.outbound.Topics;
import dev.entrepot.kit.outbound.WebhookReach;
import dev.entrepot.ledger.ActivityLog;
import dev.entrepot.model.Actor;
import dev.entrepot.onboarding.catalogue.CatalogueStore;
import dev.entrepot.onboarding.vendors.VendorDraft;
import dev.entrepot.onboarding.vendors.VendorStore;
import dev.entrepot.spi.record.Fields;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.SecretSeal;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.TestDatabase;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A catalogue of its own, with products of one vendor.
final class CatalogueShop implements ReadingHarness {
  static final Actor ANNA = new Actor(Actor.Kind.USER, "anna@example.com");

  private final Database database = TestDatabase.fresh();
  private final ActivityLog activities = new ActivityLog(database);
  final CatalogueStore catalogue =
      new CatalogueStore(database, activities, Clock.systemUTC(), "EUR");
  private final VendorStore vendors =
      new VendorStore(
          database,
          activities,
          Clock.systemUTC(),
          new SecretSeal(new byte[32]),
          WebhookReach.PRIVATE_TOO,
          Topics.none());
  private final List<Long> ids = new ArrayList<>();

  CatalogueSourceFactory factory() {
    return new CatalogueSourceFactory(catalogue, vendors);
  }

  /// Puts a product into its table as uploads do.
  long product(String vendor, String sku, String state) {
    long id =
        database.write(transaction ->
            Sql.of(
                    """
                    insert into product (vendor, vendor_product_id, sku, name, slug, category, price,
                      currency, stock_quantity, custom, state, publish_at)
                    values (?, ?, ?, ?, ?, 'toys', 9.5, 'EUR', 3, '{"ean": "7702001042470"}', ?,
                      now() + interval '1 day')
                    returning id
                    """)
                .with(vendor, "no-" + sku, sku, "Product " + sku, "slug-" + sku, state)
                .one(transaction, row -> row.int8("id")));
    ids.add(id);
    return id;
  }

  /// A product's number by its id.
  int number(long id) {
    return ids.indexOf(id);
  }

  void vendor(String code) {
    vendors.create(ANNA, VendorDraft.of(code, code));
  }

  @Override
  public Fields credentials() {
    return Fields.EMPTY;
  }

  @Override
  public void fill(int count) {
    for (int i = 0; i < count; i++) {
      var _ = product("VEND001", "sku-" + ids.size(), "published");
    }
  }

  @Override
  public String key(Fields fields) {
    return fields.text("sku").orElseThrow();
  }

  @Override
  public Instant change(int number) {
    return database.write(transaction ->
        Sql.of(
                "update product set stock_quantity = stock_quantity + 1, updated_at = now()"
                    + " where id = ? returning updated_at")
            .with(ids.get(number))
            .one(transaction, row -> row.instant("updated_at")));
  }

  /// Gives every product a custom column of some length.
  void heavy(int characters) {
    int _ =
        database.write(transaction ->
            Sql.of("update product set custom = jsonb_build_object('text', repeat('x', ?))")
                .with(characters)
                .update(transaction));
  }

  /// Takes it out of sale.
  @Override
  public Optional<String> remove(int number) {
    long id = ids.get(number);
    catalogue.archive(ANNA, id);
    return catalogue.find(id).map(product -> product.sku());
  }

  @Override
  public void close() {
    database.close();
  }
}

package dev.entrepot.onboarding.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.entrepot.ledger.ActivityLog;
import dev.entrepot.model.Actor;
import dev.entrepot.model.Page;
import dev.entrepot.model.SortableId;
import dev.entrepot.onboarding.OnboardingException;
import dev.entrepot.onboarding.OnboardingException.Code;
import dev.entrepot.onboarding.catalogue.Catalogue.Query;
import dev.entrepot.onboarding.catalogue.ProductChange.FieldChange;
import dev.entrepot.onboarding.catalogue.ProductChange.Kind;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.TestDatabase;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CatalogueStoreTest {
  private static final Actor ANNA = new Actor(Actor.Kind.USER, "anna@example.com");
  private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

  private final Database database = TestDatabase.fresh();
  private final ActivityLog activities = new ActivityLog(database);
  private final CatalogueStore catalogue =
      new CatalogueStore(database, activities, Clock.fixed(NOW, ZoneOffset.UTC), "EUR");
  private final Shelf shelf = new Shelf(database);

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aProductIsFoundByIdAndBySku() {
    long id = shelf.product("SKU-1", "Blue Widget", "toys");
    Product product = catalogue.findBySku("SKU-1").orElseThrow();
    assertThat(catalogue.find(id)).contains(product);
    assertThat(product.custom()).containsEntry("colour", "blå");
    assertThat(product.price()).isEqualTo(new BigDecimal("9.50"));
    assertThat(product.state()).isEqualTo(ProductState.PUBLISHED);
    assertThat(catalogue.findBySku("sku-1")).isEmpty();
    assertThat(catalogue.findBySku("\0")).isEmpty();
    assertThat(catalogue.find(-1)).isEmpty();
  }

  @Test
  void productsAreListedNewestFirstInPages() {
    for (int i = 0; i < 7; i++) {
      shelf.product("S" + i, "Name", "toys");
    }
    List<String> skus = new ArrayList<>();
    String cursor = null;
    do {
      Page<Product> page = catalogue.products(Query.ALL, cursor, 3);
      page.items().forEach(product -> skus.add(product.sku()));
      cursor = page.next();
    } while (cursor != null);
    assertThat(skus).containsExactly("S6", "S5", "S4", "S3", "S2", "S1", "S0");
  }

  @Test
  void filters() {
    shelf.product("RED-1", "Red 100% wool", "toys");
    shelf.product("BLUE-1", "Blue under_score", "garden");
    shelf.scheduled("NEW-1", NOW);
    assertThat(skus(new Query("VEND001", null, null, null))).hasSize(3);
    assertThat(skus(new Query("VEND002", null, null, null))).isEmpty();
    assertThat(skus(new Query(null, "garden", null, null))).containsExactly("BLUE-1");
    assertThat(skus(new Query(null, null, ProductState.SCHEDULED, null))).containsExactly("NEW-1");
    assertThat(skus(new Query(null, null, null, "red"))).containsExactly("RED-1");
    assertThat(skus(new Query(null, null, null, "ID-blu"))).containsExactly("BLUE-1");
    assertThat(skus(new Query(null, null, null, "WOOL"))).containsExactly("RED-1");
    assertThat(skus(new Query(null, null, null, "LUE-1"))).isEmpty();
    assertThat(skus(new Query(null, null, null, "0%"))).containsExactly("RED-1");
    assertThat(skus(new Query(null, null, null, "r_s"))).containsExactly("BLUE-1");
    assertThat(skus(new Query(null, null, null, "e_u"))).isEmpty();
    assertThat(skus(new Query(null, null, null, "\\"))).isEmpty();
    assertThat(skus(new Query(null, null, null, "'; drop table product; --"))).isEmpty();
    assertThat(skus(new Query("VEND001", "toys", ProductState.PUBLISHED, "red"))).hasSize(1);
  }

  private List<String> skus(Query query) {
    List<String> streamed = new ArrayList<>();
    catalogue.forEach(query, product -> streamed.addFirst(product.sku()));
    List<String> listed =
        catalogue.products(query, null, 100).items().stream().map(Product::sku).toList();
    assertThat(streamed).isEqualTo(listed);
    return listed;
  }

  @Test
  void historyBeginsWithTheUploadThatBroughtIt() {
    UUID upload = shelf.upload(SortableId.next());
    long id = shelf.product("SKU-1", "Name", "toys");
    shelf.run(
        Sql.of("update product set created_batch = ?, created_record = 7 where id = ?")
            .with(upload, id));
    shelf.run(
        Sql.of(
                """
                insert into product_change (product_id, kind, batch_id, record, actor, changes)
                values (?, 'updated', ?, 9, 'user:bob@example.com',
                  '[{"field": "price", "from": "9.50", "to": "8.00"},
                    {"field": "brand", "from": null, "to": "Acme"}]')
                """)
            .with(id, upload));
    List<ProductChange> story = catalogue.history(id);
    assertThat(story).extracting(ProductChange::kind).containsExactly(Kind.CREATED, Kind.UPDATED);
    assertThat(story.getFirst().actor()).isEqualTo("user:bob@example.com");
    assertThat(story.getFirst().batch()).isEqualTo(upload);
    assertThat(story.getFirst().record()).isEqualTo(7);
    assertThat(story.getLast().changes())
        .containsExactly(
            new FieldChange("price", "9.50", "8.00"), new FieldChange("brand", null, "Acme"));
    refused(Code.NOT_FOUND, null, () -> catalogue.history(id + 1));
  }

  @Test
  void aProductMadeByHandHasAStoryToo() {
    long id = shelf.product("SKU-1", "Name", "toys");
    assertThat(catalogue.history(id))
        .singleElement()
        .satisfies(creation -> assertThat(creation.actor()).isEqualTo("system:catalogue"));
  }

  @Test
  void archivingAndRestoringAreToldInHistoryAndActivities() {
    long id = shelf.product("SKU-1", "Name", "toys");
    catalogue.archive(ANNA, id);
    assertThat(state(id)).isEqualTo(ProductState.ARCHIVED);
    refused(Code.CONFLICT, "state", () -> catalogue.archive(ANNA, id));
    catalogue.restore(ANNA, id);
    assertThat(state(id)).isEqualTo(ProductState.PUBLISHED);
    refused(Code.CONFLICT, "state", () -> catalogue.restore(ANNA, id));
    refused(Code.CONFLICT, "state", () -> catalogue.publish(ANNA, id));
    refused(Code.NOT_FOUND, null, () -> catalogue.archive(ANNA, id + 1));
    List<ProductChange> story = catalogue.history(id);
    assertThat(story)
        .extracting(ProductChange::kind)
        .containsExactly(Kind.CREATED, Kind.ARCHIVED, Kind.RESTORED);
    assertThat(story.get(1).changes())
        .containsExactly(new FieldChange("state", "published", "archived"));
    assertThat(story.get(1).at()).isEqualTo(NOW);
    assertThat(activities.list("product/" + id, null, null, 10).items())
        .extracting(ActivityLog.Activity::action)
        .containsExactly("product.restore", "product.archive");
  }

  @Test
  void aScheduledProductWaitsAgainWhenRestoredUnlessItWasPublishedMeanwhile() {
    long id = shelf.scheduled("SKU-1", NOW.plus(Duration.ofDays(1)));
    catalogue.archive(ANNA, id);
    catalogue.restore(ANNA, id);
    assertThat(state(id)).isEqualTo(ProductState.SCHEDULED);
    catalogue.publish(ANNA, id);
    assertThat(state(id)).isEqualTo(ProductState.PUBLISHED);
    catalogue.archive(ANNA, id);
    catalogue.restore(ANNA, id);
    assertThat(state(id)).isEqualTo(ProductState.PUBLISHED);
  }

  @Test
  void whatIsDueIsPublishedOnce() {
    long due = shelf.scheduled("DUE", NOW);
    long later = shelf.scheduled("LATER", NOW.plusSeconds(1));
    assertThat(catalogue.publishDue()).isEqualTo(1);
    assertThat(catalogue.publishDue()).isZero();
    assertThat(state(due)).isEqualTo(ProductState.PUBLISHED);
    assertThat(state(later)).isEqualTo(ProductState.SCHEDULED);
    assertThat(catalogue.history(due).getLast())
        .isEqualTo(
            new ProductChange(
                Kind.PUBLISHED,
                NOW,
                "system:catalogue",
                null,
                null,
                null,
                List.of(new FieldChange("state", "scheduled", "published"))));
  }

  @Test
  void manyAreDueAtOnce() {
    shelf.scheduledMany(20_001, NOW);
    assertThat(catalogue.publishDue()).isEqualTo(20_001);
    assertThat(shelf.count(Sql.of("select count(distinct product_id) from product_change")))
        .isEqualTo(20_001);
  }

  @Test
  void whatAnUploadHoldsIsLeftForTheNextTime() {
    long held = shelf.scheduled("HELD", NOW);
    shelf.scheduled("FREE", NOW);
    int published =
        database.write(transaction -> {
          Sql.of("update product set stock_quantity = 0 where id = ?")
              .with(held)
              .updateOne(transaction);
          return catalogue.publishDue();
        });
    assertThat(published).isEqualTo(1);
    assertThat(catalogue.publishDue()).isEqualTo(1);
  }

  @Test
  void anUnknownCurrencyIsRefused() {
    refused(
        Code.INVALID,
        "currency",
        () -> new CatalogueStore(database, activities, Clock.systemUTC(), "EURO"));
    assertThat(catalogue.currency()).isEqualTo("EUR");
  }

  @Test
  void rates() {
    catalogue.setRate(ANNA, "USD", "EUR", new BigDecimal("0.9"));
    catalogue.setRate(ANNA, "USD", "EUR", new BigDecimal("0.91"));
    catalogue.setRate(ANNA, "GBP", "EUR", new BigDecimal("1.15"));
    assertThat(catalogue.rates())
        .containsExactly(
            new Catalogue.Rate("GBP", "EUR", new BigDecimal("1.15"), NOW),
            new Catalogue.Rate("USD", "EUR", new BigDecimal("0.91"), NOW));
    catalogue.removeRate(ANNA, "GBP", "EUR");
    refused(Code.NOT_FOUND, null, () -> catalogue.removeRate(ANNA, "GBP", "EUR"));
    assertThat(catalogue.rates()).hasSize(1);
    assertThat(activities.list("rate/", null, null, 10).items())
        .extracting(ActivityLog.Activity::action)
        .containsExactly("rate.remove", "rate.set", "rate.set", "rate.set");
    BigDecimal one = BigDecimal.ONE;
    refused(Code.INVALID, "source", () -> catalogue.setRate(ANNA, "usd", "EUR", one));
    refused(Code.INVALID, "target", () -> catalogue.setRate(ANNA, "USD", "XXX", one));
    refused(Code.INVALID, "target", () -> catalogue.setRate(ANNA, "USD", "USD", one));
    refused(Code.INVALID, "rate", () -> catalogue.setRate(ANNA, "USD", "EUR", BigDecimal.ZERO));
    refused(
        Code.INVALID, "rate", () -> catalogue.setRate(ANNA, "USD", "EUR", new BigDecimal("1E-20")));
  }

  private ProductState state(long id) {
    return catalogue.find(id).orElseThrow().state();
  }

  private static void refused(Code code, @Nullable String field, Runnable work) {
    assertThatExceptionOfType(OnboardingException.class)
        .isThrownBy(work::run)
        .satisfies(refusal -> {
          assertThat(refusal.code()).isEqualTo(code);
          assertThat(refusal.field()).isEqualTo(field);
        });
  }
}

package dev.entrepot.onboarding.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.ledger.ActivityLog;
import dev.entrepot.model.Actor;
import dev.entrepot.onboarding.OnboardingException;
import dev.entrepot.onboarding.mapping.Mapping.FieldMapping;
import dev.entrepot.onboarding.mapping.Mappings.Stored;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MappingStoreTest {
  private static final Actor ANNA = new Actor(Actor.Kind.USER, "anna@example.com");
  private static final List<String> HEADER =
      List.of("ID", "Name", "Category", "SKU", "Price", "Stock");

  private final Database database = TestDatabase.fresh();
  private final ActivityLog activities = new ActivityLog(database);
  private final MappingStore store = new MappingStore(database, activities);

  @BeforeEach
  void addVendors() {
    for (String code : List.of("VEND001", "VEND002")) {
      int added =
          database.write(connection ->
              Sql.of(
                      """
                      insert into vendor (code, name, status, currency, known_key, approval,
                        max_file_bytes, max_file_rows, max_uploads_per_day, max_rows_per_day,
                        phone_region)
                      values (?, ?, 'active', 'USD', 'reject', 'automatic', 1, 1, 1, 1, 'US')
                      """)
                  .with(code, code)
                  .update(connection));
      assertThat(added).isEqualTo(1);
    }
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void remembersAMappingForALayoutInAnyOrderAndSpelling() {
    Stored stored = store.save(ANNA, "VEND001", HEADER, suggested());

    assertThat(stored.revision()).isEqualTo(1);
    assertThat(stored.createdBy()).isEqualTo("user:anna@example.com");
    assertThat(store.find(stored.id())).contains(stored);
    List<String> shuffled = List.of("sku", "NAME", "id", "stock", "category ", "price");
    assertThat(store.remembered("VEND001", shuffled)).contains(stored);
    assertThat(store.suggest("VEND001", shuffled, List.of()))
        .isEqualTo(
            new Mappings.Suggestion(
                stored.mapping(),
                "remembered",
                List.of(),
                List.of(),
                List.of(),
                Mappings.Ground.KEPT));
    assertThat(store.remembered("VEND002", HEADER)).isEmpty();
    assertThat(store.remembered("VEND001", List.of("ID", "Name"))).isEmpty();
    assertThat(store.find(new UUID(0, 0))).isEmpty();
  }

  @Test
  void keepsRevisionsAndTheNewestIsInForce() {
    Stored first = store.save(ANNA, "VEND001", HEADER, suggested());
    Stored second = store.save(ANNA, "VEND001", HEADER, renamed("Second"));
    Stored other = store.save(ANNA, "VEND002", HEADER, suggested());

    assertThat(second.revision()).isEqualTo(2);
    assertThat(store.remembered("VEND001", HEADER)).contains(second);
    assertThat(store.list("VEND001", null)).containsExactly(second);
    assertThat(store.list(null, null)).containsExactly(other, second);
    assertThat(store.list("VEND001", first.layout())).containsExactly(second, first);
    assertThat(store.list(null, first.layout())).containsExactly(other, second, first);
  }

  @Test
  void countsRevisionsWithoutHolesWhenManyWrite() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Stored>> saves = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        saves.add(() -> store.save(ANNA, "VEND001", HEADER, suggested()));
      }
      List<Integer> revisions = new ArrayList<>();
      for (Future<Stored> saved : threads.invokeAll(saves)) {
        revisions.add(saved.get().revision());
      }
      assertThat(revisions).containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
    }
  }

  @Test
  void recordsWhoSavedWhat() {
    Stored stored = store.save(ANNA, "VEND001", HEADER, suggested());

    assertThat(activities.list("mapping/", null, null, 10).items())
        .singleElement()
        .satisfies(activity -> {
          assertThat(activity.action()).isEqualTo("mapping.save");
          assertThat(activity.subject()).isEqualTo("mapping/" + stored.id());
          assertThat(activity.actor()).isEqualTo("user:anna@example.com");
          assertThat(activity.details()).contains("VEND001");
        });
  }

  @Test
  void refusesWhatCannotWork() {
    assertThatThrownBy(() -> store.save(ANNA, "NOBODY", HEADER, suggested()))
        .isInstanceOfSatisfying(
            OnboardingException.class,
            e -> assertThat(e.code()).isEqualTo(OnboardingException.Code.NOT_FOUND))
        .hasMessage("there is no vendor NOBODY");
    assertThatThrownBy(() -> store.save(ANNA, "VEND001", HEADER, renamed(" ")))
        .hasMessageContaining("needs a name");
    assertThatThrownBy(() -> store.save(ANNA, "VEND001", List.of("ID"), suggested()))
        .hasMessageContaining("has no column");
    Mapping partial =
        new Mapping(
            "partial",
            Mapping.DecimalStyle.POINT,
            List.of(FieldMapping.direct(Field.SKU, "SKU")),
            java.util.Map.of(),
            Mapping.UnknownColumns.IGNORE,
            List.of(),
            null,
            List.of(),
            null);
    assertThatThrownBy(() -> store.save(ANNA, "VEND001", HEADER, partial))
        .hasMessage(
            "the mapping leaves vendor_product_id, product_name, category, price, stock_quantity without a column: choose one, or a fallback");
    assertThat(store.list(null, null)).isEmpty();
  }

  private Mapping suggested() {
    return store.suggest("NOBODY", HEADER, List.of()).mapping();
  }

  private Mapping renamed(String name) {
    Mapping mapping = suggested();
    return new Mapping(
        name,
        mapping.decimal(),
        mapping.fields(),
        mapping.custom(),
        mapping.unknown(),
        mapping.fillDown(),
        mapping.fillDownBy(),
        mapping.skipWhenBlank(),
        mapping.skipReason());
  }
}

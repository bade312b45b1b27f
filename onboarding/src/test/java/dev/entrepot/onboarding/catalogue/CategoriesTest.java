package dev.entrepot.onboarding.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.entrepot.ledger.ActivityLog;
import dev.entrepot.model.Actor;
import dev.entrepot.onboarding.OnboardingException;
import dev.entrepot.onboarding.OnboardingException.Code;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.TestDatabase;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CategoriesTest {
  private static final Actor ANNA = new Actor(Actor.Kind.USER, "anna@example.com");
  private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

  private final Database database = TestDatabase.fresh();
  private final ActivityLog activities = new ActivityLog(database);
  private final CatalogueStore catalogue =
      new CatalogueStore(database, activities, Clock.fixed(NOW, ZoneOffset.UTC), "EUR");

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void categoriesByNameWithTheirProducts() {
    catalogue.createCategory(ANNA, "toys", "Toys", null);
    catalogue.createCategory(ANNA, "outdoor-toys", " outdoor Toys ", "toys");
    Shelf shelf = new Shelf(database);
    shelf.product("A", "A", "toys");
    shelf.product("B", "B", "toys");
    assertThat(catalogue.categories())
        .containsExactly(
            new Category("outdoor-toys", "outdoor Toys", "toys", true, 0, NOW),
            new Category("toys", "Toys", null, true, 2, NOW));
    assertThat(catalogue.updateCategory(ANNA, "toys", "Toys", null, false))
        .isEqualTo(new Category("toys", "Toys", null, false, 2, NOW));
    assertThat(catalogue.find(1).orElseThrow().category()).isEqualTo("toys");
    assertThat(catalogue.categoryIndex().codeOf("TOYS")).isNull();
    assertThat(catalogue.categoryIndex().codeOf("Outdoor toys")).isEqualTo("outdoor-toys");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Toys", "-toys", "toys-", "to--ys", "to ys", "spielwären", "a/b"})
  void codes(String code) {
    refused(Code.INVALID, "code", () -> catalogue.createCategory(ANNA, code, "Name", null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "a\nb", "a\0b"})
  void names(String name) {
    refused(Code.INVALID, "name", () -> catalogue.createCategory(ANNA, "code", name, null));
    refused(Code.INVALID, "name", () -> catalogue.createCategory(ANNA, "a", "x".repeat(101), null));
  }

  @Test
  void neitherCodeNorNameMayStandForTwo() {
    catalogue.createCategory(ANNA, "toys", "Spielwären", null);
    catalogue.createCategory(ANNA, "garden", "Garden", null);
    refused(Code.CONFLICT, "code", () -> catalogue.createCategory(ANNA, "toys", "Other", null));
    refused(Code.CONFLICT, "name", () -> catalogue.createCategory(ANNA, "t2", "SPIELWÄREN", null));
    refused(Code.CONFLICT, "name", () -> catalogue.createCategory(ANNA, "t2", "Toys", null));
    refused(
        Code.CONFLICT, "name", () -> catalogue.updateCategory(ANNA, "toys", "GARDEN", null, true));
    assertThat(catalogue.updateCategory(ANNA, "toys", "TOYS", null, true).name()).isEqualTo("TOYS");
    refused(Code.CONFLICT, "code", () -> catalogue.createCategory(ANNA, "toys", "Else", null));
  }

  @Test
  void parentsExistAndMakeNoCircle() {
    catalogue.createCategory(ANNA, "a", "A", null);
    catalogue.createCategory(ANNA, "b", "B", "a");
    catalogue.createCategory(ANNA, "c", "C", "b");
    refused(Code.INVALID, "parent", () -> catalogue.createCategory(ANNA, "d", "D", "none"));
    refused(Code.INVALID, "parent", () -> catalogue.createCategory(ANNA, "d", "D", "d"));
    refused(Code.INVALID, "parent", () -> catalogue.updateCategory(ANNA, "a", "A", "c", true));
    refused(Code.INVALID, "parent", () -> catalogue.updateCategory(ANNA, "a", "A", "a", true));
    assertThat(catalogue.updateCategory(ANNA, "c", "C", "a", true).parent()).isEqualTo("a");
    refused(Code.NOT_FOUND, null, () -> catalogue.updateCategory(ANNA, "x", "X", null, true));
  }

  @Test
  void changesAreActivities() {
    catalogue.createCategory(ANNA, "a", "A", null);
    catalogue.updateCategory(ANNA, "a", "B", null, false);
    catalogue.updateCategory(ANNA, "a", "B", null, false);
    assertThat(activities.list("category/a", null, null, 10).items())
        .extracting(ActivityLog.Activity::action)
        .containsExactly("category.update", "category.create");
  }

  @Test
  void twoAtOnceCannotMakeACircle() throws Exception {
    catalogue.createCategory(ANNA, "a", "A", null);
    catalogue.createCategory(ANNA, "b", "B", null);
    List<Callable<Boolean>> moves =
        List.of(
            () -> succeeds(() -> catalogue.updateCategory(ANNA, "a", "A", "b", true)),
            () -> succeeds(() -> catalogue.updateCategory(ANNA, "b", "B", "a", true)));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      int succeeded = 0;
      for (Future<Boolean> move : threads.invokeAll(moves)) {
        succeeded += move.get() ? 1 : 0;
      }
      assertThat(succeeded).isEqualTo(1);
    }
    assertThat(
            new Shelf(database)
                .count(Sql.of("select count(*) from category where parent is not null")))
        .isEqualTo(1);
  }

  private static boolean succeeds(Runnable work) {
    try {
      work.run();
      return true;
    } catch (OnboardingException e) {
      return false;
    }
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

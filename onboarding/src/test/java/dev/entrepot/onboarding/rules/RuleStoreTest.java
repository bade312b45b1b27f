package dev.entrepot.onboarding.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.ledger.ActivityLog;
import dev.entrepot.model.Actor;
import dev.entrepot.onboarding.OnboardingException;
import dev.entrepot.onboarding.mapping.Field;
import dev.entrepot.onboarding.mapping.MappedRow;
import dev.entrepot.onboarding.rules.VendorRules.Draft;
import dev.entrepot.onboarding.rules.VendorRules.Rule;
import dev.entrepot.onboarding.rules.VendorRules.Severity;
import dev.entrepot.onboarding.rules.VendorRules.Trial;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.TestDatabase;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RuleStoreTest {
  private static final Actor ANNA = new Actor(Actor.Kind.USER, "anna@example.com");
  private static final UUID UPLOAD = new UUID(0, 7);

  private final Database database = TestDatabase.fresh();
  private final ActivityLog activities = new ActivityLog(database);
  private final RuleStore store =
      new RuleStore(
          database,
          activities,
          (vendor, rows, visitor) -> {
            for (int i = 1; i <= Math.min(rows, 300); i++) {
              visitor.visit(UPLOAD, i, i + 1, row(i));
            }
            return 2;
          });

  @BeforeEach
  void addVendor() {
    int added =
        database.write(connection ->
            Sql.of(
                    """
                    insert into vendor (code, name, status, currency, known_key, approval,
                      max_file_bytes, max_file_rows, max_uploads_per_day, max_rows_per_day,
                      phone_region)
                    select code, code, 'active', 'USD', 'reject', 'automatic', 1, 1, 1, 1, 'US'
                    from unnest(array['VEND001', 'VEND002']) code
                    """)
                .update(connection));
    assertThat(added).isEqualTo(2);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void keepsChangesAndDeletesRules() {
    Rule created = store.create(ANNA, draft("VEND001", "Margin", "price > cost * 1.1"));
    assertThat(created.version()).isEqualTo(1);
    assertThat(store.find(created.id())).contains(created);

    Draft changed = draft(null, "Margin", "price > cost * 1.2");
    Rule updated = store.update(ANNA, created.id(), changed, 1);
    assertThat(updated.version()).isEqualTo(2);
    assertThat(updated.draft()).isEqualTo(changed);
    assertThat(store.find(created.id())).contains(updated);

    store.delete(ANNA, created.id());
    assertThat(store.find(created.id())).isEmpty();
    assertThat(activities.list("rule/", null, null, 10).items())
        .extracting(ActivityLog.Activity::action)
        .containsExactly("rule.delete", "rule.update", "rule.create");
  }

  @Test
  void tellsWhoLostARace() {
    Rule created = store.create(ANNA, draft(null, "Margin", "price > 1"));
    Draft changed = draft(null, "Margin", "price > 2");
    Rule updated = store.update(ANNA, created.id(), changed, 1);
    assertThat(updated.version()).isEqualTo(2);

    assertFails(
        () -> store.update(ANNA, created.id(), changed, 1),
        OnboardingException.Code.CONFLICT,
        "rule \"Margin\" is at version 2, not 1");
    UUID nobody = new UUID(0, 0);
    assertFails(
        () -> store.update(ANNA, nobody, draft(null, "Other", "price > 2"), 1),
        OnboardingException.Code.NOT_FOUND,
        "there is no rule " + nobody);
    assertFails(
        () -> store.delete(ANNA, nobody), OnboardingException.Code.NOT_FOUND, "there is no rule");
  }

  @Test
  void listsAVendorsRulesAndThoseForEverybody() {
    Rule all = store.create(ANNA, draft(null, "A", "price > 1"));
    Rule one = store.create(ANNA, draft("VEND001", "B", "price > 1"));
    Rule two = store.create(ANNA, draft("VEND002", "B", "price > 1"));

    assertThat(store.list("VEND001")).containsExactly(all, one);
    assertThat(store.list(null)).containsExactly(all, one, two);
  }

  @Test
  void keepsCodesApart() {
    Rule taken = store.create(ANNA, draft("VEND001", "Margin too small", "price > 1"));
    assertThat(taken.draft().name()).isEqualTo("Margin too small");

    assertFails(
        () -> store.create(ANNA, draft(null, "margin-too-small", "price > 1")),
        OnboardingException.Code.CONFLICT,
        "the rule \"Margin too small\" of VEND001 has the same code MARGIN_TOO_SMALL");
    assertFails(
        () -> store.create(ANNA, draft("VEND001", "Invalid price", "price > 1")),
        OnboardingException.Code.INVALID,
        "is the name of a built-in rule");
    assertThat(store.update(ANNA, taken.id(), taken.draft(), 1).version()).isEqualTo(2);
  }

  @Test
  void refusesWhatCannotWork() {
    assertFails(
        () -> store.create(ANNA, draft("NOBODY", "A", "price > 1")),
        OnboardingException.Code.NOT_FOUND,
        "there is no vendor NOBODY");
    assertFails(
        () -> store.create(ANNA, draft(null, "A", "price >")),
        OnboardingException.Code.INVALID,
        "the expression is wrong");
    assertFails(
        () -> store.create(ANNA, draft(null, "!", "price > 1")),
        OnboardingException.Code.INVALID,
        "needs letters");
    assertFails(
        () -> store.create(ANNA, new Draft(null, "A", "price > 1", " ", null, Severity.WARN, true)),
        OnboardingException.Code.INVALID,
        "must tell the supplier");
    assertFails(
        () ->
            store.create(ANNA, new Draft(null, "A", "price > 1", "m", "cost", Severity.WARN, true)),
        OnboardingException.Code.INVALID,
        "there is no field \"cost\" to mark");
    assertThat(store.list(null)).isEmpty();
  }

  @Test
  void checksExpressions() {
    assertThat(store.check("price > cost * 1.1").valid()).isTrue();
    assertThat(store.check("price >").error()).contains("at character");
  }

  @Test
  void triesExpressionsOnPastRows() {
    Trial trial = store.test(null, "price > cost * 2", 1000);

    assertThat(trial.rows()).isEqualTo(300);
    assertThat(trial.inapplicable()).isEqualTo(100);
    assertThat(trial.passed()).isEqualTo(100);
    assertThat(trial.errors()).isEqualTo(100);
    assertThat(trial.failed()).isEqualTo(100);
    assertThat(trial.absent()).isEmpty();
    assertThat(trial.filesElsewhere()).isEqualTo(2);
    assertThat(store.test(null, "price > cots * 2", 1000).absent()).containsExactly("cots");
    assertThat(trial.failures()).hasSize(100);
    assertThat(trial.failures().getFirst())
        .isEqualTo(
            new VendorRules.Failure(UPLOAD, 1, 2, "S-1", "cost = \"9\", price = \"10.00\"", null));
    assertThat(trial.failures().get(1).error()).contains("cost is \"n/a\"");
    assertThatThrownBy(() -> store.test(null, "price > 1", 0)).hasMessageContaining("rows is 0");
  }

  private static MappedRow row(int number) {
    Map<String, String> custom =
        switch (number % 3) {
          case 0 -> Map.of();
          case 1 -> Map.of("cost", "9");
          default -> Map.of("cost", "n/a");
        };
    return MappedRow.of(Map.of(Field.SKU, "S-" + number, Field.PRICE, "10.00"), custom);
  }

  private static Draft draft(@Nullable String vendor, String name, String expression) {
    return new Draft(vendor, name, expression, "mend it", "price", Severity.REJECT, true);
  }

  private static void assertFails(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call,
      OnboardingException.Code code,
      String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            OnboardingException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(message);
  }
}

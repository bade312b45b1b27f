package dev.entrepot.onboarding.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.entrepot.kit.outbound.Topics;
import dev.entrepot.kit.outbound.WebhookReach;
import dev.entrepot.ledger.ActivityLog;
import dev.entrepot.model.Actor;
import dev.entrepot.onboarding.OnboardingException;
import dev.entrepot.onboarding.OnboardingException.Code;
import dev.entrepot.onboarding.rules.VendorRules.Author;
import dev.entrepot.onboarding.rules.VendorRules.Draft;
import dev.entrepot.onboarding.rules.VendorRules.Rule;
import dev.entrepot.onboarding.rules.VendorRules.Severity;
import dev.entrepot.onboarding.vendors.VendorDraft;
import dev.entrepot.onboarding.vendors.VendorStore;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.SecretSeal;
import dev.entrepot.storage.TestDatabase;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A supplier has its own rules, and nobody else's.
class SupplierRulesTest {
  private static final Actor ANNA = new Actor(Actor.Kind.USER, "anna@example.com");
  private static final Actor SAM = new Actor(Actor.Kind.USER, "sam@own.example.com");

  private final Database database = TestDatabase.fresh();
  private final ActivityLog activities = new ActivityLog(database);
  private final List<String> tried = new ArrayList<>();
  private final RuleStore operator =
      new RuleStore(
          database,
          activities,
          (vendor, rows, visitor) -> {
            tried.add(vendor + " " + rows);
            return 0;
          });
  private final VendorRules supplier = operator.within("OWN");

  @BeforeEach
  void addVendors() {
    VendorStore vendors =
        new VendorStore(
            database,
            activities,
            Clock.systemUTC(),
            new SecretSeal(new byte[32]),
            WebhookReach.PUBLIC,
            Topics.none());
    vendors.create(ANNA, VendorDraft.of("OWN", "Own"));
    vendors.create(ANNA, VendorDraft.of("FOREIGN", "Foreign"));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static Draft draft(@Nullable String vendor, String name) {
    return new Draft(vendor, name, "price > 1", "raise it", "price", Severity.REJECT, true);
  }

  private static OnboardingException refused(ThrowingCallable work) {
    return catchThrowableOfType(OnboardingException.class, work);
  }

  @Test
  void aSupplierWritesRulesForItsOwnRows() {
    Rule rule = supplier.create(SAM, draft(null, "Not free"));
    assertThat(rule.draft().vendor()).isEqualTo("OWN");
    assertThat(rule.author()).isEqualTo(Author.SUPPLIER);
    assertThat(supplier.mayChange(rule)).isTrue();
    Rule changed = supplier.update(SAM, rule.id(), draft("OWN", "Not cheap"), rule.version());
    assertThat(changed.draft().name()).isEqualTo("Not cheap");
    supplier.delete(SAM, rule.id());
    assertThat(operator.list(null)).isEmpty();
  }

  @Test
  void itSeesOperatorsRulesAndChangesNone() {
    Rule common = operator.create(ANNA, draft(null, "For all"));
    Rule special = operator.create(ANNA, draft("OWN", "For one"));
    assertThat(supplier.list(null)).containsExactly(common, special);
    for (Rule rule : List.of(common, special)) {
      assertThat(supplier.mayChange(rule)).isFalse();
      assertThat(refused(() -> supplier.update(SAM, rule.id(), draft(null, "Mine"), 1)))
          .hasMessageContaining("was written by an operator");
      assertThat(refused(() -> supplier.delete(SAM, rule.id())).code()).isEqualTo(Code.INVALID);
      // What an operator wrote meanwhile: the statement itself looks once more.
      assertThat(refused(() -> operator.delete(SAM, rule.id(), "OWN")).code())
          .isEqualTo(Code.NOT_FOUND);
      assertThat(refused(() -> operator.update(SAM, rule.id(), draft("OWN", "Mine"), 1, "OWN")))
          .isNotNull();
    }
    assertThat(operator.list(null)).containsExactly(common, special);
  }

  @Test
  void otherVendorsDoNotExist() {
    Rule foreign = operator.within("FOREIGN").create(ANNA, draft(null, "Secret"));
    assertThat(supplier.list(null)).isEmpty();
    assertThat(supplier.find(foreign.id())).isEmpty();
    assertThat(
            List.of(
                refused(() -> supplier.update(SAM, foreign.id(), draft(null, "Mine"), 1)),
                refused(() -> supplier.delete(SAM, foreign.id())),
                refused(() -> supplier.create(SAM, draft("FOREIGN", "Spoil"))),
                refused(() -> supplier.list("FOREIGN")),
                refused(() -> supplier.test("FOREIGN", "price > 1", 10)),
                refused(() -> supplier.within("FOREIGN"))))
        .extracting(OnboardingException::code)
        .containsOnly(Code.NOT_FOUND);
    assertThat(operator.find(foreign.id())).contains(foreign);
    assertThat(tried).isEmpty();
  }

  @Test
  void aRuleThatAnOperatorGaveToEverybodyIsTheSuppliersNoMore() {
    Rule rule = supplier.create(SAM, draft(null, "Good idea"));
    Rule common = operator.update(ANNA, rule.id(), draft(null, "Good idea"), 1);
    assertThat(supplier.mayChange(common)).isFalse();
  }

  @Test
  void whatItTriesIsTriedOnItsOwnRowsAndBounded() {
    supplier.test(null, "price > 1", 10_000);
    assertThat(tried).containsExactly("OWN 10000");
    assertThat(refused(() -> supplier.test(null, "price > 1", 10_001)).field()).isEqualTo("rows");
  }

  @Test
  void itHasSoManyAndNoMore() {
    for (int i = 0; i < 50; i++) {
      supplier.create(SAM, draft(null, "Rule " + i));
    }
    assertThat(refused(() -> supplier.create(SAM, draft(null, "One more"))))
        .hasMessageContaining("OWN has 50 rules of its own");
    operator.create(ANNA, draft("OWN", "An operator's"));
  }
}

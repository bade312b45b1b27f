package dev.entrepot.onboarding.rules;

import dev.entrepot.model.Actor;
import dev.entrepot.onboarding.OnboardingException;
import dev.entrepot.onboarding.OnboardingException.Code;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The rules as a supplier has them: it sees those that check its rows, and changes those it wrote
/// itself. Other vendors' do not exist. That a rule is the supplier's own is checked once more in
/// the statement that changes it. Safe for use by many threads.
final class SupplierRules implements VendorRules {
  private static final int MOST_ROWS = 10_000;

  private final RuleStore store;
  private final String vendor;

  SupplierRules(RuleStore store, String vendor) {
    this.store = store;
    this.vendor = vendor;
  }

  @Override
  public Verdict check(String expression) {
    return store.check(expression);
  }

  @Override
  public Trial test(@Nullable String asked, String expression, int rows) {
    String own = own(asked);
    if (rows > MOST_ROWS) {
      throw new OnboardingException(
          Code.INVALID, "rows", "rows is %d: try from 1 to %d".formatted(rows, MOST_ROWS));
    }
    return store.test(own, expression, rows);
  }

  @Override
  public Rule create(Actor actor, Draft draft) {
    return store.create(actor, ownDraft(draft), Author.SUPPLIER);
  }

  @Override
  public Rule update(Actor actor, UUID id, Draft draft, int version) {
    requireOwn(id);
    return store.update(actor, id, ownDraft(draft), version, vendor);
  }

  @Override
  public void delete(Actor actor, UUID id) {
    requireOwn(id);
    store.delete(actor, id, vendor);
  }

  @Override
  public Optional<Rule> find(UUID id) {
    return store
        .find(id)
        .filter(rule -> rule.draft().vendor() == null || vendor.equals(rule.draft().vendor()));
  }

  @Override
  public List<Rule> list(@Nullable String asked) {
    return store.list(own(asked));
  }

  @Override
  public boolean mayChange(Rule rule) {
    return rule.author() == Author.SUPPLIER && vendor.equals(rule.draft().vendor());
  }

  @Override
  public VendorRules within(String other) {
    String _ = own(other);
    return this;
  }

  private void requireOwn(UUID id) {
    Rule rule = find(id).orElseThrow(() -> RuleStore.unknown(id));
    if (!mayChange(rule)) {
      throw new OnboardingException(
          Code.INVALID,
          "the rule \"%s\" was written by an operator; ask one to change it"
              .formatted(rule.draft().name()));
    }
  }

  private Draft ownDraft(Draft draft) {
    return new Draft(
        own(draft.vendor()),
        draft.name(),
        draft.expression(),
        draft.message(),
        draft.field(),
        draft.severity(),
        draft.active());
  }

  private String own(@Nullable String asked) {
    if (asked != null && !asked.equals(vendor)) {
      throw new OnboardingException(Code.NOT_FOUND, "there is no vendor " + asked);
    }
    return vendor;
  }
}

package dev.entrepot.onboarding.rules;

import dev.entrepot.onboarding.mapping.Field;
import dev.entrepot.onboarding.mapping.MappedRow;
import dev.entrepot.onboarding.rules.VendorRules.Failure;
import dev.entrepot.onboarding.rules.VendorRules.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An expression tried on past rows. Not thread-safe.
final class RuleTrial implements PastRows.PastRowVisitor {
  private static final int MOST_SHOWN = 100;

  private final CompiledRule rule;
  private final List<Failure> failures = new ArrayList<>();
  private final Set<String> absent;
  private long rows;
  private long passed;
  private long inapplicable;
  private long errors;

  RuleTrial(CompiledRule rule) {
    this.rule = rule;
    this.absent = rule.customColumns();
  }

  @Override
  public void visit(UUID upload, long record, long line, MappedRow row) {
    rows++;
    absent.removeIf(row.custom()::containsKey);
    switch (rule.evaluate(row)) {
      case RuleOutcome.Plain.PASSED -> passed++;
      case RuleOutcome.Plain.INAPPLICABLE -> {
        passed++;
        inapplicable++;
      }
      case RuleOutcome.Plain.FAILED -> show(upload, record, line, row, null);
      case RuleOutcome.Broken(String reason) -> {
        errors++;
        show(upload, record, line, row, reason);
      }
    }
  }

  private void show(UUID upload, long record, long line, MappedRow row, @Nullable String error) {
    if (failures.size() < MOST_SHOWN) {
      String sku = row.value(Field.SKU);
      failures.add(
          new Failure(upload, record, line, sku == null ? "" : sku, rule.valuesOf(row), error));
    }
  }

  /// @param filesElsewhere how many files were left out
  Trial result(int filesElsewhere) {
    return new Trial(
        rows,
        passed,
        rows - passed - errors,
        errors,
        inapplicable,
        List.copyOf(absent),
        filesElsewhere,
        List.copyOf(failures));
  }
}

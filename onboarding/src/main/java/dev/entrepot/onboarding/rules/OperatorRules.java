package dev.entrepot.onboarding.rules;

import dev.entrepot.onboarding.OnboardingException;
import dev.entrepot.onboarding.mapping.Field;
import dev.entrepot.onboarding.mapping.MappedRow;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The operators' active rules for one vendor, compiled. Immutable; safe for use by many threads.
final class OperatorRules {
  private record Active(
      CompiledRule compiled,
      String code,
      @Nullable Field field,
      String message,
      VendorRules.Severity severity) {}

  private final List<Active> rules;

  OperatorRules(List<VendorRules.Rule> rules) {
    this.rules =
        rules.stream()
            .map(VendorRules.Rule::draft)
            .filter(VendorRules.Draft::active)
            .map(OperatorRules::compile)
            .toList();
  }

  private static Active compile(VendorRules.Draft draft) {
    try {
      String column = draft.field();
      return new Active(
          CompiledRule.of(draft.expression()),
          RuleCodes.of(draft.name()),
          column == null ? null : Field.ofColumn(column).orElse(null),
          draft.message(),
          draft.severity());
    } catch (OnboardingException e) {
      throw new OnboardingException(
          e.code(),
          "rule \"%s\" cannot be used, mend or deactivate it: %s"
              .formatted(draft.name(), e.getMessage()),
          e);
    }
  }

  void check(MappedRow row, Findings findings) {
    for (Active rule : rules) {
      Optional<String> message =
          switch (rule.compiled().evaluate(row)) {
            case RuleOutcome.Plain.PASSED, RuleOutcome.Plain.INAPPLICABLE -> Optional.empty();
            case RuleOutcome.Plain.FAILED -> Optional.of(rule.message());
            case RuleOutcome.Broken(String reason) ->
                Optional.of(rule.message() + " (the rule could not be tried: " + reason + ")");
          };
      if (message.isPresent()) {
        Field field = rule.field();
        String value = field == null ? null : Words.kept(row.value(field));
        findings.add(rule.severity(), new Problem(rule.code(), field, message.get(), value, null));
      }
    }
  }
}

package dev.entrepot.onboarding.rules;

/// What an operator's rule says of a row.
sealed interface RuleOutcome {
  /// The outcomes that need no words.
  enum Plain implements RuleOutcome {
    PASSED,
    FAILED,
    /// The row lacks a number or column that the rule needs: it passes.
    INAPPLICABLE
  }

  /// The expression has no result though nothing it needs is absent: the row fails.
  record Broken(String reason) implements RuleOutcome {}
}

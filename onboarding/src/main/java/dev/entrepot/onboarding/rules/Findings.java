package dev.entrepot.onboarding.rules;

import dev.entrepot.onboarding.mapping.Field;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The problems of one row, gathered in the rules' order. Costs nothing while there are none. Not
/// thread-safe.
final class Findings {
  private @Nullable List<Problem> problems;
  private @Nullable List<Problem> warnings;

  void add(
      RuleCode code,
      Field field,
      String message,
      @Nullable String value,
      @Nullable String suggestion) {
    add(new Problem(code.name(), field, message, Words.kept(value), suggestion));
  }

  void add(Problem problem) {
    if (problems == null) {
      problems = new ArrayList<>();
    }
    problems.add(problem);
  }

  void add(VendorRules.Severity severity, Problem problem) {
    switch (severity) {
      case REJECT -> add(problem);
      case WARN -> {
        if (warnings == null) {
          warnings = new ArrayList<>();
        }
        warnings.add(problem);
      }
    }
  }

  List<Problem> problems() {
    return problems == null ? List.of() : problems;
  }

  List<Problem> warnings() {
    return warnings == null ? List.of() : warnings;
  }
}

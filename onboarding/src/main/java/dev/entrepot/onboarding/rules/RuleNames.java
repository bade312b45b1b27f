package dev.entrepot.onboarding.rules;

import dev.entrepot.onboarding.OnboardingException;
import dev.entrepot.onboarding.catalogue.EditDistance;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// The names an expression uses. A name that is not ours stands for a custom column of the file,
/// which cannot be known beforehand; so names that look like a slip of the pen are refused, for a
/// rule on a column that no file has would silently do nothing.
final class RuleNames {
  private RuleNames() {}

  static void require(Set<String> names) {
    if (names.isEmpty()) {
      throw invalid(
          "the expression reads no column, so it says the same of every row: name one, as in price > 0.5");
    }
    for (String name : names) {
      if (!RowVariables.FIELDS.containsKey(name) && !name.equals(RowVariables.CUSTOM)) {
        meant(name)
            .ifPresent(column -> {
              throw invalid(
                  "there is no column %s: did you mean %s? A column that the file's mapping keeps under that name is written custom[\"%s\"]"
                      .formatted(name, column, name));
            });
      }
    }
  }

  /// The column of ours that a name is a part of or a misspelling of.
  private static Optional<String> meant(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    Optional<String> part =
        RowVariables.FIELDS.keySet().stream()
            .filter(column -> lower.length() > 2)
            .filter(
                column -> column.equals(lower) || Arrays.asList(column.split("_")).contains(lower))
            .min(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()));
    if (part.isPresent()) {
      return part;
    }
    int limit = lower.length() < 5 ? 0 : lower.length() < 8 ? 1 : 2;
    return RowVariables.FIELDS.keySet().stream()
        .filter(column -> limit > 0 && EditDistance.within(lower, column, limit) <= limit)
        .min(
            Comparator.comparingInt((String column) -> EditDistance.within(lower, column, limit))
                .thenComparing(Comparator.naturalOrder()));
  }

  private static OnboardingException invalid(String message) {
    return new OnboardingException(OnboardingException.Code.INVALID, "expression", message);
  }
}

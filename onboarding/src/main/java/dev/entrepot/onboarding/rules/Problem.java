package dev.entrepot.onboarding.rules;

import dev.entrepot.onboarding.mapping.Field;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One failed rule of a row.
///
/// @param code a [RuleCode] or, for an operator's rule, its name in upper snake case
/// @param field the field at fault; null when it is the row as a whole
/// @param message names the value and what would be right
/// @param value the text that failed; null when there was none
/// @param suggestion a value that would pass, when one can be guessed
public record Problem(
    String code,
    @Nullable Field field,
    String message,
    @Nullable String value,
    @Nullable String suggestion) {

  /// The order in which a row's problems are told: built-in rules in theirs, operators' rules last.
  /// For sorting, which keeps problems of one rule as they came.
  public static final Comparator<Problem> RULE_ORDER = Comparator.comparing(Problem::place);

  private static final Map<String, RuleCode> BUILT_IN =
      Arrays.stream(RuleCode.values()).collect(Collectors.toUnmodifiableMap(Enum::name, c -> c));

  private RuleCode place() {
    return BUILT_IN.getOrDefault(code, RuleCode.VALUE_TOO_FAR);
  }
}

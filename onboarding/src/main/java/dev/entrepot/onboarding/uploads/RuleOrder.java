package dev.entrepot.onboarding.uploads;

import dev.entrepot.onboarding.rules.Problem;
import dev.entrepot.onboarding.rules.RuleCode;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/// The order in which the problems of a row are told: the built-in rules in theirs, then
/// operators'.
final class RuleOrder {
  private static final Map<String, Integer> RANKS = ranks();

  static final Comparator<Problem> BY_RULE =
      Comparator.comparingInt(problem -> RANKS.getOrDefault(problem.code(), RANKS.size()));

  private RuleOrder() {}

  private static Map<String, Integer> ranks() {
    Map<String, Integer> ranks = new HashMap<>();
    for (RuleCode code : RuleCode.values()) {
      ranks.put(code.name(), ranks.size());
    }
    return Map.copyOf(ranks);
  }
}

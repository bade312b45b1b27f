package dev.entrepot.onboarding.rules;

import dev.entrepot.onboarding.mapping.MappedRow;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A row and what the checks that need no catalogue keys say of it.
///
/// @param price null when it is missing or not valid
/// @param compareAtPrice null when it is absent or not valid
/// @param weightKg null when it is absent or not valid
/// @param stock 0 when it is missing or not valid
/// @param categoryCode null when it is missing or not valid
/// @param problems every failed rule, in the rules' order; empty: the row may be accepted
/// @param warnings failed rules that only mark a row
public record CheckedRow(
    MappedRow row,
    @Nullable BigDecimal price,
    @Nullable BigDecimal compareAtPrice,
    @Nullable BigDecimal weightKg,
    int stock,
    @Nullable String categoryCode,
    List<Problem> problems,
    List<Problem> warnings) {

  public CheckedRow {
    problems = List.copyOf(problems);
    warnings = List.copyOf(warnings);
  }

  /// The same with problems that were known before it was checked.
  public CheckedRow after(List<Problem> known) {
    if (known.isEmpty()) {
      return this;
    }
    List<Problem> all = new ArrayList<>(known);
    all.addAll(problems);
    return new CheckedRow(row, price, compareAtPrice, weightKg, stock, categoryCode, all, warnings);
  }
}

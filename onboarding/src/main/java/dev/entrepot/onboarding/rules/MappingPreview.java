package dev.entrepot.onboarding.rules;

import dev.entrepot.onboarding.mapping.Field;
import dev.entrepot.onboarding.mapping.MappedRow;
import dev.entrepot.onboarding.mapping.Mapping;
import dev.entrepot.onboarding.mapping.MappingPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What a mapping makes of sample rows, and what the checks say of the result. Keeps nothing. Safe
/// for use by many threads.
public final class MappingPreview {
  /// One row as a mapping turns it.
  ///
  /// @param source the cells as in the file
  /// @param values our fields, in template order; absent ones left out
  /// @param custom the kept columns
  /// @param problems what the checks say that need no catalogue
  /// @param skipped why the row is skipped, or null
  public record PreviewRow(
      long number,
      List<String> source,
      Map<Field, String> values,
      Map<String, String> custom,
      List<Problem> problems,
      @Nullable String skipped) {}

  private final Function<String, RowChecker> checkers;

  /// @param checkers the checks of a vendor's rows, by the vendor's code
  public MappingPreview(Function<String, RowChecker> checkers) {
    this.checkers = checkers;
  }

  /// Applies a mapping to sample rows.
  ///
  /// @throws dev.entrepot.onboarding.OnboardingException INVALID when the mapping names a column
  ///   the header does not have, or an expression does not compile; NOT_FOUND for the vendor
  public List<PreviewRow> rows(
      String vendor, Mapping mapping, List<String> header, List<List<String>> rows) {
    MappingPlan.Cursor cursor = MappingPlan.compile(mapping, header).start();
    RowChecker checker = checkers.apply(vendor);
    var preview = new ArrayList<PreviewRow>();
    for (List<String> cells : rows) {
      MappedRow row = cursor.apply(cells);
      preview.add(
          new PreviewRow(
              preview.size() + 1,
              List.copyOf(cells),
              row.values(),
              row.custom(),
              checker.check(row).problems(),
              row.skipped()));
    }
    return List.copyOf(preview);
  }
}

package dev.entrepot.onboarding.uploads;

import dev.entrepot.onboarding.rules.Problem;
import dev.entrepot.onboarding.tabular.Row;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rows of an upload as the supplier meant them: of a mended error file only the original
/// columns.
interface SourceRows extends AutoCloseable {
  /// A row, and the rejected row it mends, if any.
  ///
  /// @param problems what is wrong with it however its cells are mapped
  record SourceRow(Row row, @Nullable String origin, List<Problem> problems) {
    public SourceRow {
      problems = List.copyOf(problems);
    }

    SourceRow(Row row, @Nullable String origin) {
      this(row, origin, List.of());
    }
  }

  /// @return null behind the last row
  @Nullable SourceRow next();

  @Override
  void close();
}

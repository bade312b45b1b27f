package dev.entrepot.onboarding.uploads;

import dev.entrepot.onboarding.tabular.Row;
import org.jspecify.annotations.Nullable;

/// The rows of an upload as the supplier meant them: of a mended error file only the original
/// columns.
interface SourceRows extends AutoCloseable {
  /// A row, and the rejected row it mends, if any.
  record SourceRow(Row row, @Nullable String origin) {}

  /// @return null behind the last row
  @Nullable SourceRow next();

  @Override
  void close();
}

package dev.entrepot.onboarding.uploads;

import dev.entrepot.onboarding.tabular.Row;
import dev.entrepot.onboarding.tabular.RowReader;
import org.jspecify.annotations.Nullable;

/// Rows as they are in the file.
final class PlainRows implements SourceRows {
  private final RowReader reader;

  PlainRows(RowReader reader) {
    this.reader = reader;
  }

  @Override
  public @Nullable SourceRow next() {
    Row row = reader.next();
    return row == null ? null : new SourceRow(row, null);
  }

  @Override
  public void close() {
    reader.close();
  }
}

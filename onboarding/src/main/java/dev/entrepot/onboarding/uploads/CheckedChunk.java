package dev.entrepot.onboarding.uploads;

import dev.entrepot.onboarding.rules.CheckedRow;
import dev.entrepot.onboarding.tabular.Row;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Consecutive rows of a file, checked as far as that is possible without the catalogue's keys.
record CheckedChunk(List<Entry> entries) {
  /// One row.
  ///
  /// @param checked null when the row could not be read
  /// @param origin the rejected row this one mends, as `uploadId:row`; null: none
  /// @param earlier the earlier rows of the file that share its keys
  record Entry(
      Row row, @Nullable CheckedRow checked, @Nullable String origin, FileKeys.Earlier earlier) {}

  long firstRecord() {
    return entries.getFirst().row().number();
  }

  long lastRecord() {
    return entries.getLast().row().number();
  }

  /// The same rows as two chunks; of two rows at least.
  List<CheckedChunk> halves() {
    int middle = entries.size() / 2;
    return List.of(
        new CheckedChunk(entries.subList(0, middle)),
        new CheckedChunk(entries.subList(middle, entries.size())));
  }
}

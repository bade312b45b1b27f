package dev.entrepot.onboarding.uploads;

import dev.entrepot.model.Outcome;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A chunk with a verdict for each of its rows.
///
/// @param origins the rejected rows (`uploadId:row`) that rows of this chunk mend, by row number
record Judged(List<Verdict> verdicts, List<RowWarning> warnings, Map<Long, String> origins) {
  /// Something to look at on a row that was accepted.
  record RowWarning(long number, long line, String code, @Nullable String field, String message) {}

  List<Outcome> outcomes() {
    return verdicts.stream().map(Verdict::outcome).toList();
  }
}

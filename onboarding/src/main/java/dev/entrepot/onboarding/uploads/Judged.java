package dev.entrepot.onboarding.uploads;

import dev.entrepot.model.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A chunk with a verdict for each of its rows.
///
/// @param namesakes new rows whose name some product has already
/// @param origins the rejected rows (`uploadId:row`) that rows of this chunk mend, by row number
record Judged(
    List<Verdict> verdicts,
    List<RowWarning> warnings,
    List<Namesake> namesakes,
    Map<Long, String> origins) {
  /// Something to look at on a row that was accepted.
  record RowWarning(long number, long line, String code, @Nullable String field, String message) {}

  /// @param slug of the name, taken already
  record Namesake(long number, long line, String name, String brand, String slug) {}

  /// With more warnings, still in the order of the rows.
  Judged warning(List<RowWarning> more) {
    if (more.isEmpty()) {
      return this;
    }
    List<RowWarning> all = new ArrayList<>(warnings);
    all.addAll(more);
    all.sort(Comparator.comparingLong(RowWarning::number));
    return new Judged(verdicts, all, namesakes, origins);
  }

  List<Outcome> outcomes() {
    return verdicts.stream().map(Verdict::outcome).toList();
  }
}

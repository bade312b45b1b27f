package dev.entrepot.console.api;

import dev.entrepot.ledger.TraceSource.Step;
import dev.entrepot.onboarding.uploads.RowReference;
import dev.entrepot.onboarding.uploads.Uploads;
import dev.entrepot.onboarding.uploads.Uploads.RowPlace;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where the rows of a story stand in the files that they came with.
public final class TracePlaces {
  /// Of so many steps, the newest: their files may have to be read again.
  private static final int MOST = 50;

  private TracePlaces() {}

  /// @param steps oldest first
  public static Map<RowReference, RowPlace> of(List<Step> steps, Uploads uploads) {
    Set<RowReference> rows = new HashSet<>();
    for (Step step : steps.reversed()) {
      RowReference row = row(step);
      if (row != null && rows.size() < MOST) {
        rows.add(row);
      }
    }
    return uploads.places(rows);
  }

  /// The place of a step's row; null: it came with no file, or the file is not known.
  public static @Nullable RowPlace of(Step step, Map<RowReference, RowPlace> places) {
    RowReference row = row(step);
    return row == null ? null : places.get(row);
  }

  private static @Nullable RowReference row(Step step) {
    return step.batch() == null || step.record() == null || step.client() != null
        ? null
        : new RowReference(step.batch(), step.record());
  }
}

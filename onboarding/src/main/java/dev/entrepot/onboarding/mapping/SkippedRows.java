package dev.entrepot.onboarding.mapping;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which rows are no products, and why. Immutable.
final class SkippedRows {
  private static final String DEFAULT_REASON = "not a product row";

  private final int[] columns;
  private final String reason;
  private final int quoted;

  SkippedRows(Mapping mapping, Columns header) {
    this.columns = header.require(mapping.skipWhenBlank(), "skipping rows");
    this.reason = mapping.skipReason() == null ? DEFAULT_REASON : mapping.skipReason();
    String by = mapping.fillDownBy();
    this.quoted = by == null ? -1 : header.find(by);
  }

  /// Why the row is skipped; null when it is not.
  @Nullable String reason(List<String> cells) {
    if (columns.length == 0) {
      return null;
    }
    for (int column : columns) {
      if (!Blanks.isBlank(FieldSource.cell(cells, column))) {
        return null;
      }
    }
    String group = quoted < 0 ? null : FieldSource.cell(cells, quoted);
    return group == null || Blanks.isBlank(group) ? reason : reason + " of " + group;
  }
}

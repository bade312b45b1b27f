package dev.entrepot.onboarding.tabular;

import dev.entrepot.onboarding.tabular.TabularException.Code;
import java.util.Locale;

/// The refusal of a file with too many rows.
final class RowLimit {
  private RowLimit() {}

  static TabularException exceeded(long maxRows, long line) {
    return new TabularException(
        Code.TOO_MANY_ROWS,
        line,
        String.format(
            Locale.ROOT,
            "the file has more than %,d rows, the most that is allowed; send it in parts",
            maxRows));
  }
}

package dev.entrepot.onboarding.uploads;

import dev.entrepot.onboarding.tabular.Row;
import dev.entrepot.storage.StorableText;
import java.util.List;

/// Turns away rows with characters that no PostgreSQL text can hold.
final class Storable {
  private Storable() {}

  static Row orUnreadable(Row row) {
    if (row instanceof Row.Cells cells) {
      List<String> values = cells.values();
      for (int column = 0; column < values.size(); column++) {
        if (!StorableText.accepts(values.get(column))) {
          return new Row.Unreadable(
              row.number(),
              row.line(),
              "column "
                  + (column + 1)
                  + " holds a character that is no text (U+0000 or half of a surrogate pair);"
                  + " remove it and send the row again",
              String.join(",", values));
        }
      }
    }
    return row;
  }
}

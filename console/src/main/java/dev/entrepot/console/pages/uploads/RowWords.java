package dev.entrepot.console.pages.uploads;

import dev.entrepot.console.view.Figures;
import dev.entrepot.onboarding.uploads.Uploads.RowPlace;
import org.jspecify.annotations.Nullable;

/// Where a row stands, written for people: by the number that a spreadsheet shows.
public final class RowWords {
  private RowWords() {}

  /// `row 1,204 of spring.csv`.
  ///
  /// @param place null: its upload is not known
  public static String of(@Nullable RowPlace place) {
    if (place == null) {
      return "a row of an upload";
    }
    return place.row() == null
        ? "a row of " + place.fileName()
        : "row " + Figures.count(place.row()) + " of " + place.fileName();
  }
}

package dev.entrepot.onboarding.tabular;

import java.util.List;

/// The text of a row that could not be read, for people to find it by.
final class RawText {
  private static final int MOST = 32_768;

  private RawText() {}

  static String of(CharSequence text) {
    return text.subSequence(0, Math.min(text.length(), MOST)).toString().stripTrailing();
  }

  /// The cells of a row of which only the number of cells is wrong, or one of them.
  static String of(List<String> cells) {
    StringBuilder text = new StringBuilder();
    for (int column = 0; column < cells.size() && text.length() < MOST; column++) {
      text.append(column == 0 ? "" : " | ").append(cells.get(column));
    }
    return of(text);
  }
}

package dev.entrepot.console.view;

import java.util.Locale;

/// Who is looking.
///
/// @param name shown in the frame
/// @param role shown under the name, for example `Operator`
/// @param place the tenant or vendor the viewer acts for, shown beside the product's name
public record Viewer(String name, String email, String role, String place) {
  private static final int INITIALS = 2;

  /// One or two letters that stand for the viewer.
  public String initials() {
    StringBuilder letters = new StringBuilder();
    for (String word : name.strip().split("\\s+", -1)) {
      if (!word.isEmpty() && letters.codePointCount(0, letters.length()) < INITIALS) {
        letters.appendCodePoint(word.codePointAt(0));
      }
    }
    return letters.toString().toUpperCase(Locale.ROOT);
  }
}

package dev.entrepot.app.walk;

import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import java.util.Locale;

/// How a page is looked at: in a width, in light or dark.
enum Look {
  DESK_LIGHT(1280, 900, ColorScheme.LIGHT),
  PHONE_LIGHT(390, 844, ColorScheme.LIGHT),
  PHONE_DARK(390, 844, ColorScheme.DARK),
  DESK_DARK(1280, 900, ColorScheme.DARK);

  private final int width;
  private final int height;
  private final ColorScheme colours;

  Look(int width, int height, ColorScheme colours) {
    this.width = width;
    this.height = height;
    this.colours = colours;
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  ColorScheme colours() {
    return colours;
  }

  /// The looks that are taken: one of each width and each colour, or all with
  /// `-Dentrepot.looks=all`.
  static List<Look> taken() {
    return System.getProperty("entrepot.looks", "").equals("all")
        ? List.of(values())
        : List.of(DESK_LIGHT, PHONE_DARK);
  }

  /// Whether axe reads the page like this: each width and each colour once.
  boolean examined() {
    return this == DESK_LIGHT || this == PHONE_DARK;
  }

  /// The name of a screenshot.
  String file(String email, String page) {
    return "%s-%s-%s.png"
        .formatted(
            email.substring(0, email.indexOf('@')),
            page,
            name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }
}

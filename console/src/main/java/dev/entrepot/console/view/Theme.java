package dev.entrepot.console.view;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Light or dark. Kept in the cookie [#COOKIE], so that the server already writes the right one
/// into the page and nothing flashes.
public enum Theme {
  /// As the device prefers.
  AUTO,
  LIGHT,
  DARK;

  /// The cookie's name; its values are those of [#css()].
  public static final String COOKIE = "theme";

  /// The theme a cookie asks for; without one, or with an unknown value, [#AUTO].
  public static Theme ofCookie(@Nullable String value) {
    for (Theme theme : values()) {
      if (theme.css().equals(value)) {
        return theme;
      }
    }
    return AUTO;
  }

  /// The name used in the page and in the cookie.
  public String css() {
    return name().toLowerCase(Locale.ROOT);
  }
}

package dev.entrepot.console.pages.shell;

import dev.entrepot.console.server.Answer;
import dev.entrepot.console.view.Flash;
import dev.entrepot.console.view.Tone;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/// Messages about what has just been done, carried by a short-lived cookie to the page that is
/// opened next. Whoever forges one fools only themselves: the text is shown as text.
final class Flashes {
  static final String COOKIE = "flash";

  private static final int SECONDS = 60;
  private static final int LONGEST = 1_000;

  private final boolean secure;

  /// @param secure whether browsers reach the server by HTTPS
  Flashes(boolean secure) {
    this.secure = secure;
  }

  /// The header that sends a message along.
  Answer.Header leave(Flash flash) {
    String text =
        flash.text().length() > LONGEST ? flash.text().substring(0, LONGEST) + "…" : flash.text();
    byte[] bytes = (flash.tone().css() + ":" + text).getBytes(StandardCharsets.UTF_8);
    return header(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes), SECONDS);
  }

  /// The header that takes a message away once it is shown.
  Answer.Header clear() {
    return header("", 0);
  }

  /// The message of a cookie's value.
  Optional<Flash> read(Optional<String> value) {
    if (value.isEmpty() || value.get().isEmpty()) {
      return Optional.empty();
    }
    try {
      String text = new String(Base64.getUrlDecoder().decode(value.get()), StandardCharsets.UTF_8);
      int colon = text.indexOf(':');
      return colon < 0
          ? Optional.empty()
          : Optional.of(
              new Flash(
                  Tone.valueOf(text.substring(0, colon).toUpperCase(Locale.ROOT)),
                  text.substring(colon + 1)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private Answer.Header header(String value, int seconds) {
    return new Answer.Header(
        "Set-Cookie",
        "%s=%s; Path=/; Max-Age=%d; HttpOnly; SameSite=Lax%s"
            .formatted(COOKIE, value, seconds, secure ? "; Secure" : ""));
  }
}

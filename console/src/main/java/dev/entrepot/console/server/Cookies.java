package dev.entrepot.console.server;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The session's cookie. Over HTTPS its name begins with `__Host-`, which browsers accept only from
/// the host itself, for all paths and secure.
public final class Cookies {
  private final boolean secure;

  /// @param secure whether browsers reach the server by HTTPS
  public Cookies(boolean secure) {
    this.secure = secure;
  }

  String name() {
    return secure ? "__Host-entrepot" : "entrepot";
  }

  /// The value of the cookie in `Cookie` headers.
  Optional<String> read(List<String> headers) {
    String prefix = name() + "=";
    return headers.stream()
        .flatMap(header -> List.of(header.split(";")).stream())
        .map(String::strip)
        .filter(cookie -> cookie.startsWith(prefix))
        .map(cookie -> cookie.substring(prefix.length()))
        .findFirst();
  }

  /// The header that sets it.
  public Answer.Header set(String token, Duration lasting) {
    return header(token, lasting.toSeconds());
  }

  /// The header that takes it away.
  public Answer.Header clear() {
    return header("", 0);
  }

  private Answer.Header header(String value, long seconds) {
    return new Answer.Header(
        "Set-Cookie",
        "%s=%s; Path=/; Max-Age=%d; HttpOnly; SameSite=Lax%s"
            .formatted(name(), value, seconds, secure ? "; Secure" : ""));
  }
}

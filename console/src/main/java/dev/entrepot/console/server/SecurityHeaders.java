package dev.entrepot.console.server;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/// Headers that every answer carries.
final class SecurityHeaders {
  private static final String POLICY =
      "default-src 'self'; img-src 'self' data: https:; script-src 'self'; style-src 'self';"
          + " frame-ancestors 'none'; form-action 'self'; base-uri 'none'; object-src 'none'";

  private SecurityHeaders() {}

  static List<Answer.Header> of(URI publicUrl) {
    List<Answer.Header> headers = new ArrayList<>();
    headers.add(new Answer.Header("Content-Security-Policy", POLICY));
    headers.add(new Answer.Header("X-Content-Type-Options", "nosniff"));
    headers.add(new Answer.Header("X-Frame-Options", "DENY"));
    headers.add(new Answer.Header("Referrer-Policy", "same-origin"));
    headers.add(new Answer.Header("Cross-Origin-Opener-Policy", "same-origin"));
    headers.add(new Answer.Header("Cross-Origin-Resource-Policy", "same-origin"));
    headers.add(
        new Answer.Header("Permissions-Policy", "camera=(), microphone=(), geolocation=()"));
    if ("https".equals(publicUrl.getScheme())) {
      headers.add(new Answer.Header("Strict-Transport-Security", "max-age=31536000"));
    }
    return List.copyOf(headers);
  }
}

package dev.entrepot.console.server;

import dev.entrepot.console.server.ProblemException.Kind;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;

/// Refuses requests that another site makes in the name of a browser's user.
final class Forgery {
  static final String HEADER = "X-CSRF-Token";
  static final String FIELD = "_csrf";

  private final URI publicUrl;

  Forgery(URI publicUrl) {
    this.publicUrl = publicUrl;
  }

  /// @throws ProblemException FORBIDDEN when the browser says that the request comes from another
  ///   site
  void requireSameOrigin(
      Optional<String> origin, Optional<String> fetchSite, Optional<String> host) {
    boolean foreign =
        origin.isPresent()
            ? !ours(origin.get(), host)
            : fetchSite.isPresent()
                && !fetchSite.get().equals("same-origin")
                && !fetchSite.get().equals("none");
    if (foreign) {
      throw new ProblemException(
          Kind.FORBIDDEN,
          "the request comes from another site ("
              + origin.orElseGet(fetchSite::orElseThrow)
              + "); open the console itself and try again");
    }
  }

  /// @throws ProblemException FORBIDDEN when the token is not the session's
  static void requireToken(String expected, Optional<String> sent) {
    boolean right =
        sent.isPresent()
            && MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.UTF_8),
                sent.get().getBytes(StandardCharsets.UTF_8));
    if (!right) {
      throw new ProblemException(
          Kind.FORBIDDEN,
          "the request does not carry the session's "
              + HEADER
              + " (or the form field "
              + FIELD
              + "); load the page again and repeat");
    }
  }

  private boolean ours(String origin, Optional<String> host) {
    String own = publicUrl.getScheme() + "://" + publicUrl.getRawAuthority();
    if (origin.equalsIgnoreCase(own)) {
      return true;
    }
    // Somebody who uses another name of the same server, say the machine's address.
    String authority = origin.substring(origin.indexOf("://") < 0 ? 0 : origin.indexOf("://") + 3);
    return host.isPresent()
        && authority.toLowerCase(Locale.ROOT).equals(host.get().toLowerCase(Locale.ROOT));
  }
}

package dev.entrepot.console.api;

import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.ProblemException;
import org.jspecify.annotations.Nullable;

/// The version that a change was made from: in `If-Match`, as the `ETag` of what was read, or in
/// the body's field `version`.
public final class Version {
  private Version() {}

  /// @throws ProblemException INVALID when there is none, or none that is a number
  public static int of(Exchange exchange, @Nullable Integer inBody) {
    String header = exchange.header("If-Match").map(String::strip).orElse("");
    if (!header.isEmpty()) {
      String number = header.replace("\"", "").replace("W/", "");
      try {
        return Integer.parseInt(number);
      } catch (NumberFormatException e) {
        throw ProblemException.invalid(
            "version",
            "If-Match is " + header + "; send the ETag of what was read, for example \"3\"");
      }
    }
    if (inBody == null) {
      throw ProblemException.invalid(
          "version",
          "version is missing; send the version that the change was made from, here or as If-Match");
    }
    return inBody;
  }

  /// The `ETag` of a version.
  public static String tag(long version) {
    return "\"" + version + "\"";
  }
}

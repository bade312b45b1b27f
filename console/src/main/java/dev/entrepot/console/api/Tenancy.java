package dev.entrepot.console.api;

import dev.entrepot.console.access.Principal;
import dev.entrepot.console.server.Caller;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.ProblemException;
import dev.entrepot.onboarding.uploads.Upload;
import dev.entrepot.onboarding.uploads.Uploads;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a supplier sees: its own vendor's things. Others' do not exist for it, so they are answered
/// like what does not exist.
final class Tenancy {
  private Tenancy() {}

  /// The upload of the path's `{id}`.
  ///
  /// @throws ProblemException NOT_FOUND when there is none, or it is another vendor's
  static Upload upload(Exchange exchange, Uploads uploads) {
    UUID id = exchange.uuid("id");
    return uploads
        .find(id)
        .filter(upload -> sees(exchange, upload.vendor()))
        .orElseThrow(() ->
            ProblemException.notFound(
                "there is no upload " + id + "; list the uploads to see their ids"));
  }

  /// The vendor to which a list is narrowed: a supplier's own, else the parameter `vendor`.
  ///
  /// @return null: all vendors
  /// @throws ProblemException NOT_FOUND when a supplier asks for another vendor
  static @Nullable String vendor(Exchange exchange) {
    Principal principal = exchange.principal();
    Optional<String> asked = exchange.query().text("vendor");
    asked.ifPresent(code -> requireVendor(exchange, code));
    return asked.orElse(principal.vendor());
  }

  /// The vendor for whom something is done: the one named, else a supplier's own.
  ///
  /// @throws ProblemException INVALID when there is none, NOT_FOUND when it is not the supplier's
  static String vendorNamed(Exchange exchange, @Nullable String named) {
    String vendor = named == null ? exchange.principal().vendor() : named;
    if (vendor == null) {
      throw ProblemException.invalid("vendor", "vendor is missing; name the vendor's code");
    }
    requireVendor(exchange, vendor);
    return vendor;
  }

  static void requireVendor(Exchange exchange, String code) {
    if (!sees(exchange, code)) {
      throw noVendor(code);
    }
  }

  static ProblemException noVendor(String code) {
    return ProblemException.notFound(
        "there is no vendor " + code + "; list the vendors to see their codes");
  }

  private static boolean sees(Exchange exchange, String vendor) {
    // Nobody comes this far but with a signed link to this very thing.
    return exchange.caller() instanceof Caller.Nobody || exchange.principal().sees(vendor);
  }
}

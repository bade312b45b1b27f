package dev.entrepot.console.pages.uploads;

import dev.entrepot.console.access.Principal;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.ProblemException;
import dev.entrepot.onboarding.uploads.Upload;
import dev.entrepot.onboarding.uploads.Uploads;
import java.util.UUID;

/// Which uploads somebody sees. Those of other vendors do not exist for a supplier.
public final class UploadScope {
  private UploadScope() {}

  /// The upload named by the path's segment `{id}`.
  ///
  /// @throws ProblemException NOT_FOUND when there is none, or not for this principal
  public static Upload require(Exchange exchange, Uploads uploads) {
    return require(exchange.principal(), uploads, exchange.uuid("id"));
  }

  private static Upload require(Principal principal, Uploads uploads, UUID id) {
    return uploads
        .find(id)
        .filter(upload -> principal.sees(upload.vendor()))
        .orElseThrow(() ->
            ProblemException.notFound(
                "there is no upload " + id + "; look for it in the list of uploads"));
  }
}

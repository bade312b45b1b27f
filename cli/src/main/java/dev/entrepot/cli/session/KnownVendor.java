package dev.entrepot.cli.session;

import dev.entrepot.cli.api.Api;
import dev.entrepot.cli.api.ApiException;
import dev.entrepot.cli.api.Query;
import org.jspecify.annotations.Nullable;

/// A vendor that a list is narrowed to: one that does not exist is a mistake, not an empty list.
public final class KnownVendor {
  private KnownVendor() {}

  /// @param code null: none was given
  /// @throws ApiException NOT_FOUND when there is no such vendor
  public static void require(Api api, @Nullable String code) {
    if (code == null) {
      return;
    }
    try {
      api.get(Query.of("/vendors").segment(code));
    } catch (ApiException e) {
      // Whoever may not look at vendors gets the list the server gives.
      if (e.kind() == ApiException.Kind.NOT_FOUND) {
        throw e;
      }
    }
  }
}

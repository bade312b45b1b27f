package dev.entrepot.console.apikey;

import dev.entrepot.console.access.Principal;
import dev.entrepot.console.access.Role;
import dev.entrepot.model.Actor;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A key with which a program uses the API.
///
/// @param id the part of the key that is not secret
/// @param vendor the vendor of a supplier's key; null for all other roles
/// @param lastUsedAt to the minute
public record ApiKey(
    String id,
    String name,
    Role role,
    @Nullable String vendor,
    String createdBy,
    Instant createdAt,
    @Nullable Instant lastUsedAt,
    @Nullable Instant expiresAt,
    @Nullable Instant revokedAt) {

  /// The key as the one behind a request.
  public Principal principal() {
    return new Principal(new Actor(Actor.Kind.API_KEY, id), name, role, vendor);
  }
}

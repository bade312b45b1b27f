package dev.entrepot.console.account;

import dev.entrepot.console.access.Principal;
import dev.entrepot.console.access.Role;
import dev.entrepot.model.Actor;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A person who can sign in.
///
/// @param email unique, in lower case
/// @param vendor the vendor of a supplier; null for all other roles
/// @param lockedUntil sign-in is refused until then, after too many failures
/// @param passwordChangedAt sessions opened before are over
/// @param version counts changes; a change must name the version it was made from
public record Account(
    UUID id,
    String email,
    String name,
    Role role,
    @Nullable String vendor,
    boolean active,
    @Nullable Instant lockedUntil,
    Instant createdAt,
    @Nullable Instant lastSignInAt,
    Instant passwordChangedAt,
    int version) {

  /// The account as the one behind a request.
  public Principal principal() {
    return new Principal(new Actor(Actor.Kind.USER, email), name, role, vendor);
  }
}

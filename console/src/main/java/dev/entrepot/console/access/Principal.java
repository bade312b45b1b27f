package dev.entrepot.console.access;

import dev.entrepot.model.Actor;
import org.jspecify.annotations.Nullable;

/// Whoever a request is made for: a person signed in, or an API key.
///
/// @param actor how deeds are recorded; its id is the account's e-mail address or the key's id
/// @param name for people to read
/// @param vendor the only vendor a supplier belongs to; null for all other roles
public record Principal(Actor actor, String name, Role role, @Nullable String vendor) {

  public Principal {
    if ((role == Role.SUPPLIER) != (vendor != null)) {
      throw new IllegalArgumentException(
          "a supplier, and nobody else, belongs to a vendor: "
              + actor.reference()
              + " is "
              + role.code()
              + " of "
              + vendor);
    }
  }

  /// Whether the principal's role has a permission.
  public boolean may(Permission permission) {
    return permission.allowedTo(role);
  }

  /// Whether things of this vendor exist for the principal at all.
  public boolean sees(String vendorCode) {
    return vendor == null || vendor.equals(vendorCode);
  }
}

package dev.entrepot.console.access;

import java.util.Locale;
import java.util.Optional;

/// What somebody is to Entrepot. What a role may do is written at [Permission].
public enum Role {
  /// Everything, accounts and API keys included.
  ADMIN,
  /// Runs the hub: vendors, catalogue, rules, approvals, uploads of any vendor.
  OPERATOR,
  /// Sees what an operator sees and changes nothing.
  VIEWER,
  /// Belongs to one vendor and sees nothing but that vendor's own.
  SUPPLIER;

  /// The spelling in API, command line and database, for example `operator`.
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The role spelled so.
  public static Optional<Role> ofCode(String code) {
    for (Role role : values()) {
      if (role.code().equals(code)) {
        return Optional.of(role);
      }
    }
    return Optional.empty();
  }
}

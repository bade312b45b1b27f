package dev.entrepot.console.server;

import dev.entrepot.console.access.Permission;

/// Who may use a route.
public sealed interface Access {
  /// Anybody; the principal may be absent.
  record Open() implements Access {}

  /// Anybody with an account or an API key.
  record Authenticated() implements Access {}

  /// Those whose role has the permission.
  record Needs(Permission permission) implements Access {}

  /// Those whose role has the permission, and anybody with a valid signed link to this very thing.
  record NeedsOrLink(Permission permission) implements Access {}

  /// Open to anybody.
  static Access open() {
    return new Open();
  }

  /// Open to everybody who is signed in.
  static Access authenticated() {
    return new Authenticated();
  }

  /// Open to holders of a permission.
  static Access needs(Permission permission) {
    return new Needs(permission);
  }

  /// Open to holders of a permission or of a signed link.
  static Access needsOrLink(Permission permission) {
    return new NeedsOrLink(permission);
  }
}

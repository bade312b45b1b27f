package dev.entrepot.console.server;

import dev.entrepot.console.access.Principal;
import dev.entrepot.console.account.Account;
import dev.entrepot.console.session.Session;

/// How a request proves for whom it is made.
public sealed interface Caller {
  /// Nobody is signed in.
  record Nobody() implements Caller {}

  /// A browser with the cookie of a session.
  record Browser(Account account, Session session) implements Caller {}

  /// A program with an API key.
  record Program(Principal principal) implements Caller {}
}

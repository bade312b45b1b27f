package dev.entrepot.console.account;

import java.time.Duration;

/// What became of an attempt to sign in.
public sealed interface SignIn {
  /// The password is right; open a session.
  record Accepted(Account account) implements SignIn {}

  /// No such account, a wrong password, or an account that is switched off: which of them is not
  /// told.
  record Refused() implements SignIn {}

  /// Too many failures; nothing is checked until the lock is over.
  record Locked(Duration remaining) implements SignIn {}
}

package dev.entrepot.console.account;

import java.time.Duration;
import java.time.Instant;

/// What became of an attempt to sign in.
public sealed interface SignIn {
  /// The password is right; open a session.
  ///
  /// @param at when it was asked: a session of that time does not outlive a password that is
  ///   changed while the old one is still being checked
  record Accepted(Account account, Instant at) implements SignIn {}

  /// No such account, a wrong password, or an account that is switched off: which of them is not
  /// told.
  record Refused() implements SignIn {}

  /// Too many failures; nothing is checked until the lock is over.
  record Locked(Duration remaining) implements SignIn {}
}

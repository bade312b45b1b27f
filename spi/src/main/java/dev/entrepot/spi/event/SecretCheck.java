package dev.entrepot.spi.event;

import java.util.Optional;

/// What an [EventSourceFactory] may be beside: one that judges secrets before they are taken. Safe
/// for use by many threads.
public interface SecretCheck {

  /// Why a secret cannot be one of this sender, or is none worth the name; empty: it can be taken.
  ///
  /// @param secret its value, never to be shown
  /// @return for the person who gave it: without the secret, with the next step
  Optional<String> objection(String secret);
}

package dev.entrepot.spi.event;

/// Whether a delivery is from whom it says. Reasons are for people and name what was compared,
/// never a secret nor a signature that would have been right.
public sealed interface Verdict {

  /// Signed with one of the connection's secrets.
  ///
  /// @param secret which of them, from 0: the newest; 1: the one before, while it rotates
  record Genuine(int secret) implements Verdict {}

  /// Comes by a way that vouches for it (a queue of our own), or the sender does not sign.
  record Unsigned() implements Verdict {}

  /// Not signed, or not with any of the secrets.
  record Forged(String reason) implements Verdict {}

  /// Signed, but too long ago, or ahead of our time.
  record Stale(String reason) implements Verdict {}
}

package dev.entrepot.inbox.log;

/// What an event is for.
public enum Purpose {
  /// A sender's.
  LIVE,
  /// A sample that an operator had sent, to see whether a connection works. It is kept and read
  /// like all others, and no handler is given it.
  TEST
}

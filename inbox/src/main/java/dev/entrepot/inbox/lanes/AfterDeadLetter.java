package dev.entrepot.inbox.lanes;

/// What becomes of a key after one of its events became a dead letter because a handler refused it
/// or did not manage it in time. Events that cannot be read never hold anything up.
public enum AfterDeadLetter {
  /// The events behind it wait until an operator retries or skips it, or releases the key.
  PARK,
  /// The events behind it go on.
  RELEASE
}

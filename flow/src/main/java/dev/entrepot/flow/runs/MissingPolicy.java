package dev.entrepot.flow.runs;

/// What becomes of things the destination is known to hold when a run that read everything did not
/// find them in the source.
public enum MissingPolicy {
  KEEP,
  /// They are deleted, when the destination can.
  DELETE
}

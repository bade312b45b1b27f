package dev.entrepot.flow.runs;

/// What a record means for the destination.
public enum Change {
  CREATE,
  UPDATE,
  DELETE
}

package dev.entrepot.simulators.remote;

/// What becomes of a call with many items when one of them is not acceptable.
public enum BatchPolicy {
  /// The others are kept; the answer (207) says what became of each.
  ITEM_BY_ITEM,
  /// Nothing is kept; the answer (400) does not say which item it was.
  ALL_OR_NOTHING
}

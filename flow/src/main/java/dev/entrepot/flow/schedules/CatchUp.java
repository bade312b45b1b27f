package dev.entrepot.flow.schedules;

/// What becomes of times that passed while nobody looked.
public enum CatchUp {
  /// Nothing: the next time counts.
  SKIP,
  /// One run for all of them.
  ONCE,
  /// A run for each of them, one after the other, at most [DueSchedules#MOST_CAUGHT_UP].
  ALL
}

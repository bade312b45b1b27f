package dev.entrepot.flow.runs;

/// What a run reads and does.
public enum RunMode {
  /// All records of the source.
  INITIAL,
  /// Records that changed since the last run; all, when there was none or the mapping is another.
  INCREMENTAL,
  /// All records, compared alone: nothing is written until the plan is applied.
  PLAN
}

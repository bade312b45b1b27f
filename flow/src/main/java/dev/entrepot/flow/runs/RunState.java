package dev.entrepot.flow.runs;

/// Where a run is.
public enum RunState {
  QUEUED,
  RUNNING,
  /// Stopped by a person; goes on when it is resumed.
  PAUSED,
  /// A plan that is made; its changes wait to be applied.
  PLANNED,
  /// Everything that was read is at the destination.
  SUCCESS,
  /// Some records were rejected or given up.
  PARTIAL,
  /// It could not go on; what it had not written will come again.
  FAILED,
  CANCELLED;

  /// Whether it is over for good.
  public boolean ended() {
    return switch (this) {
      case QUEUED, RUNNING, PAUSED, PLANNED -> false;
      case SUCCESS, PARTIAL, FAILED, CANCELLED -> true;
    };
  }
}

package dev.entrepot.inbox.lanes;

/// Faults built into the simulated store on purpose, to see that the simulation finds them.
enum Sabotage {
  NONE,
  /// Leases are not required when settling; lanes must still stand where they were read.
  NO_LEASES,
  /// Lanes need not stand where they were read; leases are still required.
  NO_MARKS,
  /// Neither: whoever settles, settles.
  NO_FENCING,
  /// What commits late is passed over.
  NO_HORIZON,
  /// Keys that wait are handed on all the same.
  NO_HOLD,
  /// What a transaction did stays when it vanishes.
  NO_ROLLBACK
}

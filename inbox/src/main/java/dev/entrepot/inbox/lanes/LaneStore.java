package dev.entrepot.inbox.lanes;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/// Where lanes, what waits in them and the outcomes of events are kept. Its clock alone decides
/// when something is due. Safe for use by many threads and nodes.
interface LaneStore {

  /// What to do in these lanes. Events are given only when every event before them in the log is
  /// committed or will never be.
  ///
  /// @throws dev.entrepot.storage.StorageException when the store cannot be reached
  Reading read(List<LaneLease> lanes, ReadLimits limits);

  /// Settles what was read, in one transaction: fences, lets the work be done, and enters what it
  /// says. Nothing has happened when this throws or answers [Settled#OVERTAKEN], except when the
  /// connection broke at the commit: then a new reading tells.
  ///
  /// @param lanes their leases; those of the reading's marks are required in the transaction
  /// @throws dev.entrepot.storage.StorageException LEASE_LOST when another node has a lane; others
  ///   when the store cannot be reached
  Settled settle(List<LaneLease> lanes, Reading reading, Work work);

  /// What became of a settling.
  enum Settled {
    DONE,
    /// The lanes changed since they were read: nothing was done, read again.
    OVERTAKEN
  }

  /// The work inside the transaction. It may set savepoints and roll back to them, nothing else.
  @FunctionalInterface
  interface Work {
    Settlement run(Connection transaction) throws SQLException;
  }

  /// How much a reading may hold.
  ///
  /// @param perLane events of one lane
  /// @param waiting events that waited
  record ReadLimits(int perLane, int waiting) {}
}

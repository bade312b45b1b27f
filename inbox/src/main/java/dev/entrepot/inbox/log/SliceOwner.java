package dev.entrepot.inbox.log;

import java.sql.Connection;
import java.util.Optional;

/// Somebody who keeps something that goes with the slices of the log. Tables that are named in
/// `inbox_sliced` go by themselves.
public interface SliceOwner {

  /// Why a slice cannot be dropped yet although it is old enough, for the operator; empty: it can.
  Optional<String> objection(Connection connection, int slice);

  /// Removes what belongs to slices before one; they are gone when this transaction commits.
  void drop(Connection transaction, int firstKept);
}

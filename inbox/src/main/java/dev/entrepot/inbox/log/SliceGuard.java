package dev.entrepot.inbox.log;

import java.sql.Connection;

/// Somebody for whose sake a slice may have to stay although it is old enough to be dropped. Who
/// makes something of a slice needed holds it by [KeptSlices] in the same transaction.
@FunctionalInterface
public interface SliceGuard {

  /// Whether something of a slice is still needed; then it stays, with all after it.
  boolean needs(Connection connection, int slice);
}

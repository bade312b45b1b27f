package dev.entrepot.inbox.lanes;

import java.time.Duration;
import java.util.List;

/// Where nodes announce themselves and hold lanes. Its clock decides who lives. Safe for use by
/// many threads and nodes.
interface NodeStore {

  /// Announces a node and tells who else lives.
  ///
  /// @param silence after so long without a word a node is dead
  Roster announce(String node, Duration silence);

  /// Takes a node off the list at once.
  void leave(String node);

  /// @return those that were free
  List<LaneLease> acquire(String node, List<Integer> lanes, Duration timeToLive);

  /// @return those that are still held
  List<LaneLease> renew(List<LaneLease> leases, Duration timeToLive);

  void release(List<LaneLease> leases);
}

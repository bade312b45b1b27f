package dev.entrepot.inbox.lanes;

import dev.entrepot.inbox.handling.EventHandler;
import java.util.List;
import java.util.random.RandomGenerator;

/// Hands events of lanes on, round by round. Keeps nothing between rounds: whatever dies, another
/// worker goes on from what the store holds. For one thread.
final class LaneWorker {
  /// What a round came to.
  enum Result {
    /// There was nothing to do.
    IDLE,
    /// Something was settled; there may be more.
    BUSY,
    /// Somebody else changed the lanes meanwhile: go on at once.
    OVERTAKEN
  }

  private final LaneStore store;
  private final Senders senders;
  private final List<EventHandler> handlers;
  private final BackOff backOff;
  private final RandomGenerator random;
  private final LaneStore.ReadLimits limits;

  LaneWorker(
      LaneStore store,
      Senders senders,
      List<EventHandler> handlers,
      BackOff backOff,
      RandomGenerator random,
      LaneStore.ReadLimits limits) {
    this.store = store;
    this.senders = senders;
    this.handlers = List.copyOf(handlers);
    this.backOff = backOff;
    this.random = random;
    this.limits = limits;
  }

  /// Reads, handles and settles once.
  ///
  /// @param lanes those whose leases this node holds
  /// @throws dev.entrepot.storage.StorageException nothing was settled; LEASE_LOST: find out which
  ///   leases are left, others: wait and do it again
  Result round(List<LaneLease> lanes) {
    if (lanes.isEmpty()) {
      return Result.IDLE;
    }
    Reading reading = store.read(lanes, limits);
    if (reading.empty()) {
      return Result.IDLE;
    }
    Round round = new Round(reading, senders, handlers, backOff, random);
    return switch (store.settle(lanes, reading, round::run)) {
      case DONE -> Result.BUSY;
      case OVERTAKEN -> Result.OVERTAKEN;
    };
  }
}

package dev.entrepot.inbox.lanes;

import dev.entrepot.inbox.handling.EventHandler;
import dev.entrepot.storage.StorageException;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hands events of lanes on, round by round. Keeps nothing of them between rounds: whatever dies,
/// another worker goes on from what the store holds. For one thread.
///
/// After a failure that may come from what a lane holds, it goes on lane by lane until all succeed,
/// so that one does not hold up the others.
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

  private static final Logger LOG = LoggerFactory.getLogger(LaneWorker.class);
  private static final int ROUNDS_APART = 16;

  private final LaneStore store;
  private final Senders senders;
  private final List<EventHandler> handlers;
  private final BackOff backOff;
  private final RandomGenerator random;
  private final LaneStore.ReadLimits limits;
  private boolean apart;

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
    if (apart) {
      return laneByLane(lanes);
    }
    try {
      return round(lanes, limits);
    } catch (RuntimeException e) {
      apart = mayComeFromALane(e);
      throw e;
    }
  }

  private Result round(List<LaneLease> lanes, LaneStore.ReadLimits some) {
    if (lanes.isEmpty()) {
      return Result.IDLE;
    }
    Reading reading = store.read(lanes, some);
    if (reading.empty()) {
      return Result.IDLE;
    }
    Round round = new Round(reading, senders, handlers, backOff, random);
    return switch (store.settle(lanes, reading, round::run)) {
      case DONE -> {
        round.logged().forEach(LOG::warn);
        yield Result.BUSY;
      }
      case OVERTAKEN -> Result.OVERTAKEN;
    };
  }

  private Result laneByLane(List<LaneLease> lanes) {
    @Nullable RuntimeException failure = null;
    boolean idle = true;
    for (LaneLease lane : lanes) {
      try {
        idle &= some(lane, limits);
      } catch (RuntimeException e) {
        requireThatOfALane(e);
        failure = e;
        stepByStep(lane);
      }
    }
    if (failure != null) {
      throw failure;
    }
    apart = false;
    return idle ? Result.IDLE : Result.BUSY;
  }

  /// @return whether there is no more
  private boolean some(LaneLease lane, LaneStore.ReadLimits each) {
    for (int i = 0; i < ROUNDS_APART; i++) {
      if (round(List.of(lane), each) == Result.IDLE) {
        return true;
      }
    }
    return false;
  }

  /// As far as it goes: first what is fresh, up to the event that makes it fail, then what waits.
  private void stepByStep(LaneLease lane) {
    try {
      boolean _ = some(lane, new LaneStore.ReadLimits(1, 0));
      boolean _ = some(lane, new LaneStore.ReadLimits(1, 1));
    } catch (RuntimeException e) {
      requireThatOfALane(e);
      LOG.debug("lane {} cannot go on", lane.lane(), e);
    }
  }

  private static void requireThatOfALane(RuntimeException failure) {
    if (!mayComeFromALane(failure)) {
      throw failure;
    }
  }

  private static boolean mayComeFromALane(RuntimeException failure) {
    return !(failure instanceof StorageException storage)
        || switch (storage.code()) {
          case UNAVAILABLE, SERIALIZATION, DISK_FULL, LEASE_LOST -> false;
          case CONFLICT, BAD_VALUE, MIGRATION, TIMEOUT, ROW_COUNT, UNKNOWN -> true;
        };
  }
}

package dev.entrepot.inbox.lanes;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One node's part in sharing the lanes out. [#beat] and [#leave] belong to one thread at a time;
/// [#share] may be asked by any.
///
/// A lane that two workers of the node, or two nodes, believe to have for a moment does no harm:
/// settling requires the lease and that the lane stands where it was read.
final class LaneNode {
  private static final Logger LOG = LoggerFactory.getLogger(LaneNode.class);

  private final String name;
  private final NodeStore store;
  private final Duration timeToLive;
  private volatile List<LaneLease> held = List.of();
  private volatile int nodes = 1;

  /// @param name unique among all nodes that ever lived
  LaneNode(String name, NodeStore store, Duration timeToLive) {
    this.name = name;
    this.store = store;
    this.timeToLive = timeToLive;
  }

  /// Announces itself, prolongs its leases, takes and gives up lanes. Call it several times within
  /// the time to live.
  ///
  /// @return whether there are more lanes than before
  boolean beat() {
    List<LaneLease> before = held;
    List<LaneLease> kept = store.renew(before, timeToLive);
    if (kept.size() < before.size()) {
      LOG.warn("node {} lost {} lanes", name, before.size() - kept.size());
    }
    held = kept;
    Roster roster = store.announce(name, timeToLive);
    nodes = Math.max(1, roster.nodes().size());
    List<Integer> mine = kept.stream().map(LaneLease::lane).toList();
    Shares.Advice advice = Shares.advise(name, roster, mine);
    List<LaneLease> next = new ArrayList<>(kept);
    if (!advice.giveUp().isEmpty()) {
      Set<Integer> out = Set.copyOf(advice.giveUp());
      List<LaneLease> leaving = kept.stream().filter(l -> out.contains(l.lane())).toList();
      next.removeAll(leaving);
      held = sorted(next);
      store.release(leaving);
    }
    List<LaneLease> taken = store.acquire(name, advice.take(), timeToLive);
    next.addAll(taken);
    held = sorted(next);
    if (!taken.isEmpty() || !advice.giveUp().isEmpty()) {
      LOG.info("node {} reads {} of {} lanes", name, next.size(), roster.lanes());
    }
    return !taken.isEmpty();
  }

  /// The lanes of one of several workers.
  List<LaneLease> share(int worker, int workers) {
    List<LaneLease> all = held;
    List<LaneLease> share = new ArrayList<>();
    for (int i = worker; i < all.size(); i += workers) {
      share.add(all.get(i));
    }
    return share;
  }

  /// How many lanes it has.
  int lanes() {
    return held.size();
  }

  /// How many nodes lived when it looked last, itself included.
  int nodes() {
    return nodes;
  }

  /// Gives everything back at once.
  void leave() {
    List<LaneLease> leaving = held;
    held = List.of();
    store.release(leaving);
    store.leave(name);
  }

  private static List<LaneLease> sorted(List<LaneLease> leases) {
    return leases.stream().sorted(Comparator.comparingInt(LaneLease::lane)).toList();
  }
}

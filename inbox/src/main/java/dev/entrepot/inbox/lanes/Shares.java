package dev.entrepot.inbox.lanes;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/// How lanes are shared out: evenly, by the nodes' place in the alphabet; no node needs another's
/// word.
final class Shares {
  /// What a node should do now.
  record Advice(List<Integer> take, List<Integer> giveUp) {}

  private Shares() {}

  /// @param mine lanes that this node has
  static Advice advise(String node, Roster roster, Collection<Integer> mine) {
    int goal = goal(node, roster);
    TreeSet<Integer> sorted = new TreeSet<>(mine);
    List<Integer> giveUp = new ArrayList<>();
    while (sorted.size() > goal) {
      giveUp.add(sorted.pollLast());
    }
    List<Integer> take =
        roster.free().stream()
            .filter(lane -> !mine.contains(lane))
            .sorted()
            .limit(Math.max(0, goal - sorted.size()))
            .toList();
    return new Advice(take, List.copyOf(giveUp));
  }

  /// The shares of all nodes add up to the number of lanes.
  static int goal(String node, Roster roster) {
    int count = roster.nodes().size();
    int place = roster.nodes().indexOf(node);
    if (place < 0) {
      return 0;
    }
    return roster.lanes() / count + (place < roster.lanes() % count ? 1 : 0);
  }
}

package dev.entrepot.inbox.lanes;

import java.util.List;
import java.util.Set;

/// Which nodes live, and which lanes nobody reads.
///
/// @param lanes how many there are
/// @param nodes the living ones, this one included
/// @param free lanes whose lease nobody holds
record Roster(int lanes, List<String> nodes, Set<Integer> free) {
  Roster {
    nodes = nodes.stream().sorted().distinct().toList();
    free = Set.copyOf(free);
  }
}

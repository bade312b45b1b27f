package dev.entrepot.simulators.remote;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/// Things of one sort that a system holds, of all its tenants. Safe for many threads.
public interface Holding {

  /// The things' name, in the plural, such as `products`.
  String name();

  long size();

  EffectCounts effects();

  /// All things as they are now, in no order.
  Stream<HeldThing> things();

  /// The contents by `tenant/key`: what two runs that ought to end alike are compared by.
  default SortedMap<String, ObjectNode> snapshot() {
    var snapshot = new TreeMap<String, ObjectNode>();
    things().forEach(thing -> snapshot.put(thing.tenant() + "/" + thing.key(), thing.contents()));
    return snapshot;
  }
}

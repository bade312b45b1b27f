package dev.entrepot.inbox.delivery;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Deliveries of a destination that were read, by key: one of a key is on its way at a time. For
/// one thread.
final class KeyQueue {
  private final Map<Long, Deque<DueDelivery>> waiting = new LinkedHashMap<>();
  private final Map<Long, DueDelivery> onTheirWay = new HashMap<>();
  private int size;
  private long bytes;

  /// @param delivery behind those of its key that were added before
  void add(DueDelivery delivery) {
    waiting.computeIfAbsent(delivery.keyHash(), _ -> new ArrayDeque<>()).add(delivery);
    size++;
  }

  /// Of all that are in it.
  Collection<Long> ids() {
    List<Long> ids = new ArrayList<>();
    waiting.values().forEach(queue -> queue.forEach(delivery -> ids.add(delivery.id())));
    onTheirWay.values().forEach(delivery -> ids.add(delivery.id()));
    return ids;
  }

  /// Keys of which so many or more are waiting in it.
  Collection<Long> crowded(int many) {
    return waiting.entrySet().stream()
        .filter(key -> key.getValue().size() >= many)
        .map(Map.Entry::getKey)
        .toList();
  }

  /// Those that are not on their way.
  int size() {
    return size;
  }

  int onTheirWay() {
    return onTheirWay.size();
  }

  /// How many keys could go on, were there room.
  int ready() {
    int ready = 0;
    for (Long key : waiting.keySet()) {
      if (!onTheirWay.containsKey(key)) {
        ready++;
      }
    }
    return ready;
  }

  /// Sets out with the next of each key that has none on its way, within the bounds; one too large
  /// for them goes alone.
  List<DueDelivery> setOut(int atOnce, long mostBytes) {
    List<DueDelivery> leaving = new ArrayList<>();
    Iterator<Map.Entry<Long, Deque<DueDelivery>>> keys = waiting.entrySet().iterator();
    while (keys.hasNext() && onTheirWay.size() < atOnce) {
      Map.Entry<Long, Deque<DueDelivery>> key = keys.next();
      if (onTheirWay.containsKey(key.getKey())) {
        continue;
      }
      DueDelivery next = key.getValue().element();
      if (!onTheirWay.isEmpty() && bytes + next.bytes() > mostBytes) {
        break;
      }
      key.getValue().remove();
      if (key.getValue().isEmpty()) {
        keys.remove();
      }
      size--;
      bytes += next.bytes();
      onTheirWay.put(key.getKey(), next);
      leaving.add(next);
    }
    return leaving;
  }

  /// One that was on its way is settled.
  ///
  /// @param held whether its key waits now: the others of it are forgotten, the table has them
  void arrived(DueDelivery delivery, boolean held) {
    onTheirWay.remove(delivery.keyHash());
    bytes -= delivery.bytes();
    if (held) {
      Deque<DueDelivery> others = waiting.remove(delivery.keyHash());
      size -= others == null ? 0 : others.size();
    }
  }

  /// Forgets all that are not on their way; the table has them.
  void clear() {
    waiting.clear();
    size = 0;
  }
}

package dev.entrepot.bench.chaos;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// What is sent and what is killed, all from one seed.
///
/// @param events how many different ones
/// @param keys how many orders they belong to
/// @param repeated the share of events that are delivered again, from 0 to 1
/// @param kills how often something is killed
record ChaosPlan(int events, int keys, double repeated, int kills, long seed) {
  static final String TOPIC = "orders/updated";

  private static final int WINDOW = 200;

  /// One event: the state of an order at a moment.
  ///
  /// @param number from 0, over all
  /// @param order whose state
  /// @param version of the order, from 1
  record Event(int number, long order, int version) {
    /// Its id, as the sender gives it in the header.
    String id(long seed) {
      return "chaos-" + seed + "-" + number;
    }

    /// Its id, as the log has it: a subscription without a name is told by its topic.
    String externalId(long seed) {
      return id(seed) + ":" + TOPIC;
    }
  }

  /// In the order in which they happen at the sender.
  List<Event> happening() {
    Random random = new Random(seed);
    int[] versions = new int[keys];
    List<Event> all = new ArrayList<>(events);
    for (int number = 0; number < events; number++) {
      int key = random.nextInt(keys);
      versions[key]++;
      all.add(new Event(number, 7_000_000_000L + key, versions[key]));
    }
    return all;
  }

  /// In the order in which they are first sent: with repeats, and neighbours in disorder.
  List<Event> deliveries() {
    Random random = new Random(seed ^ 0x5eed);
    List<Event> all = new ArrayList<>();
    for (Event event : happening()) {
      all.add(event);
      if (random.nextDouble() < repeated) {
        int back = Math.min(all.size(), random.nextInt(10 * WINDOW));
        all.add(all.size() - back, event);
      }
    }
    for (int from = 0; from < all.size(); from += WINDOW) {
      Collections.shuffle(all.subList(from, Math.min(all.size(), from + WINDOW)), random);
    }
    return all;
  }
}

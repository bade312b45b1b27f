package dev.entrepot.flow.runs;

import dev.entrepot.spi.destination.Step;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// Items that the destination rejected while others were still to be written in the same step. What
/// it refused for another's sake, such as a tag that is still on another product, it may take once
/// that one is written: they are tried once more when all others are through. Guarded by the
/// [Backlog] that holds it.
final class SecondTries {
  // Fewer than a backlog has room for: others must be able to pass.
  private static final int MOST = 1_000;

  private final List<Deque<Item>> aside = new ArrayList<>();
  private final long[] written;
  private final List<Item> refused = new ArrayList<>();
  private int count;

  SecondTries(List<Step> steps) {
    steps.forEach(step -> aside.add(new ArrayDeque<>()));
    this.written = new long[steps.size()];
  }

  /// A call with an item is about to be made.
  void sends(Item item) {
    item.sentAfter(written[item.next().step()]);
  }

  /// The destination took something in a step.
  void accepted(int step) {
    written[step]++;
  }

  /// Lays an item aside, unless a newer one of its key waits for it.
  void add(Item item) {
    if (item.successor() != null || count >= MOST) {
      refused.add(item);
    } else {
      aside.get(item.next().step()).add(item);
      count++;
    }
  }

  private boolean remove(Item item) {
    boolean here = item.compared() && aside.get(item.next().step()).remove(item);
    count -= here ? 1 : 0;
    return here;
  }

  /// Does not try an item a second time.
  void refuse(Item item) {
    if (remove(item)) {
      refused.add(item);
    }
  }

  int count(int step) {
    return aside.get(step).size();
  }

  /// Takes out what is worth a second try, when nothing else of a step is left; the others are
  /// refused. What was rejected last comes first: of things that wait for each other in turn, one
  /// may have waited for the next.
  List<Item> due(int step) {
    List<Item> worth = new ArrayList<>();
    for (Item item : List.copyOf(aside.get(step)).reversed()) {
      if (written[step] > item.sentAfter()) {
        boolean _ = remove(item);
        item.triedTwice(true);
        worth.add(item);
      } else {
        refuse(item);
      }
    }
    return worth;
  }

  /// Those for which the rejection stands.
  List<Item> takeRefused() {
    List<Item> taken = List.copyOf(refused);
    refused.clear();
    return taken;
  }

  /// All of them: there will be no second tries.
  List<Item> takeAll() {
    aside.forEach(items -> List.copyOf(items).forEach(this::refuse));
    return takeRefused();
  }
}

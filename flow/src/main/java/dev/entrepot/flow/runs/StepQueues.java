package dev.entrepot.flow.runs;

import dev.entrepot.spi.destination.Step;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which items are at which step of the destination, and which calls can be made of them. Guarded
/// by the [Backlog] that holds it.
final class StepQueues {
  private final List<Step> steps;
  private final List<Deque<Item>> waiting = new ArrayList<>();
  // Items that will come to the step, but are at an earlier one now.
  private final int[] coming;
  // Items that are at the step: they wait for it, are on their way, or were rejected there.
  private final int[] at;
  private final SecondTries second;
  // Those whose next step is not known yet.
  private int notCompared;

  StepQueues(List<Step> steps) {
    this.steps = steps;
    this.coming = new int[steps.size()];
    this.at = new int[steps.size()];
    this.second = new SecondTries(steps);
    steps.forEach(step -> waiting.add(new ArrayDeque<>()));
  }

  SecondTries second() {
    return second;
  }

  /// @param by 1: an item is pending from now on; -1: it no longer is
  void count(Item item, int by) {
    if (!item.compared()) {
      notCompared += by;
      return;
    }
    boolean first = true;
    for (Todo todo : item.todo()) {
      (first ? at : coming)[todo.step()] += by;
      first = false;
    }
  }

  /// An item waits for its next step.
  void add(Item item) {
    waiting.get(item.next().step()).add(item);
  }

  /// Takes an item out that waits for its first step.
  void remove(Item item) {
    waiting.get(item.next().step()).remove(item);
  }

  /// An item that is done with a step goes on to the next one.
  void advance(Item item) {
    Todo done = item.todo().removeFirst();
    item.done().add(steps.get(done.step()).name());
    at[done.step()]--;
    coming[item.next().step()]--;
    at[item.next().step()]++;
    item.triedTwice(false);
    add(item);
  }

  /// A call of items that were not tried yet: a full one, or of the rest, of the last step that has
  /// one.
  ///
  /// @param complete whether nothing more will come
  @Nullable Call next(boolean complete) {
    for (int step = steps.size() - 1; step >= 0; step--) {
      int limit = steps.get(step).limit();
      Deque<Item> items = waiting.get(step);
      boolean rest = complete && notCompared == 0 && coming[step] == 0 && !items.isEmpty();
      if (items.size() >= limit || rest) {
        return take(step);
      }
    }
    return null;
  }

  private Call take(int step) {
    int limit = steps.get(step).limit();
    Deque<Item> items = waiting.get(step);
    List<Item> some = new ArrayList<>(limit);
    while (some.size() < limit && !items.isEmpty()) {
      Item item = items.removeFirst();
      item.touch();
      second.sends(item);
      some.add(item);
    }
    return Call.write(step, some);
  }

  /// A call of what is there, of the last step that has anything, whatever will come to it; when
  /// none has, of what was rejected.
  @Nullable Call rest() {
    for (int step = steps.size() - 1; step >= 0; step--) {
      if (waiting.get(step).isEmpty()) {
        waiting.get(step).addAll(second.due(step));
      }
      if (!waiting.get(step).isEmpty()) {
        return take(step);
      }
    }
    return null;
  }

  /// Has tried once more, when nothing more will come, what was rejected in a step in which nothing
  /// else is left.
  void trySecondTime() {
    for (int step = 0; step < steps.size() && notCompared == 0; step++) {
      int aside = second.count(step);
      if (aside > 0 && coming[step] == 0 && at[step] == aside) {
        waiting.get(step).addAll(second.due(step));
      }
    }
  }
}

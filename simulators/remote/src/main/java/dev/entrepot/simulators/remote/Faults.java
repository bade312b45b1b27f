package dev.entrepot.simulators.remote;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// The faults that are armed, in the order of arming. Safe for many threads.
public final class Faults {

  /// A fault and what became of it so far.
  ///
  /// @param seen how many calls it looked at
  /// @param done to how many of them it was done
  public record Armed(int id, Fault fault, int seen, int done) {

    public boolean spent() {
      return done >= fault.times();
    }
  }

  private static final class Slot {
    private final int id;
    private final Fault fault;
    private int seen;
    private int done;

    private Slot(int id, Fault fault) {
      this.id = id;
      this.fault = fault;
    }

    private synchronized boolean due(boolean ended) {
      seen++;
      boolean due =
          !(ended && fault.harm().ends())
              && done < fault.times()
              && seen >= fault.from()
              && (seen - fault.from()) % fault.every() == 0;
      if (due) {
        done++;
      }
      return due;
    }

    private synchronized Armed armed() {
      return new Armed(id, fault, seen, done);
    }
  }

  private final List<Slot> slots = new CopyOnWriteArrayList<>();
  private final AtomicInteger ids = new AtomicInteger();

  Faults() {}

  /// Arms a fault; it counts calls from now on.
  ///
  /// @return its id, to look for it or to disarm it
  public int add(Fault fault) {
    int id = ids.incrementAndGet();
    slots.add(new Slot(id, fault));
    return id;
  }

  /// @return whether there was one
  public boolean remove(int id) {
    return slots.removeIf(slot -> slot.id == id);
  }

  public void clear() {
    slots.clear();
  }

  /// All that were added and not removed, spent ones too.
  public List<Armed> armed() {
    return slots.stream().map(Slot::armed).toList();
  }

  /// What is to be done to this call, in the order of arming. Of the harms that end a call, only
  /// the first; the others have this call as one they looked at.
  List<Harm> due(Call call) {
    if (slots.isEmpty()) {
      return List.of();
    }
    var due = new ArrayList<Harm>();
    boolean ended = false;
    for (var slot : slots) {
      if (slot.fault.about(call) && slot.due(ended)) {
        due.add(slot.fault.harm());
        ended |= slot.fault.harm().ends();
      }
    }
    return due;
  }
}

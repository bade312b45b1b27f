package dev.entrepot.flow.runs;

import dev.entrepot.spi.destination.Step;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// What a run has pending, between the thread that reads and those that write. Of a key at most one
/// item is on its way; a later one waits until it is settled. Safe for use by many threads.
final class Backlog {
  // A call of each step, several times over, always fits.
  private static final int MOST = 2_000;

  /// A call that came back.
  record Finished(Call call, CallAnswer answer) {}

  /// What is to be done next.
  ///
  /// @param refused items for which a rejection stands
  record Work(List<Finished> finished, List<Item> unsure, List<Item> refused, List<Call> calls) {
    boolean isEmpty() {
      return finished.isEmpty() && unsure.isEmpty() && refused.isEmpty() && calls.isEmpty();
    }
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final int capacity;
  private final int concurrency;

  /// The latest pending one of each key.
  private final Map<String, Item> latest = new HashMap<>();

  private final StepQueues queues;
  private final Deque<Item> unsure = new ArrayDeque<>();
  private final PriorityQueue<Call> again =
      new PriorityQueue<>(Comparator.comparingLong(Call::notBefore));
  // Parts of calls that were given up as a whole. They come after what was not tried yet: whether
  // that fares better tells a bad record from a destination that fails altogether.
  private final Deque<Call> parts = new ArrayDeque<>();
  private final List<Finished> finished = new ArrayList<>();
  private int pending;
  private int running;
  private long heldUntil = System.nanoTime();
  private boolean complete;
  private boolean halted;

  /// @param concurrency how many calls are written down and not settled at most
  /// @param bounded whether reading waits while too much is pending
  Backlog(List<Step> steps, int concurrency, boolean bounded) {
    this.concurrency = concurrency;
    this.queues = new StepQueues(steps);
    this.capacity =
        bounded
            ? Math.max(MOST, 2 * concurrency * steps.stream().mapToInt(Step::limit).sum())
            : Integer.MAX_VALUE;
  }

  private void change(Runnable act) {
    lock.lock();
    try {
      act.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Waits until there is room for more.
  ///
  /// @return whether there is; else the run halts
  boolean awaitRoom() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!halted && pending >= capacity) {
        changed.await();
      }
      return !halted;
    } finally {
      lock.unlock();
    }
  }

  /// The latest pending item of a key.
  Optional<Item> latest(String key) {
    lock.lock();
    try {
      return Optional.ofNullable(latest.get(key));
    } finally {
      lock.unlock();
    }
  }

  /// Takes an item out with which nothing was done yet.
  ///
  /// @return whether it was; else it is too late: since what is known of its key was read, the item
  ///   itself or the one before it may have changed that
  boolean withdraw(Item item) {
    lock.lock();
    try {
      if (item.touched() || item.followed() || latest.get(item.key()) != item) {
        return false;
      }
      if (item.compared()) {
        queues.remove(item);
      } else {
        unsure.remove(item);
      }
      forget(item);
      changed.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// Adds committed items, in their order.
  void add(List<Item> items) {
    lock.lock();
    try {
      for (Item item : items) {
        pending++;
        Item earlier = latest.put(item.key(), item);
        if (earlier == null) {
          enqueue(item);
        } else {
          // No call waits for it to be compared: the one that it waits for may be in that call.
          queues.second().refuse(earlier);
          item.follow();
          earlier.successor(item);
        }
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Adds a lookup of items whose call an earlier worker may have made.
  void addLookup(Call call) {
    change(() -> {
      for (Item item : call.items()) {
        pending++;
        queues.count(item, 1);
        latest.put(item.key(), item);
        item.touch();
      }
      again.add(call);
    });
  }

  /// Nothing more will be added.
  void complete() {
    change(() -> complete = true);
  }

  /// No new calls.
  void halt() {
    change(() -> halted = true);
  }

  /// Takes what can be done now, and waits until there is something.
  ///
  /// @param mostUnsure how many items are to be compared at a time at most
  /// @return empty: everything is done, or the run halts
  Work await(int mostUnsure) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!halted && !(complete && pending == 0)) {
        Work work = work(mostUnsure);
        if (!work.isEmpty()) {
          return work;
        }
        long until = nextMoment();
        if (until == Long.MAX_VALUE) {
          changed.await();
        } else {
          changed.awaitNanos(Math.max(1, until - System.nanoTime()));
        }
      }
      return new Work(List.of(), List.of(), List.of(), List.of());
    } finally {
      lock.unlock();
    }
  }

  private Work work(int mostUnsure) {
    List<Finished> done = List.copyOf(finished);
    finished.clear();
    List<Item> toCompare = new ArrayList<>();
    while (toCompare.size() < mostUnsure && !unsure.isEmpty()) {
      Item item = unsure.removeFirst();
      item.touch();
      toCompare.add(item);
    }
    if (complete) {
      queues.trySecondTime();
    }
    List<Call> calls = new ArrayList<>();
    long now = System.nanoTime();
    while (running < concurrency && now - heldUntil >= 0) {
      Call call = next(now);
      if (call == null) {
        break;
      }
      running++;
      calls.add(call);
    }
    Work work = new Work(done, toCompare, queues.second().takeRefused(), calls);
    return work.isEmpty() && stuck(now) ? untied() : work;
  }

  /// Whether nothing will happen by itself any more.
  private boolean stuck(long now) {
    return complete && running == 0 && again.isEmpty() && now - heldUntil >= 0;
  }

  /// What is left waits for each other in turn, such as what is deleted and what is made, which go
  /// through the steps in opposite order.
  private Work untied() {
    Call call = queues.rest();
    if (call == null) {
      return new Work(List.of(), List.of(), queues.second().takeRefused(), List.of());
    }
    running++;
    return new Work(List.of(), List.of(), List.of(), List.of(call));
  }

  private @Nullable Call next(long now) {
    Call due = again.peek();
    if (due != null && now - due.notBefore() >= 0) {
      return again.poll();
    }
    Call call = queues.next(complete);
    return call == null ? parts.pollFirst() : call;
  }

  private long nextMoment() {
    if (running >= concurrency) {
      return Long.MAX_VALUE;
    }
    Call due = again.peek();
    long until = due == null ? Long.MAX_VALUE : due.notBefore();
    long now = System.nanoTime();
    if (heldUntil - now > 0) {
      return until == Long.MAX_VALUE ? heldUntil : Math.max(until, heldUntil);
    }
    return until;
  }

  /// A call came back.
  void finished(Call call, CallAnswer answer) {
    change(() -> {
      finished.add(new Finished(call, answer));
      running--;
    });
  }

  /// Calls that were to be made are not.
  void drop(int calls) {
    change(() -> running -= calls);
  }

  /// Waits until no call is on its way.
  ///
  /// @param waits whether it is still to be waited for; asked again with every change
  /// @return what has come back since; empty: not all did in that time
  Optional<List<Finished>> awaitQuiet(Duration most, BooleanSupplier waits)
      throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = most.toNanos();
      while (running > 0) {
        if (left <= 0 || !waits.getAsBoolean()) {
          return Optional.empty();
        }
        left = changed.awaitNanos(left);
      }
      List<Finished> done = List.copyOf(finished);
      finished.clear();
      return Optional.of(done);
    } finally {
      lock.unlock();
    }
  }

  /// No call of any items is made before a moment: the destination is not well.
  void hold(long until) {
    lock.lock();
    try {
      if (until - heldUntil > 0) {
        heldUntil = until;
      }
    } finally {
      lock.unlock();
    }
  }

  /// Whether no call is to be made now.
  boolean holds() {
    lock.lock();
    try {
      return halted || heldUntil - System.nanoTime() > 0;
    } finally {
      lock.unlock();
    }
  }

  void repeat(Call call) {
    change(() -> again.add(call));
  }

  /// Has the halves of a call made that was given up, one after the other.
  void split(Call first, Call second) {
    change(() -> {
      parts.addFirst(second);
      parts.addFirst(first);
    });
  }

  /// An item was compared anew: it waits for its first step.
  void compared(Item item, List<Todo> todo) {
    change(() -> {
      queues.count(item, -1);
      item.compared(todo);
      queues.count(item, 1);
      queues.add(item);
    });
  }

  /// An item's step is settled: it goes on to the next one, if there is one.
  void accepted(Item item) {
    change(() -> {
      queues.second().accepted(item.next().step());
      if (item.todo().size() == 1) {
        forget(item);
      } else {
        queues.advance(item);
      }
    });
  }

  /// The destination rejected an item for the first time: it is tried once more after the others.
  void setAside(Item item) {
    change(() -> queues.second().add(item));
  }

  /// All that was to be tried once more, and is not.
  List<Item> takeRefused() {
    lock.lock();
    try {
      return queues.second().takeAll();
    } finally {
      lock.unlock();
    }
  }

  /// An item is settled for good.
  void release(Item item) {
    change(() -> forget(item));
  }

  private void forget(Item item) {
    pending--;
    queues.count(item, -1);
    latest.remove(item.key(), item);
    Item later = item.successor();
    if (later != null) {
      enqueue(later);
    }
  }

  private void enqueue(Item item) {
    queues.count(item, 1);
    if (item.compared()) {
      queues.add(item);
    } else {
      unsure.add(item);
    }
  }
}

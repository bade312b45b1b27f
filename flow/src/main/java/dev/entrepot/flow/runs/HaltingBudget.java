package dev.entrepot.flow.runs;

import dev.entrepot.spi.remote.Budget;
import dev.entrepot.spi.remote.LimitNotice;
import java.util.HashSet;
import java.util.Set;

/// A budget that nobody waits for once the run halts: who waits then is interrupted, and makes no
/// call; who has been given his call is left alone. Safe for use by many threads.
final class HaltingBudget implements Budget {
  private final Budget budget;
  // Both guarded by this.
  private final Set<Thread> waiting = new HashSet<>();
  private boolean halted;

  HaltingBudget(Budget budget) {
    this.budget = budget;
  }

  @Override
  public void take() throws InterruptedException {
    enter();
    try {
      budget.take();
    } finally {
      leave();
    }
    // The halt may have come after the budget was taken, and still before the call.
    if (Thread.interrupted()) {
      throw new InterruptedException("the run halts");
    }
  }

  private synchronized void enter() throws InterruptedException {
    if (halted) {
      throw new InterruptedException("the run halts");
    }
    waiting.add(Thread.currentThread());
  }

  private synchronized void leave() {
    waiting.remove(Thread.currentThread());
  }

  @Override
  public void learn(LimitNotice notice) {
    budget.learn(notice);
  }

  synchronized void halt() {
    halted = true;
    waiting.forEach(Thread::interrupt);
  }

  /// For what is to be asked once all calls are back.
  synchronized void reopen() {
    halted = false;
  }
}

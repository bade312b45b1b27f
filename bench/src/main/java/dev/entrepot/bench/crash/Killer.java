package dev.entrepot.bench.crash;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Kills once, after a while, unless it is called off before.
final class Killer {
  /// Kills.
  interface Blow {
    /// @return whether there was anything to kill
    boolean strike() throws IOException, InterruptedException;
  }

  private enum State {
    WAITING,
    STRIKING,
    STRUCK,
    MISSED,
    CANCELLED
  }

  private final Blow blow;
  private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
  private final CountDownLatch cancelled = new CountDownLatch(1);
  private final Thread thread;
  private volatile @Nullable IOException failure;

  Killer(Blow blow, Duration after) {
    this.blow = blow;
    thread = Thread.ofPlatform().name("killer").start(() -> run(after));
  }

  private void run(Duration after) {
    try {
      if (cancelled.await(after.toMillis(), TimeUnit.MILLISECONDS)
          || !state.compareAndSet(State.WAITING, State.STRIKING)) {
        return;
      }
      state.set(blow.strike() ? State.STRUCK : State.MISSED);
    } catch (IOException e) {
      failure = e;
      state.set(State.MISSED);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Whether it has killed.
  boolean struck() {
    return state.get() == State.STRUCK;
  }

  /// Calls it off; when it is too late for that, waits for its end.
  ///
  /// @return whether it has killed
  /// @throws IOException when it failed
  boolean cancelOrAwait() throws IOException, InterruptedException {
    state.compareAndSet(State.WAITING, State.CANCELLED);
    cancelled.countDown();
    thread.join();
    IOException found = failure;
    if (found != null) {
      throw found;
    }
    return struck();
  }
}

package dev.entrepot.app.serve;

import java.util.concurrent.CountDownLatch;

/// The end of the process, told by a signal.
public final class Stop {
  private final CountDownLatch stopped = new CountDownLatch(1);

  private Stop() {}

  /// Closes a program when the process is told to end. The process ends once it is closed.
  public static Stop whenTold(Program program) {
    Stop stop = new Stop();
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("entrepot-stop")
                .unstarted(() -> {
                  program.close();
                  stop.stopped.countDown();
                }));
    return stop;
  }

  /// Waits for that.
  public void await() {
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

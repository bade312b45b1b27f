package dev.entrepot.app.serve;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Gives memory back to the machine once work is done. The heap grows while files are read and
/// would stay that large: without work there are no collections, and without those it never
/// shrinks. So when there were collections, and then none for a while, one is asked for.
final class IdleMemory implements AutoCloseable {
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(15);

  private final ScheduledExecutorService looks =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("entrepot-idle-memory").factory());
  private long seen;
  private long returned = -1;

  void start() {
    var _ =
        looks.scheduleWithFixedDelay(
            this::look, BETWEEN_LOOKS.toMillis(), BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void look() {
    long now = collections();
    if (now == seen && now != returned) {
      System.gc();
      now = collections();
      returned = now;
    }
    seen = now;
  }

  private static long collections() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionCount)
        .sum();
  }

  @Override
  public void close() {
    looks.shutdownNow();
  }
}

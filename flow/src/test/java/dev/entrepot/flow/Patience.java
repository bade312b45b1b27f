package dev.entrepot.flow;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Waiting for what must come. Whoever waits in vain leaves behind what all threads did, virtual
/// ones included.
public final class Patience {
  /// Nothing takes as long as this, however busy the machine is.
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private static final Duration LOOK = Duration.ofMillis(10);

  private Patience() {}

  /// The next of a queue, once there is one.
  ///
  /// @param name of it
  public static <T> T poll(BlockingQueue<T> queue, Supplier<String> name)
      throws InterruptedException {
    T next = queue.poll(LONGEST.toSeconds(), TimeUnit.SECONDS);
    if (next == null) {
      throw inVain(name);
    }
    return next;
  }

  /// Returns when something has come about.
  ///
  /// @param name of it
  public static void await(Supplier<String> name, BooleanSupplier what) {
    long deadline = System.nanoTime() + LONGEST.toNanos();
    while (!what.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw inVain(name);
      }
      LockSupport.parkNanos(LOOK.toNanos());
    }
  }

  private static IllegalStateException inVain(Supplier<String> name) {
    return new IllegalStateException(
        "waited in vain for the %s; threads are in %s".formatted(name.get(), threads()));
  }

  private static Path threads() {
    try {
      Path folder = Files.createDirectories(Path.of("target", "threads").toAbsolutePath());
      Path file = folder.resolve("threads-" + System.nanoTime() + ".txt");
      ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
          .dumpThreads(file.toString(), ThreadDumpFormat.TEXT_PLAIN);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
